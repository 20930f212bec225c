"""Makes the bank of training pictures: crops of simulated captures, in shards.

    python3 bank.py --shared ../../shared --out build/bank --samples 20000 --seed 1

Each shard holds, for its captures: context (the 2.7x crop), tight (the 1.2x crop), the
kind (0 genuine, 1 print, 2 screen), the subject's number, and the answer that the 4.0x
network of the published pair gives on the whole frame. A shard that exists is kept, so
that a run can be resumed; the seed of a shard depends on its number alone.
"""
import argparse
import os
import zlib

import cv2
import numpy as np

import faces
import simulate

SHARD = 500
CONTEXT, TIGHT = 112, 128


def live_logit(net, crop):
    """ln(p/(1-p)) of the published networks' index 1, p clipped to 1e-4..1-1e-4."""
    net.setInput(cv2.dnn.blobFromImage(crop))
    out = net.forward()[0]
    p = np.exp(out - out.max())
    p = float(np.clip(p[1] / p.sum(), 1e-4, 1 - 1e-4))
    return np.log(p / (1 - p))


def shard(number, seed, pool, far):
    rng = np.random.default_rng([seed, number])
    rows = {"context": [], "tight": [], "kind": [], "far": []}
    while len(rows["kind"]) < SHARD:
        kind = int(rng.choice(3, p=[0.4, 0.3, 0.3]))
        frame, box = simulate.genuine(rng, pool) if kind == 0 else simulate.presented(rng, pool, ("print", "screen")[kind - 1])
        if min(box[2:]) < 30:
            continue
        rows["context"].append(faces.shift_crop(frame, box, 2.7, CONTEXT))
        rows["tight"].append(faces.shift_crop(frame, box, 1.2, TIGHT))
        rows["kind"].append(kind)
        rows["far"].append(live_logit(far, faces.shift_crop(frame, box, 4.0, 80)))
    return {k: np.array(v) for k, v in rows.items()}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shared", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--samples", type=int, default=20000)
    p.add_argument("--first", type=int, default=0, help="number of the first shard, for several processes")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--validate", action="store_true", help="use the held-out fifth of the subjects instead")
    a = p.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(a.out, exist_ok=True)
    pool = [f for f in faces.load(a.shared) if (zlib.crc32(f.subject.encode()) % 5 == 0) == a.validate]
    far = cv2.dnn.readNetFromONNX(os.path.join(a.shared, "models", "mfn40.onnx"))
    for number in range(a.first, a.first - (-a.samples // SHARD)):
        path = os.path.join(a.out, f"{number:04d}.npz")
        if not os.path.exists(path):
            np.savez(path + ".part.npz", **shard(number, a.seed, pool, far))
            os.replace(path + ".part.npz", path)


if __name__ == "__main__":
    main()
