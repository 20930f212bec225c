"""Presentations: turns genuine faces into captures of genuine faces, prints and screens, many at once.

A capture is rendered backwards: for every pixel of the frame it is worked out which point of the
scene it sees, so that dots, stripes and pixels of an artefact meet the camera's own grid and
alias as they do in nature. The order is that of nature too: a subject or an artefact stands in a
scene, light falls on it, a camera takes it. All pictures are BGR 0..255 as float32, n x 3 x side x
side; places are in face boxes, (0, 0) being the centre of the box.
"""
import math
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import torch
from torch.nn import functional as F

GENUINE, PRINT, SCREEN = 0, 1, 2


def trimmed(image, box, black=8, share=0.04):
    """The picture without the black wedges that its turning has left at the edges, and the box in it."""
    dark = (image.max(2) < black).astype(np.float32)
    x, y, w, h = box
    left, top, right, bottom = 0, 0, image.shape[1], image.shape[0]
    while True:
        edges = {"left": dark[top:bottom, left].mean(), "right": dark[top:bottom, right - 1].mean(), "top": dark[top, left:right].mean(), "bottom": dark[bottom - 1, left:right].mean()}
        spare = {"left": x - left, "right": right - x - w, "top": y - top, "bottom": bottom - y - h}
        worst = max((e for e in edges if spare[e] > 0.1 * h), key=edges.get, default=None)
        if worst is None or edges[worst] <= share:
            return image[top:bottom, left:right], (x - left, y - top, w, h)
        left, top, right, bottom = left + (worst == "left"), top + (worst == "top"), right - (worst == "right"), bottom - (worst == "bottom")


