"""Calibrates the two networks joined: weighted mean of their live logits -> live score.

    python3 train/calibrate.py --faces build/faces.npz --shared ../shared --checkpoint build/liveness.pt

The slope is a logistic fit on simulated captures of held-out subjects. The threshold comes from their pictures as they
are, not simulated: a live score of 0.5 rejects 5 % of them, the profiles lenient and strict 2 % and 10 %. Attack media
are not read: the rates on real attacks are measured afterwards, with `bonafide eval pad`.
"""
import argparse
import zlib

import numpy as np
import torch

import faces
import learn
import simulate
import teacher

WEIGHTS = {"context": 0.75, "texture": 0.25}  # of the logits: each of the four heads counts alike
REJECTED = {"lenient": 0.02, "default": 0.05, "strict": 0.10}


def joined(answers):
    """The joined live logit from the heads side by side, clipped as the product clips them."""
    clip = lambda x: np.clip(x, -teacher.LIMIT, teacher.LIMIT)
    return WEIGHTS["context"] * clip(answers[:, :3].mean(1)) + WEIGHTS["texture"] * clip(answers[:, 3])


def logistic(x, live, steps=50):
    """Slope of a balanced logistic fit, by Newton's method."""
    weight = np.where(live, 0.5 / live.sum(), 0.5 / (~live).sum())
    features, w = np.stack([x, np.ones_like(x)], 1), np.zeros(2)
    for _ in range(steps):
        p = 1 / (1 + np.exp(-features @ w))
        hessian = (features * (weight * p * (1 - p))[:, None]).T @ features
        w -= np.linalg.solve(hessian + 1e-9 * np.eye(2), features.T @ (weight * (p - live)))
    return w[0]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("faces", "shared", "checkpoint"):
        p.add_argument("--" + name, required=True)
    a = p.parse_args()
    pool = simulate.Pool([f for f in faces.load(a.faces) if zlib.crc32(f.subject.encode()) % 5 == 0], "cpu")
    held = learn.Held(pool, teacher.Pair(a.shared).eval())
    both = learn.Networks()
    both.load_state_dict(torch.load(a.checkpoint, map_location="cpu")["mean"])
    simulated, genuine = (joined(answers) for answers in held.answers(both))
    live = held.kind == simulate.GENUINE
    slope = logistic(simulated, live)
    for name, kind in (("prints", simulate.PRINT), ("screens", simulate.SCREEN)):
        print(f"simulated {name}: AUC {learn.auc(simulated[live], simulated[held.kind == kind]):.3f}")
    offset = -slope * np.quantile(genuine, REJECTED["default"])
    print(f"slope {slope:.4f} offset {offset:.4f}, {len(simulated)} captures, {len(genuine)} genuine pictures")
    for name, share in REJECTED.items():
        print(f"{name}: threshold {1 / (1 + np.exp(-slope * np.quantile(genuine, share) - offset)):.3f} rejects {share:.0%} of genuine pictures")


if __name__ == "__main__":
    main()
