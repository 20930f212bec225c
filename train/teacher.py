"""The published pair as PyTorch modules, so that a device can ask it about many pictures at once.

A small interpreter of the operators that the two graphs hold; anything else is an error.
"""
import os

import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional as F

LIMIT = 9.2102  # ln((1-p)/p) at p = 1e-4, where the product clips


class Graph(nn.Module):
    """One network: n x 3 x 80 x 80 BGR 0..255 -> live logits n, clipped, and the embedding before the last layer, n x 128."""

    SHAPE_ONLY = ("Shape", "Constant", "Gather", "Unsqueeze", "Concat")

    def __init__(self, path):
        super().__init__()
        graph = onnx.load(path).graph
        self.nodes, self.inputs, self.output = [], graph.input[0].name, graph.output[0].name
        self.names = {}
        for i, tensor in enumerate(graph.initializer):
            self.register_buffer(f"w{i}", torch.from_numpy(numpy_helper.to_array(tensor).copy()))
            self.names[tensor.name] = f"w{i}"
        for node in graph.node:
            if node.op_type not in self.SHAPE_ONLY:
                self.nodes.append((node.op_type, list(node.input), node.output[0], {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}))

    def forward(self, x):
        values = {self.inputs: x}

        def value(name):
            return getattr(self, self.names[name]) if name in self.names else values[name]

        for kind, names, out, at in self.nodes:
            a = value(names[0])
            if kind == "Conv":
                if at["pads"][:2] != at["pads"][2:] or set(at["dilations"]) != {1}:
                    raise ValueError("a convolution with uneven padding or dilation")
                bias = value(names[2]) if len(names) > 2 else None
                y = F.conv2d(a, value(names[1]), bias, tuple(at["strides"]), tuple(at["pads"][:2]), 1, at["group"])
            elif kind == "PRelu":
                y = F.prelu(a, value(names[1]).flatten())
            elif kind == "Add":
                y = a + value(names[1])
            elif kind == "Mul":
                y = a * value(names[1])
            elif kind == "GlobalAveragePool":
                y = a.mean((2, 3), keepdim=True)
            elif kind == "Relu":
                y = F.relu(a)
            elif kind == "Sigmoid":
                y = torch.sigmoid(a)
            elif kind == "Reshape":
                y = a.flatten(1)
            elif kind == "MatMul":
                embedding, y = a, a @ value(names[1])  # the last product's remains
            elif kind == "BatchNormalization":
                scale, shift, mean, variance = (value(n) for n in names[1:])
                y = F.batch_norm(a, mean, variance, scale, shift, False, 0, at["epsilon"])
            else:
                raise ValueError(f"operator {kind}")
            values[out] = y
        share = values[self.output].float().log_softmax(1)
        rest = torch.logsumexp(share[:, [0, 2]], 1)
        return (share[:, 1] - rest).clamp(-LIMIT, LIMIT), embedding.float()


class Pair(nn.Module):
    """Both networks on the same pictures: live logits n x 2 (2.7x, 4.0x) and embeddings n x 256."""

    def __init__(self, shared):
        super().__init__()
        self.parts = nn.ModuleList(Graph(os.path.join(shared, "models", name)) for name in ("mfn27.onnx", "mfn40.onnx"))

    @torch.no_grad()
    def forward(self, x):
        logits, embeddings = zip(*(part(x) for part in self.parts))
        return torch.stack(logits, 1), torch.cat(embeddings, 1)