class Pool:
    """Faces on a device: FIELD boxes of each picture around its face, stretched to SIDE x SIDE.

    What is missing around a picture is made up of its mirror image; room says how many boxes of the picture itself
    there are.
    """

    SIDE, FIELD, COARSE = 512, 4.2, 40

    def __init__(self, faces, device, side=SIDE):
        self.device = device
        with ThreadPoolExecutor() as workers:
            cuts, rooms = zip(*workers.map(lambda face: self.cut(face, side), faces))
        self.pictures = torch.from_numpy(np.stack(cuts)).to(device).permute(0, 3, 1, 2).contiguous()
        self.room = torch.tensor(rooms, device=device, dtype=torch.float32)
        self.coarse = torch.cat([F.interpolate(part.float(), (self.COARSE, self.COARSE), mode="area") for part in self.pictures.split(64)])

    def __len__(self):
        return len(self.pictures)

    @classmethod
    def cut(cls, face, side):
        image, (x, y, w, h) = trimmed(face.image, face.box)
        height, width = image.shape[:2]
        cx, cy = x + w / 2, y + h / 2
        room = 2 * min(cx / w, (width - cx) / w, cy / h, (height - cy) / h)
        matrix = np.float32([[side / (w * cls.FIELD), 0, side / 2 - cx * side / (w * cls.FIELD)], [0, side / (h * cls.FIELD), side / 2 - cy * side / (h * cls.FIELD)]])
        picture = cv2.warpAffine(image, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        return picture, float(np.clip(room, 1, cls.FIELD))

    def see(self, which, places):
        """The pictures which (n) at places n x h x w x 2, in boxes."""
        return F.grid_sample(self.pictures[which].float(), places * (2 / self.FIELD), padding_mode="reflection", align_corners=False)

    def backdrop(self, which, places):
        """The same, out of focus."""
        return F.grid_sample(self.coarse[which], places * (2 / self.FIELD), mode="bicubic", padding_mode="reflection", align_corners=False)


class Draw:
    """Random numbers for n captures on a device, from one generator."""

    def __init__(self, seed, device):
        self.device = device
        self.generator = torch.Generator(device).manual_seed(seed)

    def uniform(self, low, high, *shape):
        return torch.rand(shape, generator=self.generator, device=self.device) * (high - low) + low

    def normal(self, *shape):
        return torch.randn(shape, generator=self.generator, device=self.device)

    def index(self, high, n):
        return torch.randint(high, (n,), generator=self.generator, device=self.device)

    def chance(self, share, *shape):
        return (torch.rand(shape, generator=self.generator, device=self.device) < share).float()

    def some(self, n, share):
        """A random part of n rows."""
        return torch.randperm(n, generator=self.generator, device=self.device)[: round(n * share)]

    def number(self, low, high):
        return float(torch.rand(1, generator=self.generator, device=self.device)) * (high - low) + low

    def each(self, n, low, high, channels=1):
        """One number a capture, to be broadcast over its picture."""
        return self.uniform(low, high, n, channels, 1, 1)


def tone(draw, x, gain=(0.75, 1.15), lift=(-12, 12), gamma=(0.75, 1.35), colour=(0.75, 1.15), balance=0.06):
    """Exposure, gamma, saturation and white balance drawn from the given ranges."""
    n = len(x)
    grey = x.mean(1, keepdim=True)
    x = grey + (x - grey) * draw.each(n, *colour)
    x = ((x.clamp(0, 255) / 255) ** draw.each(n, *gamma)) * 255
    return (x * draw.each(n, *gain) + draw.each(n, *lift)) * draw.each(n, 1 - balance, 1 + balance, 3)


def places(draw, n, side, extent):
    """What each pixel of a frame sees when the frame is extent (n) boxes wide and high, n x side x side x 2."""
    line = (torch.arange(side, device=draw.device) + 0.5) / side * 2 - 1
    grid = torch.stack(torch.meshgrid(line, line, indexing="xy"), -1)[None].expand(n, -1, -1, -1)
    half = (extent / 2)[:, None] * (1 + 0.06 * draw.normal(n, 2))
    x, y = (grid * half[:, None, None]).unbind(-1)
    angle = (0.06 * draw.normal(n))[:, None, None]
    flip = draw.chance(0.5, n)[:, None, None] * 2 - 1
    c, s = torch.cos(angle), torch.sin(angle)
    shift = 0.05 * draw.normal(n, 2)
    return torch.stack([(c * x - s * y) * flip + shift[:, 0, None, None], s * x + c * y + shift[:, 1, None, None]], -1)


def light(draw, n, side, strength):
    """Light that falls off across the picture, as a factor around 1."""
    angle = draw.uniform(0, 2 * math.pi, n, 1, 1)
    line = torch.linspace(-0.5, 0.5, side, device=draw.device)
    return (1 + draw.uniform(0, strength, n, 1, 1) * (line * torch.cos(angle) + line[:, None] * torch.sin(angle)))[:, None]


def glare(draw, x, share):
    """One soft highlight, and sometimes a veil over the whole."""
    n, side = len(x), x.shape[-1]
    line = torch.linspace(0, 1, side, device=draw.device)
    across = ((line - draw.uniform(0, 1, n, 1)) / draw.uniform(0.05, 0.45, n, 1)) ** 2
    down = ((line - draw.uniform(0, 1, n, 1)) / draw.uniform(0.05, 0.45, n, 1)) ** 2
    spot = torch.exp(-across[:, None, :] - down[:, :, None])[:, None] * draw.each(n, 0.1, 0.85) * draw.chance(0.5 * share, n, 1, 1, 1)
    x = x + (255 * draw.each(n, 0.85, 1, 3) - x) * spot
    veil = draw.each(n, 0.04, 0.3) * draw.chance(0.4 * share, n, 1, 1, 1)
    return x + (draw.each(n, 110, 255) - x) * veil


def portrait(draw, pool, which, at):
    """The pictures at these places, some with a plain wall behind head and shoulders, as on photographs for documents."""
    n = len(at)
    x, (a, b) = pool.see(which, at), at.unbind(-1)
    head = 1 - ((a / 0.65) ** 2 + ((b + 0.12) / 0.82) ** 2).sqrt()
    body = 1 - ((a / 1.25) ** 2 + ((b - 1.35) / 0.75) ** 2).sqrt()
    subject = torch.sigmoid(torch.maximum(head, body) * draw.uniform(15, 35, n, 1, 1))[:, None]
    wall = draw.each(n, 120, 250) * draw.each(n, 0.9, 1.05, 3)
    return x + (wall - x) * (1 - subject) * draw.chance(0.25, n, 1, 1, 1)


def scenery(draw, pool, seen):
    """What stands behind a subject or an artefact: a part of another picture, mostly in focus."""
    n = len(seen)
    around = seen * draw.uniform(0.4, 1.0, n, 1, 1, 1)
    around = around + torch.cat([draw.uniform(-0.8, 0.8, n, 1, 1, 1), draw.uniform(-0.4, 1.2, n, 1, 1, 1)], -1)
    other = draw.index(len(pool), n)
    x, clear = pool.backdrop(other, around), draw.some(n, 0.65)
    x[clear] = pool.see(other[clear], around[clear])
    return x


def backlit(draw, x, behind, share=0.2):
    """A window behind the subject: what stands before it is dark, what lies behind is blown out, and the lens adds a veil."""
    n, side = len(x), x.shape[-1]
    bright = draw.each(n, 200, 255) * draw.each(n, 0.92, 1.05, 3)
    window = torch.sigmoid(3 * F.interpolate(draw.normal(n, 1, 3, 3), (side, side), mode="bicubic", align_corners=True) + draw.each(n, -1, 3))
    y = x * draw.each(n, 0.25, 0.75)
    y = y + (bright - y) * window * behind * draw.each(n, 0.5, 1)
    y = y + (bright - y) * window * draw.each(n, 0, 0.35)
    return x + (y - x) * draw.chance(share, n, 1, 1, 1)


def genuine(draw, pool, n, side):
    """Scenes of living subjects, most of them no wider than their own picture reaches, some before another background."""
    which = draw.index(len(pool), n)
    extent = extents(draw, n)
    own = draw.chance(0.6, n) > 0
    extent = torch.where(own, torch.minimum(extent, pool.room[which]), extent)
    seen = places(draw, n, side, extent)
    x = portrait(draw, pool, which, seen)
    a, b = seen.unbind(-1)
    away = (a**2 + torch.where(b < 0, b, b * 0.4) ** 2).sqrt() - draw.uniform(0.9, 1.3, n, 1, 1)  # from head and shoulders
    behind = tone(draw, scenery(draw, pool, seen))
    x = x + (behind - x) * (torch.sigmoid(away * draw.uniform(6, 20, n, 1, 1)) * draw.chance(0.4, n, 1, 1))[:, None]
    x = backlit(draw, x * light(draw, n, side, 0.3), torch.sigmoid(away * draw.uniform(6, 20, n, 1, 1))[:, None])
    shown = draw.chance(0.7, n, 1, 1, 1)
    return x + (tone(draw, x) - x) * shown, extent


def extents(draw, n):
    """How many boxes the view is wide: mostly what the product asks for, now and then a face that fills the frame."""
    tight = draw.chance(0.3, n)
    return tight * draw.uniform(1.05, 2.3, n) + (1 - tight) * draw.uniform(2.3, 3.1, n)


def sheet(draw, seen):
    """An artefact held before the camera: the places on it that a frame sees, how far inside its edge they lie, in
    boxes (negative outside), and where its left, right, upper and lower edges are."""
    n = len(seen)
    one = lambda low, high: draw.uniform(low, high, n, 1, 1)
    x, y = seen.unbind(-1)
    slant = 0.06 * draw.normal(n, 2)[:, :, None, None]
    turn = 0.08 * draw.normal(n)[:, None, None]
    depth = 1 + slant[:, 0] * x + slant[:, 1] * y
    a, b = (x - turn * y) / depth, (y + turn * x) / depth
    dice = one(0, 1)  # nothing but the artefact in view, a small one, or one of any size
    edges = [torch.where(dice < 0.25, one(1.7, 2.6), torch.where(dice < 0.6, one(0.52, 1.0), one(0.6, 1.5))) for _ in range(4)]
    inside = torch.minimum(torch.minimum(a + edges[0], edges[1] - a), torch.minimum(b + edges[2], edges[3] - b))
    return torch.stack([a, b], -1), inside, (-edges[0], edges[1], -edges[2], edges[3])


def halftone(draw, x, at, density):
    """What a printer leaves on paper: fewer colours, rosettes, the paper's own grain, worn bands."""
    n = len(x)
    x = tone(draw, x, gain=(0.8, 1.08), lift=(0, 32), gamma=(0.75, 1.3), colour=(0.4, 1.05), balance=0.08)
    a, b = (v[:, None] for v in at.unbind(-1))
    period = draw.each(n, 30, 110)
    strength = draw.each(n, 3, 24) * draw.chance(0.5, n, 1, 1, 1) * torch.exp(-draw.each(n, 0, 1) * (period / density) ** 2)
    angle = torch.tensor([15.0, 75.0, 45.0], device=draw.device)[None, :, None, None] * (math.pi / 180) + draw.each(n, -0.09, 0.09, 3)
    c, s = (2 * math.pi * period * f(angle) for f in (torch.cos, torch.sin))
    x = x + strength * torch.cos(a * c + b * s) * torch.cos(b * c - a * s) * 2
    fibre = F.grid_sample(draw.normal(n, 1, 256, 256), torch.remainder(at * 0.4 + 1, 2) - 1, mode="nearest", padding_mode="reflection", align_corners=False)
    x = x + fibre * draw.each(n, 1, 9) * draw.chance(0.6, n, 1, 1, 1)
    bands = torch.sin(b * draw.each(n, 3, 60) + draw.each(n, 0, 6)) * draw.each(n, 0.02, 0.08) * draw.chance(0.3, n, 1, 1, 1)
    return x * (1 + bands)


def pixels(draw, pool, which, at, density):
    """What a display shows: pixels of three coloured stripes, seen from near enough to matter."""
    n = len(at)
    pitch = draw.uniform(55, 190, n, 1, 1, 1)
    stepped = (torch.floor(at * pitch) + 0.5) / pitch
    coarse = draw.chance(0.4, n)[:, None, None, None]
    x = portrait(draw, pool, which, at + (stepped - at) * coarse)
    x = tone(draw, x, gamma=(0.75, 1.25), colour=(0.8, 1.35), gain=(0.8, 1.2), balance=0.1)
    a, b = (v[:, None] for v in at.unbind(-1))
    pitch = pitch.reshape(n, 1, 1, 1)
    fade = torch.exp(-draw.each(n, 0, 1) * (pitch / density) ** 2)
    phase = torch.tensor([0.0, 1.0, 2.0], device=draw.device)[None, :, None, None] * (2 * math.pi / 3)
    x = x * (1 + draw.each(n, 0.05, 0.8) * fade * torch.cos(2 * math.pi * pitch * a + phase))
    return x * (1 + draw.each(n, 0, 0.4) * fade * draw.chance(0.5, n, 1, 1, 1) * torch.cos(2 * math.pi * pitch * b))


def stroke(at, start, end, thick, sharp):
    """A rounded stroke: how much of each pixel it covers, how far from its middle line that lies, 0..1, and how far
    below it, -1..1."""
    along = end - start
    t = (((at - start) * along).sum(-1) / (along**2).sum(-1)).clamp(0, 1)
    off = at - start - t[..., None] * along
    away = (off**2).sum(-1).sqrt()
    return torch.sigmoid((thick - away) * sharp * 3), (away / thick).clamp(0, 1), (off[..., 1] / thick).clamp(-1, 1)


def hands(draw, x, at, edges, sharp, share):
    """Hands that hold the artefact by its left, right or lower edge: closed fingers in a row, hardly over the edge,
    the back of the hand and the wrist behind them, lit from above like the scene."""
    n, side = len(x), x.shape[-1]
    one = lambda low, high: draw.uniform(low, high, n, 1, 1)
    bright = draw.each(n, 110, 235) * x.mean((1, 2, 3), keepdim=True).clamp(60, 200) / 150
    skin = bright * torch.cat([draw.each(n, 0.5, 0.82), draw.each(n, 0.62, 0.88), torch.ones_like(bright)], 1)
    grain = 1 + 0.03 * F.interpolate(draw.normal(n, 1, 20, 20), (side, side), mode="bilinear", align_corners=False)
    some, alone, deep = draw.chance(share, n, 1, 1), draw.index(4, n)[:, None, None], one(0.25, 0.6)
    for hand in range(2):
        there = some * (alone != hand)  # half of them hold with both hands
        below = one(0, 1) < 0.25
        edge = torch.where(below, edges[3], edges[hand])
        out = torch.where(below, torch.ones_like(edge), torch.full_like(edge, 2.0 * hand - 1))
        low, high = (torch.where(below, edges[k], edges[2 + k]) for k in (0, 1))
        along = low + (high - low) * one(0.2, 0.85)
        thick, lean = one(0.07, 0.115), one(-0.5, 0.3)

        def point(beyond, sideways):
            across, down = edge + out * beyond, along + sideways
            return torch.stack([torch.where(below, down, across), torch.where(below, across, down)], -1)

        wrist = (point(one(0.8, 0.9), 0.25 - lean * 0.4), point(one(1.3, 1.6), 0.9 - lean * 0.3), thick * one(2, 2.8))
        back = (point(one(0.35, 0.5), lean * 0.2), point(one(0.75, 1), 0.3 - lean * 0.5), thick * one(2.4, 3.2))
        fingers = []
        for k in range(4):
            place = (k - 1.5) * thick * one(1.6, 1.95)
            fingers.append((point(one(0.4, 0.55), place * 0.9 + lean * 0.15), point(abs(k - 1.5) * 0.05 - one(-0.08, 0.14), place), thick * one(0.85, 1.05)))
        for part in (wrist, back, *fingers):
            cover, rim, under = stroke(at, *part, sharp)
            shade = ((1 - deep * rim**3 - 0.2 * under)[:, None] * grain).clamp(0.05, 1.4)
            shade = torch.cat([shade**1.4, shade**1.2, shade], 1)  # what is in shade is redder
            x = x + (skin * shade - x) * (cover * there)[:, None]
    return x


def cloth(draw, n, side):
    """One colour in folds: the clothes of whoever holds an artefact, a table, a wall."""
    folds = sum(strength * F.interpolate(draw.normal(n, 1, tall, wide), (side, side), mode="bicubic", align_corners=False) for strength, tall, wide in ((0.08, 3, 3), (0.06, 4, 9), (0.06, 9, 4)))
    smooth = draw.each(n, 0, 1) * draw.chance(0.7, n, 1, 1, 1)
    return draw.each(n, 40, 240) * draw.each(n, 0.88, 1.1, 3) * (1 + folds * smooth) * light(draw, n, side, 0.5)


def presented(draw, pool, n, side, kind):
    """Scenes of artefacts of one kind."""
    which, extent = draw.index(len(pool), n), extents(draw, n)
    seen = places(draw, n, side, extent)
    at, inside, edges = sheet(draw, seen)
    held = at
    if kind == PRINT:  # paper bends
        bend = draw.uniform(-0.05, 0.05, n, 1, 1) * draw.chance(0.5, n, 1, 1)
        a, b = at.unbind(-1)
        at = torch.stack([a + bend * a * a.abs(), b + 0.5 * bend * a * a], -1)
    density = (side / extent)[:, None, None, None]
    if kind == PRINT:
        x = halftone(draw, portrait(draw, pool, which, at), at, density) * light(draw, n, side, 0.5)
    else:
        x = pixels(draw, pool, which, at, density)
    dark = draw.each(n, 2, 30)
    bright = draw.each(n, 150, 240)
    white = draw.chance(1.0 if kind == PRINT else 0.3, n, 1, 1, 1)
    frame = draw.uniform(0, 0.22, n, 1, 1) * draw.chance(0.7, n, 1, 1)
    sharp = (side / extent)[:, None, None]
    border = torch.sigmoid((frame - inside) * sharp * 3)[:, None] * (frame > 0).float()[:, None]
    x = x + (white * bright + (1 - white) * dark - x) * border
    if kind == PRINT:  # heads cut out of the sheet
        a, b = at.unbind(-1)
        head = 1 - ((a / draw.uniform(0.6, 0.8, n, 1, 1)) ** 2 + ((b + 0.05) / draw.uniform(0.65, 0.85, n, 1, 1)) ** 2).sqrt()
        body = 1 - ((a / 1.3) ** 2 + ((b - 1.25) / 0.75) ** 2).sqrt()
        inside = torch.where(draw.uniform(0, 1, n, 1, 1) < 0.15, torch.maximum(head, body) * 0.7, inside)
    behind = scenery(draw, pool, seen)
    behind = tone(draw, behind + (cloth(draw, n, side) - behind) * draw.chance(0.4, n, 1, 1, 1))
    behind = behind * (1 - draw.each(n, 0, 0.6) * torch.exp(inside[:, None].clamp(max=0) * draw.each(n, 4, 15)))
    shown = torch.sigmoid(inside * sharp * 3)[:, None]
    x = backlit(draw, behind + (x - behind) * shown, 1 - shown, 0.1)
    x = hands(draw, x, held, edges, sharp, 0.5)
    x = glare(draw, x, 1.0 if kind == SCREEN else 0.3)
    if kind == SCREEN:  # rolling shutter against the display's refresh
        line = torch.linspace(0, 1, side, device=draw.device)[None, None, :, None]
        x = x * (1 + draw.each(n, 0.02, 0.12) * draw.chance(0.3, n, 1, 1, 1) * torch.sin(line * draw.each(n, 3, 60) + draw.each(n, 0, 6)))
    return tone(draw, x), extent


def blurred(draw, x, low, high, taps=9):
    """Gaussian blur, one sigma a capture, in pixels."""
    n, reach = len(x), taps // 2
    offsets = torch.arange(-reach, reach + 1, device=x.device)
    weights = torch.exp(-0.5 * (offsets / draw.uniform(low, high, n, 1)) ** 2)
    weights = weights / weights.sum(1, keepdim=True)
    for turn in range(2):
        padded = F.pad(x, (reach, reach, 0, 0), mode="replicate")
        x = sum(padded[..., k : k + x.shape[-1]] * weights[:, k, None, None, None] for k in range(taps)).transpose(2, 3)
    return x


def _cosines():
    k, i = torch.meshgrid(torch.arange(8.0), torch.arange(8.0), indexing="ij")
    m = torch.cos((2 * i + 1) * k * math.pi / 16) / 2
    m[0] /= math.sqrt(2)
    return m


# The example tables of the JPEG standard (ITU-T T.81, Annex K), which nearly every encoder scales.
LUMA = [16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99]
CHROMA = [17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99] + [99] * 32


def jpeg(draw, x, low, high):
    """What JPEG leaves of pictures, one quality each; chroma at half the resolution. Sides are multiples of 16."""
    n, cosines = len(x), _cosines().to(x.device)
    quality = draw.uniform(low, high, n, 1, 1, 1, 1, 1)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality) / 100

    def coded(plane, table):
        rows, columns = plane.shape[2] // 8, plane.shape[3] // 8
        blocks = plane.reshape(n, -1, rows, 8, columns, 8).permute(0, 1, 2, 4, 3, 5)
        step = (torch.tensor(table, device=x.device, dtype=torch.float32).reshape(8, 8) * scale).clamp(1, 255)
        blocks = cosines.T @ (torch.round(cosines @ blocks @ cosines.T / step) * step) @ cosines
        return blocks.permute(0, 1, 2, 4, 3, 5).reshape(plane.shape)

    x = x.clamp(0, 255).round()
    b, g, r = x.unbind(1)
    y = 0.299 * r + 0.587 * g + 0.114 * b
    colour = F.avg_pool2d(torch.stack([(b - y) * 0.564, (r - y) * 0.713], 1), 2)
    y = coded(y[:, None] - 128, LUMA)[:, 0] + 128
    cb, cr = F.interpolate(coded(colour, CHROMA), scale_factor=2, mode="bilinear", align_corners=False).unbind(1)
    return torch.stack([y + 1.773 * cb, y - 0.714 * cr - 0.344 * cb, y + 1.402 * cr], 1).clamp(0, 255)


