"""Ships a trained network: graph, golden outputs and the card's digest.

    python3 train/export.py context build/liveness.pt models/liveness-context

Writes model.onnx and golden.json into the model's folder. The golden outputs are PyTorch's own, so that the
test of the product compares two runtimes. The card is written by hand; only its digests and sizes are renewed.
"""
import argparse
import hashlib
import json
import os
import re

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

import learn
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


def shipped(network):
    """The network as it is shipped: normalisation folded into the convolutions, weights rounded to half precision,
    calculation in single."""
    for module in list(network.eval().modules()):
        if isinstance(module, nn.Sequential):
            children = list(module)
            for i, child in enumerate(children[:-1]):
                if isinstance(child, nn.Conv2d) and isinstance(children[i + 1], nn.BatchNorm2d):
                    module[i], module[i + 1] = fuse_conv_bn_eval(child, children[i + 1]), nn.Identity()
    for weight in network.parameters():
        weight.data = weight.data.half().float()
    return networks.Exported(network).eval()


def graph(network, path):
    """Writes the graph of a shipped network: input n x 3 x side x side, output n x 2."""
    example = torch.from_numpy(picture(network.network.SIDE))
    torch.onnx.export(
        network, example, path, opset_version=13, input_names=["input"], output_names=["output"],
        dynamic_axes={"input": {0: "n"}, "output": {0: "n"}}, do_constant_folding=True,
    )
    halve(path)
    with torch.no_grad():
        return network(example).numpy()[0]


def halve(path, least=64):
    """Stores the larger weights of a graph in half precision; the runtime widens them once, when it loads them."""
    model = onnx.load(path)
    wide = [t for t in model.graph.initializer if t.data_type == onnx.TensorProto.FLOAT and np.prod(t.dims) >= least]
    for tensor in wide:
        half = numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), tensor.name + ".half")
        model.graph.node.insert(0, onnx.helper.make_node("Cast", [half.name], [tensor.name], to=onnx.TensorProto.FLOAT))
        model.graph.initializer.remove(tensor)
        model.graph.initializer.append(half)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def golden(path, side, output):
    body = {"input": {"size": side, "seed": SEED, "mean": [0, 0, 0], "scale": [1, 1, 1]}}
    out = {"name": "output", "count": len(output), "range": float(np.abs(output).max()), "step": 1, "values": [float(v) for v in output]}
    with open(path, "w") as f:
        f.write('{\n  "input": %s,\n  "outputs": [\n    %s\n  ]\n}\n' % (json.dumps(body["input"]), json.dumps(out)))


def renew(card, model):
    """Every digest and size of the card is that of its one graph."""
    with open(model, "rb") as f:
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
    p.add_argument("checkpoint", nargs="+")
    p.add_argument("folder", help="of the model")
    a = p.parse_args(arguments)
    network = shipped(learn.load(*a.checkpoint)[a.network])
    model = os.path.join(a.folder, "model.onnx")
    os.makedirs(a.folder, exist_ok=True)
    golden(os.path.join(a.folder, "golden.json"), network.network.SIDE, graph(network, model))
    card = os.path.join(a.folder, "model.json")
    if os.path.exists(card):
        renew(card, model)


if __name__ == "__main__":
    main()
