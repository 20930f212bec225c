"""The two networks of the own liveness check. Both take BGR pixels 0..255 as NCHW float32 and give live
logits, n x heads; normalisation is inside, so that the card's recipe stays plain. Plain 3x3 convolutions:
at this size they are faster than separable ones on a processor, and in training by far."""
import torch
from torch import nn


def conv(cin, cout, kernel=3, stride=1):
    return nn.Sequential(nn.Conv2d(cin, cout, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(cout), nn.ReLU())


class Residual(nn.Module):
    """Two convolutions beside a short cut."""

    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(conv(width, width), nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        return torch.relu(x + self.body(x))


class Context(nn.Module):
    """80x80 of the 2.7x crop: light, colour, edges and hands around the face. Places are kept apart to the end,
    because where an edge lies matters. Three heads: what the 2.7x teacher would say, what the 4.0x teacher would,
    and whether the simulation made an artefact. embedding gives, for the training, what lies before the heads."""

    SIDE, HEADS = 80, 3

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            conv(3, 16, 3, 2), conv(16, 48, 3, 2), Residual(48), conv(48, 96, 3, 2), Residual(96), conv(96, 160, 3, 2),
            nn.Conv2d(160, 320, 5, groups=160, bias=False), nn.BatchNorm2d(320), nn.ReLU(), nn.Flatten(), nn.Dropout(0.05),
        )
        self.heads = nn.Linear(320, self.HEADS)

    def embedding(self, x):
        return self.body((x - 127.5) / 64.0)

    def forward(self, x):
        return self.heads(self.embedding(x))


class Texture(nn.Module):
    """96x96 of the tight crop: stripes, dots, grain and codec on the skin itself, wherever they are."""

    SIDE, HEADS = 96, 1

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            conv(3, 12, 5, 2), conv(12, 24, 3, 2), Residual(24), conv(24, 48, 3, 2), Residual(48), conv(48, 64, 3, 2),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.1), nn.Linear(64, self.HEADS),
        )

    def forward(self, x):
        return self.body((x - 127.5) / 64.0)


NETWORKS = {"context": Context, "texture": Texture}


class Exported(nn.Module):
    """What is shipped: two classes, attack and live, whose softmax is the sigmoid of the mean of the heads."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        live = self.network(x).mean(1, keepdim=True)
        return torch.cat([torch.zeros_like(live), live], 1)


def size(network):
    """Number of weights."""
    return sum(p.numel() for p in network.parameters())