def on(x, rows, change):
    """x with some rows changed."""
    if len(rows):
        x[rows] = change(x[rows])
    return x


def camera(draw, x):
    """Lens, sensor, what a cheap camera does to its own picture, and codec."""
    n, side = len(x), x.shape[-1]
    x = on(x, draw.some(n, 0.4), lambda v: blurred(draw, v, 0.3, 1.4))

    def moving(v):  # along a random direction
        line = torch.linspace(-1, 1, side, device=x.device)
        grid = torch.stack(torch.meshgrid(line, line, indexing="xy"), -1)[None]
        step = draw.normal(len(v), 1, 1, 2) * (2.0 / side)
        return sum(F.grid_sample(v, grid + step * k, padding_mode="border", align_corners=True) for k in (-1.5, -0.5, 0.5, 1.5)) / 4

    x = on(x, draw.some(n, 0.12), moving)
    x = x.clamp(0, 255)
    x = x + draw.normal(*x.shape) * torch.sqrt(x / 128 + 0.01) * draw.each(n, 0, 4) * draw.chance(0.6, n, 1, 1, 1)
    x = webcam(draw, x)
    for share in (0.6, 0.3):
        x = on(x, draw.some(n, share), lambda v: jpeg(draw, v, 25, 96))
    return x.clamp(0, 255)


