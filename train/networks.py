"""The two networks of the own liveness check. Both take BGR pixels 0..255 as NCHW float32 and give live
logits, n x heads; normalisation is inside, so that the card's recipe stays plain. Plain 3x3 convolutions:
at this size they are faster than separable ones, in training by far."""
import torch
from torch import nn


def conv(cin, cout, kernel=3, stride=1):
    return nn.Sequential(nn.Conv2d(cin, cout, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(cout), nn.ReLU())


class Context(nn.Module):
    """80x80 of the 2.7x crop: light, colour, edges and hands around the face, for which half the resolution
    is enough. Places are kept apart to the end, because where an edge lies matters. Two heads: what the 2.7x
    and the 4.0x teacher would say."""

    SIDE, FIELD = 80, "context"

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.AvgPool2d(2), conv(3, 24, 3, 2), conv(24, 40), conv(40, 64, 3, 2), conv(64, 64), conv(64, 80, 3, 2),
            nn.Conv2d(80, 160, 5, groups=80, bias=False), nn.BatchNorm2d(160), nn.ReLU(), nn.Flatten(), nn.Dropout(0.1), nn.Linear(160, 2),
        )

    def forward(self, x):
        return self.body((x - 127.5) / 64.0)


class Texture(nn.Module):
    """96x96 of the tight crop: stripes, dots, grain and codec on the skin itself, wherever they are."""

    SIDE, FIELD = 96, "tight"

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            conv(3, 12, 5, 2), conv(12, 24, 3, 2), conv(24, 32), conv(32, 48, 3, 2), conv(48, 48), conv(48, 64, 3, 2),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.1), nn.Linear(64, 1),
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
