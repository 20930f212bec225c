"""Trains one network from the bank.

    python3 train/learn.py context --bank build/bank --out build/context.pt --steps 3000
    python3 train/learn.py texture --bank build/bank --out build/texture.pt --steps 2000

The context network learns the published pair's soft answers on every view, also on mixtures, on which
nobody knows the truth but the teachers have an opinion, and the simulation's own labels; the texture
network learns the labels. A run can be stopped and goes on where its last checkpoint was. One line per
report is appended to the table of runs.
"""
import argparse
import glob
import os
import time

import numpy as np
import torch
from torch.nn import functional as F

import networks

BATCH = {"context": 64, "texture": 32}
DECAY = 0.99  # of the running mean of the weights, which is what is kept


class Bank:
    """Shards of views; new ones are picked up while they are being made."""

    def __init__(self, folder, field):
        self.folder, self.field, self.seen = folder, field, set()
        self.images, self.kind, self.near, self.far = [], [], [], []
        self.refresh()

    def refresh(self):
        for path in sorted(glob.glob(os.path.join(self.folder, "[0-9][0-9][0-9][0-9].npz"))):
            if path not in self.seen:
                self.seen.add(path)
                with np.load(path) as shard:
                    keep = shard["kind"] >= (-1 if self.field == "context" else 0)
                    for name, rows in (("images", self.field), ("kind", "kind"), ("near", "near"), ("far", "far")):
                        getattr(self, name).extend(shard[rows][keep])

    def __len__(self):
        return len(self.images)

    def batch(self, rows):
        """Pictures as NCHW float32, kinds, and the teachers' logits as n x 2."""
        x = np.stack([self.images[i] for i in rows])
        teachers = np.array([[self.near[i], self.far[i]] for i in rows], np.float32)
        return torch.from_numpy(x).permute(0, 3, 1, 2).float(), torch.tensor([int(self.kind[i]) for i in rows]), torch.from_numpy(teachers)


def retouched(rng, x, side):
    """Another part of the tight views, flipped, in another light: nothing that hides a pattern."""
    n = x.shape[-1]
    y0, x0 = (int(rng.integers(0, n - side + 1)) for _ in range(2))
    x = x[:, :, y0 : y0 + side, x0 : x0 + side]
    if rng.random() < 0.5:
        x = x.flip(3)
    draw = lambda low, high, *shape: torch.from_numpy(rng.uniform(low, high, (len(x), *shape)).astype(np.float32))
    grey = x.mean(1, keepdim=True)
    x = grey + (x - grey) * draw(0.4, 1.5, 1, 1, 1)
    x = ((x.clamp(0, 255) / 255) ** draw(0.7, 1.45, 1, 1, 1)) * 255
    x = x * draw(0.6, 1.25, 1, 1, 1) * draw(0.88, 1.12, 3, 1, 1) + draw(-20, 20, 1, 1, 1)
    return x + torch.randn(x.shape) * draw(0, 3, 1, 1, 1) * (draw(0, 1, 1, 1, 1) < 0.4)


def auc(live, attack):
    """Probability that a live score exceeds an attack's."""
    order = np.argsort(np.concatenate([live, attack]), kind="stable")
    ranks = np.empty(len(order))
    ranks[order] = np.arange(1, len(order) + 1)
    return (ranks[: len(live)].sum() - len(live) * (len(live) + 1) / 2) / (len(live) * len(attack))


@torch.no_grad()
def validate(network, bank):
    """AUC against simulated prints and screens, and for the context network the correlation with the near
    teacher over all views."""
    network.eval()
    side, out = network.SIDE, []
    for i in range(0, len(bank), 250):
        x, _, _ = bank.batch(range(i, min(i + 250, len(bank))))
        edge = (x.shape[-1] - side) // 2
        out.append(network(x[:, :, edge : edge + side, edge : edge + side]).numpy())
    network.train()
    out, kind = np.concatenate(out), np.array(bank.kind)
    live = out.mean(1)
    agreement = np.corrcoef(out[:, 0], np.array(bank.near))[0, 1]
    return [auc(live[kind == 0], live[kind == k]) for k in (1, 2)] + [agreement]


