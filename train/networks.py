"""The two networks of the own liveness check. Both take BGR pixels 0..255 as NCHW float32 and give one
live logit; normalisation is inside, so that the card's recipe stays plain."""
import torch
from torch import nn


def conv(cin, cout, kernel, stride=1, groups=1, act=True):
    layers = [nn.Conv2d(cin, cout, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(cout)]
    return nn.Sequential(*layers, nn.ReLU()) if act else nn.Sequential(*layers)


class Block(nn.Module):
    """Inverted residual: widen, filter each channel, narrow."""

    def __init__(self, cin, cout, stride, widen=2):
        super().__init__()
        mid = cin * widen
        self.same = stride == 1 and cin == cout
        self.body = nn.Sequential(conv(cin, mid, 1), conv(mid, mid, 3, stride, mid), conv(mid, cout, 1, act=False))

    def forward(self, x):
        return x + self.body(x) if self.same else self.body(x)


class Context(nn.Module):
    """80x80 of the 2.7x crop: light, colour, edges and hands around the face. The last filter keeps places
    apart, because where an edge lies matters."""

    SIDE = 80

    def __init__(self, width=22):
        super().__init__()
        w = width
        self.body = nn.Sequential(
            conv(3, w, 3, 2), Block(w, w * 2, 2, 3),
            Block(w * 2, w * 2, 1), Block(w * 2, w * 2, 1), Block(w * 2, w * 4, 2, 3),
            Block(w * 4, w * 4, 1), Block(w * 4, w * 4, 1), Block(w * 4, w * 5, 2),
            Block(w * 5, w * 5, 1),
            nn.Conv2d(w * 5, w * 5, 5, groups=w * 5, bias=False),
            nn.BatchNorm2d(w * 5), nn.Flatten(), nn.Dropout(0.1), nn.Linear(w * 5, 1),
        )

    def forward(self, x):
        return self.body((x - 127.5) / 64.0).squeeze(1)


class Texture(nn.Module):
    """96x96 of the tight crop: stripes, dots, grain and codec on the skin itself, wherever they are."""

    SIDE = 96

    def __init__(self, width=12):
        super().__init__()
        w = width
        self.body = nn.Sequential(
            conv(3, w, 3), conv(w, w * 2, 3, 2), conv(w * 2, w * 4, 3, 2),
            Block(w * 4, w * 4, 1), Block(w * 4, w * 6, 2, 3), Block(w * 6, w * 6, 1), Block(w * 6, w * 8, 2, 3), Block(w * 8, w * 8, 1),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.1), nn.Linear(w * 8, 1),
        )

    def forward(self, x):
        return self.body((x - 127.5) / 64.0).squeeze(1)


def size(network):
    """Number of weights."""
    return sum(p.numel() for p in network.parameters())
