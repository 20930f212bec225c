"""Trains the cover network: are the mouth and the eyes of a face in sight?

    python3 train/cover.py draw meshes.jsonl build/coverings-1.npz --seed 1
    python3 train/cover.py learn build/cover.pt build/coverings-*.npz
    python3 train/cover.py ship build/cover.pt models/face-cover

meshes.jsonl has a line for each genuine face: {"File": path, "Subject": name, "Points": [x, y, ... of the 468 points]}.
One subject in eight is held out.
"""
import argparse
import json
import os
import time
import zlib

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

import coverings
import export

SIDE, STORED = 64, 144  # of the network's view; of a drawn face, with half as much again around the view
EYES, MOUTH = ((20.5, 23.8), (43.5, 23.8)), 49.0


class Cover(nn.Module):
    """Two logits: mouth hidden, eyes hidden. Places are kept apart to the end."""

    SIDE, HEADS = SIDE, 2

    def __init__(self):
        super().__init__()
        layer = lambda a, b, s: nn.Sequential(nn.Conv2d(a, b, 3, s, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU())
        self.body = nn.Sequential(
            layer(3, 16, 2), layer(16, 24, 2), layer(24, 40, 2), layer(40, 64, 2),
            nn.Flatten(), nn.Dropout(0.3), nn.Linear(64 * 16, 48), nn.ReLU(), nn.Linear(48, self.HEADS),
        )

    def forward(self, x):
        return self.body((x - 127.5) / 64.0)


def held(subject):
    return zlib.crc32(subject.encode()) % 8 == 0


def draw(meshes, out, seed, count, part):
    """Draws coverings on faces of the fitting or of the held subjects."""
    cv2.setNumThreads(1)
    with open(meshes) as f:
        rows = [json.loads(line) for line in f]
    rows = [r for r in rows if held(r["Subject"]) == (part == "held")]
    random = np.random.default_rng(seed)
    order = random.permutation(len(rows))
    face = lambda i: coverings.cut(cv2.imread(rows[i]["File"]), np.float32(rows[i]["Points"]).reshape(-1, 2))
    others = [face(i)[0] for i in order[:40]]
    x, y, kinds, files = np.empty((count, STORED, STORED, 3), np.uint8), np.empty((count, 2), np.int8), [], []
    for i in range(count):
        row = order[i % len(order)]
        picture, y[i], kind = coverings.render(random, *face(row), others)
        x[i] = cv2.resize(picture, (STORED, STORED), interpolation=cv2.INTER_AREA)
        kinds.append(kind)
        files.append(rows[row]["File"])
    np.savez(out, x=x, y=y, k=kinds, s=files)


def window(n, generator=None):
    """Where the network looks in stored faces: in the middle, or about there."""
    u = lambda a: (torch.rand(n, generator=generator) * 2 - 1) * a if generator else torch.zeros(n)
    size = (SIDE * 1.5 / STORED) * torch.exp(u(0.13))
    tall, angle = torch.exp(u(0.09)), u(0.16)
    flip = (torch.rand(n, generator=generator) < 0.5).float() * 2 - 1 if generator else torch.ones(n)
    c, s = torch.cos(angle) * size, torch.sin(angle) * size
    # The middle of a view lies where that of a stored face does.
    return torch.stack([torch.stack([c * flip, -s * tall, u(0.08)], 1), torch.stack([s * flip, c * tall, u(0.08)], 1)], 1)


def seen(x, theta):
    x = x.permute(0, 3, 1, 2).float()
    return F.grid_sample(x, F.affine_grid(theta, (len(x), 3, SIDE, SIDE), align_corners=False), padding_mode="border", align_corners=False)


def taken(x, g):
    """In some light, by some camera."""
    n = len(x)
    each = lambda low, high, c=1: torch.rand(n, c, 1, 1, generator=g) * (high - low) + low
    some = lambda share: (torch.rand(n, 1, 1, 1, generator=g) < share).float()
    grey = x.mean(1, keepdim=True)
    x = grey + (x - grey) * torch.where(some(0.08) > 0, torch.zeros(1), each(0.4, 1.4))
    x = (x.clamp(0, 255) / 255) ** each(0.55, 1.7) * 255
    x = x * each(0.5, 1.35) * each(0.88, 1.12, 3) + each(-20, 30)
    slope = torch.linspace(-1, 1, SIDE)
    x = x * (1 + each(-0.4, 0.4) * slope[None, None, None, :] + each(-0.25, 0.25) * slope[None, None, :, None])
    small = F.interpolate(F.interpolate(x, scale_factor=0.4 + 0.3 * float(torch.rand(1, generator=g)), mode="area"), (SIDE, SIDE), mode="bilinear", align_corners=False)
    x = torch.where(some(0.35) > 0, small, x)
    return (x + torch.randn(x.shape, generator=g) * each(0, 1) ** 2 * 14).clamp(0, 255).round()


def load(paths):
    packs = [np.load(p) for p in paths]
    x, y, s = (np.concatenate([p[k] for p in packs]) for k in ("x", "y", "s"))
    return torch.from_numpy(x), torch.from_numpy(y).float(), s, np.concatenate([p["k"] for p in packs])


def learn(out, paths, minutes, relabel, begin):
    torch.manual_seed(1)
    g = torch.Generator().manual_seed(1)
    x, y, files, _ = load(paths)
    if relabel:  # pictures that show coverings of their own: file, mouth, eyes
        with open(relabel) as f:
            own = {r[0]: (int(r[1]), int(r[2])) for r in (line.split() for line in f)}
        for i, file in enumerate(files):
            mouth, eyes = own.get(os.path.basename(file), (0, 0))
            for k, v in enumerate((mouth, eyes)):
                if v and y[i, k] == 0:
                    y[i, k] = v
    network = Cover()
    if begin:
        network.load_state_dict(torch.load(begin))
    optimiser = torch.optim.AdamW(network.parameters(), 2e-3, weight_decay=2e-2)
    start, steps, mean = time.time(), 0, None
    while (share := (time.time() - start) / 60 / minutes) < 1:
        total = 0
        order = torch.randperm(len(x), generator=g)
        for rows in order.split(96):
            for group in optimiser.param_groups:
                group["lr"] = 2e-3 * min(1, steps / 60 + 0.05) * (1 - min(share, 1)) + 1e-5
            view = taken(seen(x[rows], window(len(rows), g)), g)
            target = y[rows]
            known = (target >= 0).float()
            loss = (F.binary_cross_entropy_with_logits(network(view), target.clamp(0.015, 0.985), reduction="none") * known).sum() / known.sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            steps, total, share = steps + 1, total + float(loss), (time.time() - start) / 60 / minutes
            with torch.no_grad():
                state = network.state_dict()
                mean = {k: v.clone() for k, v in state.items()} if mean is None else {k: torch.lerp(mean[k], v, 0.01) if v.is_floating_point() else v.clone() for k, v in state.items()}
            if share >= 1:
                break
        print(f"{steps} steps, loss {total / (len(order) / 96):.4f}", flush=True)
        torch.save(mean, out)


def graph(checkpoint):
    network = Cover()
    network.load_state_dict(torch.load(checkpoint, map_location="cpu"))
    return network.eval()


def ship(network, folder):
    """Writes graph, golden outputs and the card's digest; weights in half precision."""
    for module in list(network.modules()):
        if isinstance(module, nn.Sequential) and len(module) == 3 and isinstance(module[1], nn.BatchNorm2d):
            module[0], module[1] = fuse_conv_bn_eval(module[0], module[1]), nn.Identity()
    for weight in network.parameters():
        weight.data = weight.data.half().float()
    os.makedirs(folder, exist_ok=True)
    model, example = os.path.join(folder, "model.onnx"), torch.from_numpy(export.picture(SIDE))
    torch.onnx.export(
        network, example, model, opset_version=13, input_names=["input"], output_names=["output"],
        dynamic_axes={"input": {0: "n"}, "output": {0: "n"}}, do_constant_folding=True,
    )
    export.halve(model)
    with torch.no_grad():
        export.golden(os.path.join(folder, "golden.json"), SIDE, network(example).numpy()[0])
    card = os.path.join(folder, "model.json")
    if os.path.exists(card):
        export.renew(card, model)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = p.add_subparsers(dest="verb", required=True)
    d = verbs.add_parser("draw")
    d.add_argument("meshes")
    d.add_argument("out")
    d.add_argument("--seed", type=int, default=1)
    d.add_argument("--count", type=int, default=1500)
    d.add_argument("--part", choices=("fit", "held"), default="fit")
    l = verbs.add_parser("learn")
    l.add_argument("out")
    l.add_argument("coverings", nargs="+")
    l.add_argument("--minutes", type=float, default=15)
    l.add_argument("--relabel")
    l.add_argument("--start")
    s = verbs.add_parser("ship")
    s.add_argument("checkpoint")
    s.add_argument("folder")
    a = p.parse_args()
    if a.verb == "draw":
        draw(a.meshes, a.out, a.seed, a.count, a.part)
    elif a.verb == "learn":
        learn(a.out, a.coverings, a.minutes, a.relabel, a.start)
    else:
        ship(graph(a.checkpoint), a.folder)


if __name__ == "__main__":
    main()