def webcam(draw, x):
    """Low resolution blown up, sharpened edges, low contrast under a veil, a colour cast."""
    n, side = len(x), x.shape[-1]
    for _ in range(3):
        ratio = draw.number(0.3, 0.85)

        def coarse(v):
            small = F.interpolate(v, (max(16, int(side * ratio)),) * 2, mode="area")
            return F.interpolate(small, (side, side), mode="bilinear", align_corners=False)

        x = on(x, draw.some(n, 0.08), coarse)

    def sharpened(v):
        return v + (v - blurred(draw, v, 0.8, 2)) * draw.each(len(v), 0.3, 1.6)

    x = on(x, draw.some(n, 0.2), sharpened)
    x = on(x, draw.some(n, 0.2), lambda v: v * draw.each(len(v), 0.4, 0.95) + draw.each(len(v), 0, 70))
    return on(x, draw.some(n, 0.25), lambda v: v * draw.each(len(v), 0.8, 1.15, 3))


def centre(draw, x, share, side):
    """The middle share (n) of each picture, a little aside, at side x side by plain bilinear sampling."""
    n = len(x)
    line = (torch.arange(side, device=x.device) + 0.5) / side * 2 - 1
    grid = torch.stack(torch.meshgrid(line, line, indexing="xy"), -1)[None] * share[:, None, None, None]
    grid = grid + (1 - share)[:, None, None, None].clamp(min=0) * draw.uniform(-0.15, 0.15, n, 1, 1, 2)
    return F.grid_sample(x, grid, padding_mode="border", align_corners=False)


