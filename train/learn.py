"""Trains one network from the bank.

    python3 learn.py context --bank build/bank --shared ../../shared --out build/context.pt --steps 8000
    python3 learn.py texture --bank build/bank --shared ../../shared --out build/texture.pt --steps 8000

The context network learns the published pair's soft answers on every picture (also on mixtures, on which
nobody knows the truth but the teacher has an opinion) and the simulation's own labels; the texture network
learns the labels. A run can be stopped and goes on where its last checkpoint was. One line per report is
appended to the log.
"""
import argparse
import glob
import os
import time

import cv2
import numpy as np
import torch
from torch.nn import functional as F

import networks

BATCH = 64
CLIP = 9.2103  # ln((1-1e-4)/1e-4): the teacher's probabilities are clipped to 1e-4..1-1e-4


class Bank:
    """Shards of crops; new ones are picked up while they are being made."""

    def __init__(self, folder, field):
        self.folder, self.field, self.seen = folder, field, set()
        self.images, self.kind, self.far = [], [], []
        self.refresh()

    def refresh(self):
        for path in sorted(glob.glob(os.path.join(self.folder, "[0-9]*[0-9].npz"))):
            if path not in self.seen:
                self.seen.add(path)
                shard = np.load(path)
                self.images.extend(shard[self.field])
                self.kind.extend(shard["kind"])
                self.far.extend(shard["far"])

    def __len__(self):
        return len(self.images)


class Teacher:
    """The 2.7x network of the published pair, asked on the very crop that the student sees."""

    def __init__(self, shared):
        self.net = cv2.dnn.readNetFromONNX(os.path.join(shared, "models", "mfn27.onnx"))

    def logits(self, batch):
        out = []
        for crop in batch:
            self.net.setInput(crop[None])
            z = self.net.forward()[0]
            p = np.exp(z - z.max())
            p = np.clip(p[1] / p.sum(), 1e-4, 1 - 1e-4)
            out.append(np.log(p / (1 - p)))
        return np.array(out, np.float32)


def jitter(rng, image, side, tight):
    """A training view: part of the crop, flipped, with another exposure and codec."""
    n = image.shape[0]
    if tight:
        part = int(rng.integers(int(n * 0.72), n + 1))
    else:
        part = int(rng.integers(int(n * 0.88), n + 1))
    y, x = (int(rng.integers(0, n - part + 1)) for _ in range(2))
    out = image[y : y + part, x : x + part]
    if not tight and rng.random() < 0.2:
        low = int(rng.integers(36, 80))
        out = cv2.resize(out, (low, low), interpolation=cv2.INTER_AREA)
    out = cv2.resize(out, (side, side), interpolation=cv2.INTER_AREA if out.shape[0] > side else cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        out = out[:, ::-1]
    out = out.astype(np.float32)
    if rng.random() < 0.6:
        out = ((out / 255) ** rng.uniform(0.7, 1.4)) * 255 * rng.uniform(0.75, 1.2) + rng.uniform(-15, 15)
        out = out * rng.uniform(0.92, 1.08, 3).astype(np.float32)
    if rng.random() < 0.25:
        out = out.mean(2, keepdims=True) + (out - out.mean(2, keepdims=True)) * rng.uniform(0.3, 1.4)
    if rng.random() < 0.2:
        out = out + rng.standard_normal(out.shape).astype(np.float32) * rng.uniform(1, 7)
    out = np.clip(out, 0, 255).astype(np.uint8)
    if rng.random() < 0.25:
        out = cv2.imdecode(cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(35, 95))])[1], cv2.IMREAD_COLOR)
    return out.astype(np.float32).transpose(2, 0, 1)


