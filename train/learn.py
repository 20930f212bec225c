"""Trains both networks on captures that are simulated as they are needed.

    python3 train/learn.py --faces build/faces.npz --shared ../shared --out build/liveness.pt --minutes 60

The context network learns the published pair's opinion of every view, also of mixtures, on which nobody knows the
truth, and in a head of its own what the simulation made; the texture network learns the latter from the tight crop.
No picture is seen twice. A run can be stopped and goes on where its last checkpoint was, one line per report is
appended to the table of runs.
"""
import argparse
import os
import time
import zlib

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import faces
import networks
import simulate
import teacher

SIDES = (80, 112, 128, 160, 160, 256)  # pixels of a view at the camera, one drawn for each batch
TIGHT = (1.1, 1.5)  # face boxes of the texture network's view
DECAY = 0.999  # of the running mean of the weights, which is what is kept


class Networks(nn.Module):
    """Both networks, and the layer that compares the context network's embedding with the teachers'; only needed here."""

    def __init__(self):
        super().__init__()
        self.context, self.texture = networks.Context(), networks.Texture()
        self.mirror = nn.Linear(self.context.heads.in_features, 256)


def load(*checkpoints):
    """The networks that runs have kept, by name; of several runs that share a start, the mean of their weights."""
    both, kept = Networks(), [torch.load(path, map_location="cpu")["mean"] for path in checkpoints]
    both.load_state_dict({name: sum(k[name] for k in kept) / len(kept) if kept[0][name].is_floating_point() else kept[0][name] for name in kept[0]})
    return {name: getattr(both, name).eval() for name in networks.NETWORKS}


def retouched(draw, x):
    """Tight views in another light: nothing that hides a pattern."""
    return simulate.tone(draw, x, gain=(0.6, 1.25), lift=(-20, 20), gamma=(0.7, 1.45), colour=(0.4, 1.5), balance=0.12)


def views(draw, frames, extent):
    """What the product would cut from frames that are extent boxes wide: the context view, all of it, and the tight one."""
    n = len(frames)
    wide = simulate.centre(draw, frames, torch.ones(n, device=frames.device), networks.Context.SIDE)
    share = (draw.uniform(*TIGHT, n) / extent).clamp(max=1)
    return wide.clamp(0, 255).round(), simulate.centre(draw, frames, share, networks.Texture.SIDE).clamp(0, 255).round()


def plain(pool, rows, side, boxes):
    """Pictures of the pool as they are, cut boxes wide or as wide as they reach."""
    line = (torch.arange(side, device=pool.device) + 0.5) / side * 2 - 1
    grid = torch.stack(torch.meshgrid(line, line, indexing="xy"), -1)[None]
    reach = pool.room[rows].clamp(max=boxes)
    return pool.see(rows, grid * (reach / 2)[:, None, None, None]).clamp(0, 255).round()


def auc(live, attack):
    """Probability that a live score exceeds an attack's."""
    order = np.argsort(np.concatenate([live, attack]), kind="stable")
    ranks = np.empty(len(order))
    ranks[order] = np.arange(1, len(order) + 1)
    return (ranks[: len(live)].sum() - len(live) * (len(live) + 1) / 2) / (len(live) * len(attack))