def captures(draw, pool, n, side):
    """n captures, two fifths genuine: frames n x 3 x side x side, extents n in boxes, kinds n."""
    prints = n * 3 // 10
    parts = [genuine(draw, pool, n - 2 * prints, side), presented(draw, pool, prints, side, PRINT), presented(draw, pool, prints, side, SCREEN)]
    frames, extent = (torch.cat(p) for p in zip(*parts))
    kind = torch.tensor([GENUINE] * (n - 2 * prints) + [PRINT] * prints + [SCREEN] * prints, device=draw.device)
    plain = draw.some(n - 2 * prints, 0.15)  # genuine pictures as their photographers left them
    kept = frames[plain].clone()
    frames = camera(draw, frames)
    frames[plain] = kept
    return frames.clamp(0, 255), extent, kind


def patch(draw, n, side):
    """A turned rectangle somewhere, n x 1 x side x side of 0 or 1."""
    line = (torch.arange(side, device=draw.device) + 0.5) / side * 2 - 1
    x, y = (line[None, None, :] - draw.uniform(-0.9, 0.9, n, 1, 1)), (line[None, :, None] - draw.uniform(-0.9, 0.9, n, 1, 1))
    turn = 0.25 * draw.normal(n, 1, 1)
    c, s = torch.cos(turn), torch.sin(turn)
    return (((c * x - s * y).abs() < draw.uniform(0.15, 0.9, n, 1, 1)) & ((s * x + c * y).abs() < draw.uniform(0.15, 0.9, n, 1, 1))).float()[:, None]


