"""Calibrates the two networks joined: mean of their live logits -> live score.

    python3 train/calibrate.py --shared ../shared --bank build/bank --context build/context.pt --texture build/texture.pt

The slope is a logistic fit on the simulated validation bank. The threshold comes from genuine pictures of the
held-out subjects as they are, not simulated: a live score of 0.5 rejects 5 % of them, the profiles lenient and strict 2 %
and 10 %. Attack media are not read: the rates on real attacks are measured afterwards, with `bonafide eval pad`.
"""
import argparse
import os
import zlib

import numpy as np
import torch

import faces
import learn
import networks

LIMIT = np.log((1 - 1e-4) / 1e-4)
REJECTED = {"lenient": 0.02, "default": 0.05, "strict": 0.10}


def load(name, checkpoint):
    network = networks.NETWORKS[name]()
    network.load_state_dict(torch.load(checkpoint, map_location="cpu")["mean"])
    return network.eval()


@torch.no_grad()
def logits(network, pictures):
    """Live logits of BGR pictures, n x side x side x 3, as the product reads them."""
    parts = [network(torch.from_numpy(pictures[i : i + 100]).permute(0, 3, 1, 2).float()).mean(1).numpy() for i in range(0, len(pictures), 100)]
    return np.clip(np.concatenate(parts), -LIMIT, LIMIT)


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
    for name in ("shared", "bank", "context", "texture"):
        p.add_argument("--" + name, required=True)
    a = p.parse_args()
    nets = {name: load(name, getattr(a, name)) for name in networks.NETWORKS}
    simulated = []
    for name, network in nets.items():
        bank = learn.Bank(os.path.join(a.bank, "val"), network.FIELD)
        views = np.stack(bank.images)
        edge = (views.shape[1] - network.SIDE) // 2
        simulated.append(logits(network, views[:, edge : edge + network.SIDE, edge : edge + network.SIDE]))
        kind = np.array(bank.kind)
    simulated = np.mean(simulated, 0)
    held = [f for f in faces.load(a.shared, os.path.join(a.bank, "faces.pickle")) if zlib.crc32(f.subject.encode()) % 5 == 0]
    crops = {"context": 2.7, "texture": 1.2}
    genuine = np.mean([logits(nets[n], np.stack([faces.shift_crop(f.image, f.box, s, nets[n].SIDE) for f in held])) for n, s in crops.items()], 0)
    slope = logistic(simulated, kind == 0)
    print(f"simulated: AUC prints {learn.auc(simulated[kind == 0], simulated[kind == 1]):.3f}, screens {learn.auc(simulated[kind == 0], simulated[kind == 2]):.3f}, {len(kind)} views")
    offset = -slope * np.quantile(genuine, REJECTED["default"])
    print(f"slope {slope:.4f} offset {offset:.4f}, {len(genuine)} genuine pictures")
    for name, share in REJECTED.items():
        print(f"{name}: threshold {1 / (1 + np.exp(-slope * np.quantile(genuine, share) - offset)):.3f} rejects {share:.0%} of genuine pictures")


if __name__ == "__main__":
    main()
