"""Ships a trained network: graph, golden outputs and the card's digest.

    python3 train/export.py context build/context.pt models/liveness-context

Writes model.onnx and golden.json into the model's folder. The golden outputs are PyTorch's own, so that the
test of the product compares two runtimes. The card is written by hand; only its digests and sizes are renewed.
"""
import argparse
import hashlib
import json
import os
import re

import numpy as np
import torch

import networks

SEED = 7


def picture(size, seed=SEED):
    """The picture that the product's golden tests make: coloured blocks under noise, 1 x 3 x size x size."""
    state = seed

    def draw():
        nonlocal state
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        return state >> 24

    across = (size + 15) // 16
    blocks = [draw() for _ in range(across * across * 3)]
    x = np.empty((1, 3, size, size), np.float32)
    for i in range(size * size):
        row, column = divmod(i, size)
        for c in range(3):
            x[0, c, row, column] = (3 * blocks[(row // 16 * across + column // 16) * 3 + c] + draw()) >> 2
    return x


def graph(network, path):
    """Writes the graph of Exported(network): input n x 3 x side x side, output n x 2."""
    shipped = networks.Exported(network).eval()
    example = torch.from_numpy(picture(network.SIDE))
    torch.onnx.export(
        shipped, example, path, opset_version=13, input_names=["input"], output_names=["output"],
        dynamic_axes={"input": {0: "n"}, "output": {0: "n"}}, do_constant_folding=True,
    )
    with torch.no_grad():
        return shipped(example).numpy()[0]


def golden(path, side, output):
    body = {"input": {"size": side, "seed": SEED, "mean": [0, 0, 0], "scale": [1, 1, 1]}}
    out = {"name": "output", "count": len(output), "range": float(np.abs(output).max()), "step": 1, "values": [float(v) for v in output]}
    with open(path, "w") as f:
        f.write('{\n  "input": %s,\n  "outputs": [\n    %s\n  ]\n}\n' % (json.dumps(body["input"]), json.dumps(out)))


def renew(card, onnx):
    """Every digest and size of the card is that of its one graph."""
    with open(onnx, "rb") as f:
        raw = f.read()
    with open(card) as f:
        text = f.read()
    text = re.sub(r'("sha256": ")[^"]*', r"\g<1>" + hashlib.sha256(raw).hexdigest(), text)
    text = re.sub(r'("bytes": )\d+', rf"\g<1>{len(raw)}", text)
    with open(card, "w") as f:
        f.write(text)


def main(arguments=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("network", choices=sorted(networks.NETWORKS))
    p.add_argument("checkpoint")
    p.add_argument("folder", help="of the model")
    a = p.parse_args(arguments)
    network = networks.NETWORKS[a.network]()
    network.load_state_dict(torch.load(a.checkpoint, map_location="cpu")["mean"])
    onnx = os.path.join(a.folder, "model.onnx")
    os.makedirs(a.folder, exist_ok=True)
    golden(os.path.join(a.folder, "golden.json"), network.SIDE, graph(network, onnx))
    card = os.path.join(a.folder, "model.json")
    if os.path.exists(card):
        renew(card, onnx)


if __name__ == "__main__":
    main()
