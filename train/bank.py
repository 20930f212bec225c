"""Makes the bank of training pictures: views of simulated captures, in shards.

    python3 train/bank.py --shared ../shared --out build/bank/train --samples 20000 --seed 1

A scene is composed once and captured several times, by another camera each time. A shard
holds, for each capture:

    context  80x80 BGR, about 2.7 face boxes, cut as the product cuts them
    tight    112x112 BGR, 1.1 to 1.5 face boxes
    kind     0 genuine, 1 print, 2 screen, -1 a mixture of which nobody knows the truth
    near     live logit that the published 2.7x network gives on context
    far      live logit that the published 4.0x network gives on the frame (nan for mixtures)

The shards of a run can be made in any order and by several processes; one that exists is
kept. The seed of a shard depends on its number alone.
"""
import argparse
import glob
import os
import zlib

import cv2
import numpy as np

import faces
import simulate

SHARD = 250
CONTEXT, TIGHT = 80, 112
CAPTURES = 3  # of one scene
MIXTURES = 4  # of ten captures


def live_logit(net, crop):
    """ln(p/(1-p)) of the published networks' index 1, p clipped to 1e-4..1-1e-4."""
    net.setInput(cv2.dnn.blobFromImage(crop))
    out = net.forward()[0]
    p = np.exp(out - out.max())
    p = float(np.clip(p[1] / p.sum(), 1e-4, 1 - 1e-4))
    return np.log(p / (1 - p))


def framed(rng, frame, box):
    """What of the scene is in the picture: mostly all that the 4.0x crop asks for, now and then a
    face that fills the frame."""
    x, y, w, h = box
    room = rng.uniform(1.05, 2.2) if rng.random() < 0.3 else rng.uniform(2.2, 4.6)
    cx, cy = x + w * rng.uniform(0.3, 0.7), y + h * rng.uniform(0.35, 0.65)
    left, right = (int(np.clip(cx + s * w * room / 2, 0, frame.shape[1])) for s in (-1, 1))
    top, bottom = (int(np.clip(cy + s * h * room / 2, 0, frame.shape[0])) for s in (-1, 1))
    left, top = min(left, int(max(x, 0))), min(top, int(max(y, 0)))
    right, bottom = max(right, int(min(x + w, frame.shape[1]))), max(bottom, int(min(y + h, frame.shape[0])))
    return frame[top:bottom, left:right], (x - left, y - top, w, h)


def wobbled(rng, box):
    """The box as another detector would have seen it."""
    x, y, w, h = box
    dx, dy = rng.normal(0, 0.05, 2)
    grow = rng.normal(1, 0.06, 2)
    return (x + w * (dx - (grow[0] - 1) / 2), y + h * (dy - (grow[1] - 1) / 2), w * grow[0], h * grow[1])


def capture(rng, scene, box, kind, nets):
    """One row of the bank: the scene as a camera takes it."""
    frame, box = simulate.camera(rng, *framed(rng, scene, box))
    return views(rng, frame, wobbled(rng, box), kind, nets)


def views(rng, frame, box, kind, nets):
    """One row of the bank."""
    flip = rng.random() < 0.5
    context = faces.shift_crop(frame, box, rng.uniform(2.3, 3.1), CONTEXT)
    tight = faces.shift_crop(frame, box, rng.uniform(1.1, 1.5), TIGHT)
    if flip:
        context, tight = context[:, ::-1].copy(), tight[:, ::-1].copy()
    return {
        "context": context,
        "tight": tight,
        "kind": kind,
        "near": live_logit(nets["near"], context),
        "far": live_logit(nets["far"], faces.shift_crop(frame, box, 4.0, 80)),
    }