def loss_of(name, out, kind, teachers):
    label = (kind == 0).float()[:, None].expand_as(out)
    if name == "texture":
        return F.binary_cross_entropy_with_logits(out, label * 0.96 + 0.02)
    known = torch.isfinite(teachers).float()
    soft = torch.nan_to_num(teachers)
    match = F.smooth_l1_loss(out, soft, beta=1.0, reduction="none") * 0.3 + F.binary_cross_entropy_with_logits(out, torch.sigmoid(soft), reduction="none")
    own = F.binary_cross_entropy_with_logits(out, label * 0.9 + 0.05, reduction="none") * (kind >= 0).float()[:, None]
    return (match * known).sum() / known.sum() + 0.15 * own.mean()


class Run:
    """A training run from its last checkpoint on: network, running mean, optimiser, schedule, step."""

    def __init__(self, options):
        self.options, make = options, networks.NETWORKS[options.network]
        torch.manual_seed(options.seed)
        torch.set_num_threads(options.threads)
        self.network, self.mean = (make().to(memory_format=torch.channels_last) for _ in range(2))
        if options.start:
            self.network.load_state_dict(torch.load(options.start)["mean"])
        self.mean.load_state_dict(self.network.state_dict())
        self.bank, self.val = (Bank(os.path.join(options.bank, part), make.FIELD) for part in ("train", "val"))
        self.optimiser = torch.optim.AdamW(self.network.parameters(), options.rate, weight_decay=0.02)
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(self.optimiser, options.rate, total_steps=options.steps, pct_start=0.1)
        self.step = 0
        if os.path.exists(options.out):
            saved = torch.load(options.out)
            self.step = saved["step"]
            for name in self.PARTS:
                getattr(self, name).load_state_dict(saved[name])

    PARTS = ("network", "mean", "optimiser", "schedule")

    def advance(self):
        """One step; gives the loss. What it draws depends on the seed and the step alone."""
        torch.manual_seed(self.options.seed * 1_000_003 + self.step)
        rng = np.random.default_rng([self.options.seed, self.step])
        x, kind, teachers = self.bank.batch(rng.integers(0, len(self.bank), BATCH[self.options.network]))
        if self.options.network == "texture":
            x = retouched(rng, x, self.network.SIDE)
        loss = loss_of(self.options.network, self.network(x.contiguous(memory_format=torch.channels_last)), kind, teachers)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimiser.step()
        self.schedule.step()
        decay = min(DECAY, (1 + self.step) / (10 + self.step))  # a short memory while there is little to remember
        with torch.no_grad():
            for kept, now in zip(self.mean.state_dict().values(), self.network.state_dict().values()):
                kept.copy_(kept * decay + now * (1 - decay) if kept.is_floating_point() else now)
        self.step += 1
        return float(loss)

    def save(self):
        state = {"step": self.step, **{name: getattr(self, name).state_dict() for name in self.PARTS}}
        torch.save(state, self.options.out + ".part")
        os.replace(self.options.out + ".part", self.options.out)

    def reports(self):
        """Trains to the end; gives a line of the table at each checkpoint."""
        start, total, since = time.process_time(), 0.0, self.step
        while self.step < self.options.steps:
            total += self.advance()
            if self.step % self.options.report == 0 or self.step == self.options.steps:
                self.bank.refresh()
                self.val.refresh()
                figures = [total / (self.step - since), *validate(self.mean, self.val), (time.process_time() - start) / 60]
                self.save()
                yield "\t".join([self.options.network, str(self.options.seed), f"{self.step}/{self.options.steps}", str(len(self.bank)), *(f"{v:.4f}" for v in figures)])
                total, since = 0.0, self.step


def options(arguments=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("network", choices=sorted(networks.NETWORKS))
    p.add_argument("--bank", required=True, help="folder with train/ and val/")
    p.add_argument("--out", required=True, help="checkpoint")
    p.add_argument("--start", help="checkpoint of another run whose weights this one starts from")
    p.add_argument("--runs", help="table of runs to append to; default: beside the checkpoint")
    p.add_argument("--steps", type=int, default=3000)
    p.add_argument("--rate", type=float, default=3e-3)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--report", type=int, default=200)
    return p.parse_args(arguments)


def main(arguments=None):
    o = options(arguments)
    run = Run(o)
    print(f"{o.network}: {networks.size(run.network)} weights, {len(run.bank)} views, step {run.step}", flush=True)
    for line in run.reports():
        print(line, flush=True)
        with open(o.runs or o.out + ".tsv", "a") as table:
            table.write(line + "\n")


if __name__ == "__main__":
    main()