def mixtures(draw, views, n):
    """n views nearer by, blended, laid into one another, under other light or without colour: nobody knows the truth
    about them, but the teachers have an opinion."""
    side = views.shape[-1]
    a, b, c = (views[draw.index(len(views), n)] for _ in range(3))
    nearer = 1 - draw.uniform(0, 0.5, n) * draw.chance(0.5, n)
    a = centre(draw, a, nearer, side)
    dice = draw.uniform(0, 1, n, 1, 1, 1)
    blend = a + (b - a) * draw.each(n, 0.1, 0.9)
    laid = a + (b - a) * patch(draw, n, side)
    laid = laid + (c - laid) * patch(draw, n, side) * draw.chance(0.3, n, 1, 1, 1)
    x = torch.where(dice < 0.25, blend, torch.where(dice < 0.6, laid, a))
    lit = tone(draw, x, gain=(0.5, 1.4), gamma=(0.6, 1.7), colour=(0.1, 1.7), balance=0.2)
    x = x + (lit - x) * draw.chance(0.6, n, 1, 1, 1)
    x = on(x, draw.some(n, 0.03), lambda v: v.mean(1, keepdim=True).expand_as(v))
    x = x + draw.normal(*x.shape) * draw.each(n, 1, 9) * draw.chance(0.3, n, 1, 1, 1)
    x = on(x, draw.some(n, 0.1), lambda v: v + (v - blurred(draw, v, 0.8, 2.5)) * draw.each(len(v), 0.5, 2.5))
    return on(x, draw.some(n, 0.2), lambda v: blurred(draw, v, 0.5, 2))