def mixture(rng, rows, nets):
    """Two rows blended, or a part of one laid into the other, sometimes under another light."""
    a, b = (rows[i] for i in rng.integers(0, len(rows), 2))
    context = a["context"]
    if rng.random() < 0.5:  # a nearer look
        part = int(rng.integers(CONTEXT * 2 // 3, CONTEXT))
        y, x = (int(v) for v in rng.integers(0, CONTEXT - part + 1, 2))
        context = cv2.resize(context[y : y + part, x : x + part], (CONTEXT, CONTEXT))
    context = context.astype(np.float32)
    dice = rng.random()
    if dice < 0.4:
        context += (b["context"] - context) * rng.uniform(0.1, 0.9)
    elif dice < 0.7:
        h, w = (int(v) for v in rng.integers(CONTEXT // 5, CONTEXT, 2))
        y, x = int(rng.integers(0, CONTEXT - h + 1)), int(rng.integers(0, CONTEXT - w + 1))
        context[y : y + h, x : x + w] = b["context"][y : y + h, x : x + w]
    if rng.random() < 0.5 or dice >= 0.7:
        context = simulate.tone(rng, context, gain=(0.5, 1.4), gamma=(0.6, 1.7), colour=(0.1, 1.7), balance=0.2)
    if rng.random() < 0.3:
        context += simulate.grain(rng, context.shape) * rng.uniform(1, 9)
    if rng.random() < 0.2:
        context = cv2.GaussianBlur(context, (0, 0), rng.uniform(0.5, 2))
    context = np.clip(context, 0, 255).astype(np.uint8)
    return {"context": context, "tight": a["tight"], "kind": -1, "near": live_logit(nets["near"], context), "far": np.nan}


def shard(number, seed, pool, nets, mixtures, captures=SHARD):
    """The arrays of one shard."""
    rng = np.random.default_rng([seed, number])
    rows = []
    while len(rows) < captures:
        kind = int(rng.choice(3, p=[0.4, 0.3, 0.3]))
        scene, box = simulate.genuine(rng, pool) if kind == 0 else simulate.presented(rng, pool, ("print", "screen")[kind - 1])
        if min(box[2:]) < 30:
            continue
        rows.extend(capture(rng, scene, box, kind, nets) for _ in range(CAPTURES))
    if mixtures:
        rows.extend(mixture(rng, rows, nets) for _ in range(captures * MIXTURES // 10))
    return {k: np.array([row[k] for row in rows]) for k in rows[0]}


def plain(number, seed, pool, nets):
    """The arrays of a shard of genuine faces as their photographers left them."""
    rng = np.random.default_rng([seed, number])
    rows = []
    for i in rng.integers(0, len(pool), SHARD):
        frame, box = pool[i].image, pool[i].box
        if rng.random() < 0.5:
            frame = np.ascontiguousarray(frame[:, ::-1])
            box = (frame.shape[1] - box[0] - box[2], *box[1:])
        rows.append(views(rng, frame, wobbled(rng, box), 0, nets))
    return {k: np.array([row[k] for row in rows]) for k in rows[0]}


def remixed(number, seed, folder, nets):
    """The arrays of a shard of mixtures alone, of two shards that are there; far cheaper than new captures."""
    rng = np.random.default_rng([seed, number])
    paths = sorted(glob.glob(os.path.join(folder, "[0-8][0-9][0-9][0-9].npz")))
    rows = []
    for path in rng.choice(paths, 2, replace=False):
        with np.load(path) as stored:
            rows.extend({"context": c, "tight": 0} for c in stored["context"][stored["kind"] >= 0])
    rows = [mixture(rng, rows, nets) for _ in range(SHARD * 2)]
    return {k: np.array([row[k] for row in rows]) for k in rows[0]}


def teachers(shared):
    """The published pair."""
    return {k: cv2.dnn.readNetFromONNX(os.path.join(shared, "models", v)) for k, v in (("near", "mfn27.onnx"), ("far", "mfn40.onnx"))}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shared", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--samples", type=int, default=20000, help="captures, mixtures not counted")
    p.add_argument("--first", type=int, default=0, help="number of the first shard, for several processes")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--plain", action="store_true", help="genuine faces as they are, in shards from 8000 on")
    p.add_argument("--remix", action="store_true", help="mixtures of the captures that are there, in shards from 9000 on")
    p.add_argument("--validate", action="store_true", help="use the held-out fifth of the subjects, without mixtures")
    a = p.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(a.out, exist_ok=True)
    nets = teachers(a.shared)
    if a.remix:
        make = lambda number: remixed(number, a.seed, a.out, nets)
        return write(a.out, 9000 + a.first, -(-a.samples // (2 * SHARD)), make)
    found = faces.load(a.shared, os.path.join(os.path.dirname(a.out.rstrip("/")), "faces.pickle"))
    pool = [f for f in found if (zlib.crc32(f.subject.encode()) % 5 == 0) == a.validate]
    if a.plain:
        return write(a.out, 8000 + a.first, -(-a.samples // SHARD), lambda number: plain(number, a.seed, pool, nets))
    write(a.out, a.first, -(-a.samples // SHARD), lambda number: shard(number, a.seed, pool, nets, not a.validate))


def write(folder, first, count, make):
    """Makes the shards that are not there yet."""
    for number in range(first, first + count):
        path = os.path.join(folder, f"{number:04d}.npz")
        if not os.path.exists(path):
            np.savez(path + ".part.npz", **make(number))
            os.replace(path + ".part.npz", path)
            print(path, flush=True)


if __name__ == "__main__":
    main()