class Held:
    """Captures of held-out subjects, always the same, with the teachers' opinions, and their pictures as they are."""

    def __init__(self, pool, pair, count=1200, batch=120):
        draw = simulate.Draw(99, pool.device)
        self.wide, self.tight, self.kind, self.soft = [], [], [], []
        for i in range(0, count, batch):
            frames, extent, kind = simulate.captures(draw, pool, batch, SIDES[i // batch % len(SIDES)])
            wide, tight = views(draw, frames, extent)
            for name, value in (("wide", wide), ("tight", tight), ("kind", kind), ("soft", pair(wide)[0])):
                getattr(self, name).append(value)
        self.kind = torch.cat(self.kind).cpu().numpy()
        self.soft = torch.cat(self.soft).cpu().numpy()
        rows = torch.arange(len(pool), device=pool.device).split(batch)
        self.plain = [(plain(pool, r, networks.Context.SIDE, 2.7), plain(pool, r, networks.Texture.SIDE, 1.2)) for r in rows]
        self.plain_soft = np.concatenate([pair(wide)[0].cpu().numpy() for wide, _ in self.plain])

    @torch.no_grad()
    def answers(self, both):
        """Logits of the heads of both networks, side by side: on the captures and on the plain pictures."""
        both.eval()
        ask = lambda pairs: np.concatenate([torch.cat([both.context(w), both.texture(t)], 1).cpu().numpy() for w, t in pairs])
        out = ask(zip(self.wide, self.tight)), ask(self.plain)
        both.train()
        return out

    FIGURES = ("teachers_print", "teachers_screen", "label_print", "label_screen", "texture_print", "texture_screen", "agreement", "agreement_plain")

    def figures(self, both):
        """AUC of what the context network took from the teachers, of its own head and of the texture network, against
        prints and screens; correlation with the teachers' mean on captures and on plain pictures."""
        got, as_is = self.answers(both)
        scores = (got[:, :2].mean(1), got[:, 2], got[:, 3])
        out = [auc(s[self.kind == 0], s[self.kind == k]) for s in scores for k in (1, 2)]
        return out + [np.corrcoef(a[:, :2].mean(1), b.mean(1))[0, 1] for a, b in ((got, self.soft), (as_is, self.plain_soft))]


class Run:
    """A training run from its last checkpoint on."""

    def __init__(self, options, found=None, pair=None):
        self.options = options
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(options.seed)
        torch.backends.cudnn.benchmark = True
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
        found = found or faces.load(options.faces)
        held = [zlib.crc32(f.subject.encode()) % 5 == 0 for f in found]
        self.pool, val = (simulate.Pool([f for f, h in zip(found, held) if h == part], self.device, options.side) for part in (False, True))
        self.pair = (pair or teacher.Pair(options.shared)).to(self.device).eval()
        self.held = Held(val, self.pair, options.held, min(options.batch, 120))
        self.both, self.mean = (Networks().to(self.device).to(memory_format=torch.channels_last) for _ in range(2))
        if options.start:
            self.both.load_state_dict(torch.load(options.start, map_location=self.device)["both"])
        self.mean.load_state_dict(self.both.state_dict())
        self.optimiser = torch.optim.AdamW(self.both.parameters(), options.rate, weight_decay=0.02)
        self.step, self.spent = 0, 0.0  # seconds of all starts
        if os.path.exists(options.out):
            saved = torch.load(options.out, map_location=self.device)
            self.step, self.spent = saved["step"], saved["spent"]
            for name in self.PARTS:
                getattr(self, name).load_state_dict(saved[name])

    PARTS = ("both", "mean", "optimiser")

    def done(self):
        """Share of the run that is behind, by steps or by time."""
        return self.step / self.options.steps if self.options.steps else self.spent / (self.options.minutes * 60)

    def rate(self):
        """Up in the first twentieth, then down as half a cosine."""
        done = min(self.done(), 1)
        return self.options.rate * float(done / 0.05 if done < 0.05 else 0.5 * (1 + np.cos(np.pi * (done - 0.05) / 0.95)) + 1e-3)

    def advance(self):
        """One step; gives the loss. What it draws depends on the seed and the step alone."""
        draw = simulate.Draw(self.options.seed * 1_000_003 + self.step, self.device)
        torch.manual_seed(self.step)
        side = self.options.sides[int(draw.index(len(self.options.sides), 1))]
        with torch.no_grad():
            frames, extent, kind = simulate.captures(draw, self.pool, self.options.batch, side)
            wide, tight = views(draw, frames, extent)
            mixed = simulate.mixtures(draw, wide, round(len(wide) * self.options.mixed))
            wide = torch.cat([wide, mixed.clamp(0, 255).round()]).contiguous(memory_format=torch.channels_last)
            tight = retouched(draw, tight).contiguous(memory_format=torch.channels_last)
            with torch.autocast("cuda", torch.float16, enabled=self.device.type == "cuda"):
                soft, opinion = self.pair(wide)
        live = (kind == simulate.GENUINE).float()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            embedding = self.both.context.embedding(wide)
            heads, mirrored = self.both.context.heads(embedding), self.both.mirror(embedding)
            texture = live.new_zeros(len(live), 1) if self.options.rest else self.both.texture(tight)
        heads = heads.float()
        match = F.smooth_l1_loss(heads[:, :2], soft) * 0.3 + F.binary_cross_entropy_with_logits(heads[:, :2], torch.sigmoid(soft))
        label = F.binary_cross_entropy_with_logits(heads[: len(live), 2], live * 0.96 + 0.02)
        skin = F.binary_cross_entropy_with_logits(texture[:, 0].float(), live * 0.96 + 0.02)
        loss = match + F.mse_loss(mirrored.float(), opinion) * 2 + 0.5 * label + skin
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate()
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.both.parameters(), 5.0)
        self.optimiser.step()
        decay = min(DECAY, (1 + self.step) / (10 + self.step))  # a short memory while there is little to remember
        with torch.no_grad():
            for kept, now in zip(self.mean.state_dict().values(), self.both.state_dict().values()):
                kept.copy_(kept * decay + now * (1 - decay) if kept.is_floating_point() else now)
        self.step += 1
        return torch.stack([match.detach(), label.detach(), skin.detach()])

    def save(self):
        state = {"step": self.step, "spent": self.spent, **{name: getattr(self, name).state_dict() for name in self.PARTS}}
        torch.save(state, self.options.out + ".part")
        os.replace(self.options.out + ".part", self.options.out)

    COLUMNS = ("seed", "step", "minutes", "batch", "match", "label", "skin", *Held.FIGURES)

    def reports(self):
        """Trains to the end; gives a line of the table at each checkpoint."""
        total, since = 0, self.step
        while self.done() < 1:
            start = time.monotonic()
            total = total + self.advance()
            if self.step % 20 == 0 and self.device.type == "cuda":
                torch.cuda.synchronize()  # so that the clock tells the truth
            self.spent += time.monotonic() - start
            if self.step % self.options.report == 0 or self.done() >= 1:
                figures = [*(total / (self.step - since)).tolist(), *self.held.figures(self.mean)]
                self.save()
                yield "\t".join([str(self.options.seed), str(self.step), f"{self.spent / 60:.2f}", str(self.options.batch), *(f"{v:.4f}" for v in figures)])
                total, since = 0, self.step


def options(arguments=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--faces", help="file made by faces.py")
    p.add_argument("--shared", help="folder with models/, the published pair")
    p.add_argument("--out", required=True, help="checkpoint")
    p.add_argument("--start", help="checkpoint of another run whose weights this one starts from")
    p.add_argument("--runs", help="table of runs to append to; default: beside the checkpoint")
    p.add_argument("--steps", type=int, default=0, help="length of the run; or")
    p.add_argument("--minutes", type=float, default=60, help="its length by the clock, which repeats no run exactly")
    p.add_argument("--batch", type=int, default=1024)
    p.add_argument("--rate", type=float, default=3e-3)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--mixed", type=float, default=1, help="mixtures to a capture")
    p.add_argument("--rest", action="store_true", help="leave the texture network as it is: it needs sharper captures than a processor makes in reasonable time")
    p.add_argument("--report", type=int, default=200)
    p.add_argument("--held", type=int, default=1200, help="captures for the reports")
    p.add_argument("--sides", type=lambda v: [int(x) for x in v.split(",")], default=SIDES, help="others than SIDES; multiples of 16")
    p.add_argument("--side", type=int, default=simulate.Pool.SIDE, help="pixels of the pictures in memory")
    return p.parse_args(arguments)


def main(arguments=None):
    o = options(arguments)
    run = Run(o)
    print(f"{networks.size(run.both.context)} + {networks.size(run.both.texture)} weights, {len(run.pool)} pictures, {run.device}, step {run.step}", flush=True)
    table = o.runs or o.out + ".tsv"
    if not os.path.exists(table):
        with open(table, "w") as f:
            f.write("\t".join(Run.COLUMNS) + "\n")
    for line in run.reports():
        print(line, flush=True)
        with open(table, "a") as f:
            f.write(line + "\n")


if __name__ == "__main__":
    main()