def mixed(rng, x):
    """Blends half of the batch with itself: whole pictures or a rectangle of another."""
    other = x[rng.permutation(len(x))]
    out, plain = x.copy(), np.ones(len(x), bool)
    for i in range(len(x)):
        dice = rng.random()
        if dice < 0.3:
            share = rng.uniform(0, 1)
            out[i], plain[i] = share * x[i] + (1 - share) * other[i], False
        elif dice < 0.5:
            n = x.shape[-1]
            h, w = (int(rng.integers(n // 5, n)) for _ in range(2))
            y0, x0 = int(rng.integers(0, n - h + 1)), int(rng.integers(0, n - w + 1))
            out[i, :, y0 : y0 + h, x0 : x0 + w] = other[i, :, y0 : y0 + h, x0 : x0 + w]
            plain[i] = False
    return out, plain


def auc(live, attack):
    """Probability that a live score exceeds an attack's."""
    order = np.argsort(np.concatenate([live, attack]), kind="stable")
    ranks = np.empty(len(order))
    ranks[order] = np.arange(1, len(order) + 1)
    return (ranks[: len(live)].sum() - len(live) * (len(live) + 1) / 2) / (len(live) * len(attack))


@torch.no_grad()
def validate(network, bank, side):
    network.eval()
    scores = []
    for i in range(0, len(bank), 256):
        x = np.stack([cv2.resize(im, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32).transpose(2, 0, 1) for im in bank.images[i : i + 256]])
        scores.append(network(torch.from_numpy(x)).numpy())
    network.train()
    scores, kind = np.concatenate(scores), np.array(bank.kind)
    return [auc(scores[kind == 0], scores[kind == k]) for k in (1, 2)]


def loss_of(name, out, target, label, plain):
    if name == "texture":
        return F.binary_cross_entropy_with_logits(out, label * 0.96 + 0.02)
    match = F.smooth_l1_loss(out, target, beta=1.0) * 0.3 + F.binary_cross_entropy_with_logits(out, torch.sigmoid(target))
    own = F.binary_cross_entropy_with_logits(out, label * 0.9 + 0.05, reduction="none")
    return match + 0.25 * (own * plain).sum() / plain.sum().clamp(min=1)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("network", choices=["context", "texture"])
    p.add_argument("--bank", required=True, help="folder with train/ and val/")
    p.add_argument("--shared", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--steps", type=int, default=8000)
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--report", type=int, default=200)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    cv2.setNumThreads(1)
    network = networks.Context() if a.network == "context" else networks.Texture()
    field = "context" if a.network == "context" else "tight"
    bank, val = Bank(os.path.join(a.bank, "train"), field), Bank(os.path.join(a.bank, "val"), field)
    teacher = Teacher(a.shared) if a.network == "context" else None
    optimiser = torch.optim.AdamW(network.parameters(), a.rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, a.rate, total_steps=a.steps, pct_start=0.1)
    step = 0
    if os.path.exists(a.out):
        saved = torch.load(a.out)
        step = saved["step"]
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
    print(f"{a.network}: {networks.size(network)} weights, {len(bank)} pictures, step {step}", flush=True)
    start, total = time.time(), 0.0
    while step < a.steps:
        rng = np.random.default_rng([a.seed, step])
        rows = rng.integers(0, len(bank), BATCH)
        x = np.stack([jitter(rng, bank.images[i], network.SIDE, a.network == "texture") for i in rows])
        label = torch.tensor([float(bank.kind[i] == 0) for i in rows])
        plain, target = np.ones(BATCH, bool), None
        if teacher:
            x, plain = mixed(rng, x)
            target = torch.from_numpy(teacher.logits(x))
        loss = loss_of(a.network, network(torch.from_numpy(x)), target, label, torch.from_numpy(plain).float())
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        step, total = step + 1, total + float(loss)
        if step % a.report == 0 or step == a.steps:
            bank.refresh()
            prints, screens = validate(network, val, network.SIDE)
            line = f"{a.network}\t{a.seed}\t{step}\t{len(bank)}\t{total / a.report:.4f}\t{prints:.4f}\t{screens:.4f}\t{(time.time() - start) / 60:.1f}"
            print(line, flush=True)
            with open(a.out + ".log", "a") as log:
                log.write(line + "\n")
            total = 0.0
            torch.save({"step": step, "network": network.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}, a.out + ".part")
            os.replace(a.out + ".part", a.out)


if __name__ == "__main__":
    main()
