"""Coverings: genuine faces as they are, behind masks, scarves, hands and dark glasses, and beside them.

A face is cut from its picture by its mesh, so that the eyes stand where the cover network sees them, with half as
much again on each side. Whatever is drawn counts by what it hides: the share of the lips and of both eyes that it
covers, weighted by how little shines through. The same stuffs are also drawn where they hide nothing that matters -
hats, scarves under the chin, hands at the cheek, clear glasses, beards - lest the network learn that something was
drawn. Pictures are BGR, uint8.
"""
import math

import cv2
import numpy as np

SIDE = 288  # of a rendered face, 3 pixels for one of the network's
WINDOW = 192  # what the network sees of it, before jitter
EYES = ((102.0, 120.0), (186.0, 120.0))  # in the rendered face

OVAL = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
        148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)
LIPS = (61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91)
RIGHT_EYE = (33, 160, 159, 158, 133, 153, 145, 144)
LEFT_EYE = (362, 385, 386, 387, 263, 373, 374, 380)
RIGHT_EDGE, LEFT_EDGE = (127, 234, 93, 132, 58), (356, 454, 323, 361, 288)  # of the face, from the eyes down
JAW = (58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288)
NOSE = (168, 6, 197, 195, 5, 4, 1, 2)  # from the brows down


def cut(image, points):
    """The face as a SIDE x SIDE picture and its mesh in it."""
    eyes = [points[list(RIGHT_EYE)].mean(0), points[list(LEFT_EYE)].mean(0)]
    mouth = points[list(LIPS)].mean(0)
    source = np.float32([eyes[0], eyes[1], mouth])
    target = np.float32([EYES[0], EYES[1], (144, 216)])
    centre_s, centre_t = source.mean(0), target.mean(0)
    s, t = source - centre_s, target - centre_t
    a, b = (s * t).sum(), (s[:, 0] * t[:, 1] - s[:, 1] * t[:, 0]).sum()
    matrix = np.float32([[a, -b], [b, a]]) / (s * s).sum()
    matrix = np.hstack([matrix, (centre_t - matrix @ centre_s)[:, None]])
    scale = math.hypot(matrix[0, 0], matrix[1, 0])
    if scale < 0.7:  # neighbouring pixels are averaged before they are left out
        image = cv2.GaussianBlur(image, (0, 0), 0.4 / scale)
    face = cv2.warpAffine(image, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return face, (points @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)


def smooth(points, rounds=2):
    """A closed line through points with its corners cut."""
    p = np.asarray(points, np.float32)
    for _ in range(rounds):
        q = np.roll(p, -1, 0)
        p = np.stack([0.75 * p + 0.25 * q, 0.25 * p + 0.75 * q], 1).reshape(-1, 2)
    return p


def filled(points, rounds=2):
    """The inside of a closed line, 0..1."""
    alpha = np.zeros((SIDE, SIDE), np.uint8)
    cv2.fillPoly(alpha, [np.round(smooth(points, rounds) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return alpha.astype(np.float32) / 255


def waves(draw, coarse, octaves=3):
    """Noise of several sizes, about 0, deviation about 1."""
    out = np.zeros((SIDE, SIDE), np.float32)
    for i in range(octaves):
        n = max(2, int(SIDE / (coarse / 2**i)))
        out += cv2.resize(draw.standard_normal((n, n)).astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC) / 1.6**i
    return out / 1.4


def colour(draw, kind=None):
    """A colour of cloth, paper or leather."""
    kind = kind or draw.choice(["any", "white", "black", "blue", "grey", "dull", "pink"], p=[0.3, 0.16, 0.18, 0.14, 0.1, 0.08, 0.04])
    if kind == "any":
        hsv = np.uint8([[[draw.integers(180), draw.integers(40, 256), draw.integers(30, 256)]]])
        return cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)[0, 0].astype(np.float32)
    base = {"white": (235, 235, 235), "black": (28, 26, 26), "blue": (215, 185, 140), "grey": (130, 130, 130), "dull": (90, 105, 120), "pink": (190, 170, 235)}[kind]
    return np.float32(base) + draw.normal(0, 14, 3).astype(np.float32) + np.float32(draw.normal(0, 14))


def skin(draw, face, points):
    """The colour of somebody's skin: of the face itself, or a tone of its own."""
    spot = points[50] if draw.random() < 0.5 else points[280]
    x, y = np.clip(spot.astype(int), 6, SIDE - 7)
    own = face[y - 6 : y + 7, x - 6 : x + 7].reshape(-1, 3).mean(0).astype(np.float32)
    if draw.random() < 0.3:
        tone = draw.uniform(0.25, 1)
        own = np.float32([150, 175, 225]) * tone + draw.normal(0, 8, 3).astype(np.float32)
    return own * np.float32(draw.uniform(0.75, 1.2))


def stuff(draw, face, points, others):
    """What a covering is made of: a picture of colour, pattern, folds."""
    pick = draw.random()
    if pick < 0.08 and others is not None:  # a printed picture, also that of skin
        patch = others[draw.integers(len(others))]
        x, y = draw.integers(0, SIDE // 2, 2)
        cloth = cv2.resize(patch[y : y + SIDE // 2, x : x + SIDE // 2], (SIDE, SIDE)).astype(np.float32)
        return cv2.GaussianBlur(cloth, (0, 0), draw.uniform(0.5, 8))
    base = skin(draw, face, points) if pick < 0.22 else colour(draw)
    cloth = np.ones((SIDE, SIDE, 3), np.float32) * base
    pattern = draw.random()
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    if pattern < 0.16:  # stripes, checks
        angle, pitch, other = draw.uniform(0, math.pi), draw.uniform(6, 40), colour(draw)
        line = lambda a: (np.sin((x * math.cos(a) + y * math.sin(a)) * 2 * math.pi / pitch) > draw.uniform(-0.5, 0.6)).astype(np.float32)
        weight = line(angle) if draw.random() < 0.6 else (line(angle) + line(angle + math.pi / 2)) / 2
        cloth += (other - cloth) * (weight * draw.uniform(0.2, 1))[..., None]
    elif pattern < 0.26:  # dots, flowers
        pitch, other = draw.uniform(12, 46), colour(draw)
        near = np.hypot((x + draw.uniform(0, 40)) % pitch - pitch / 2, (y + draw.uniform(0, 40)) % pitch - pitch / 2)
        cloth += (other - cloth) * (near < pitch * draw.uniform(0.15, 0.4)).astype(np.float32)[..., None]
    elif pattern < 0.38:  # blots
        other = colour(draw)
        cloth += (other - cloth) * (waves(draw, draw.uniform(20, 90)) > draw.uniform(-0.5, 0.9)).astype(np.float32)[..., None]
    if draw.random() < 0.3:  # a print or a badge in one place
        at, other = draw.uniform(60, 230, 2), colour(draw)
        spot = np.exp(-(((x - at[0]) / draw.uniform(8, 40)) ** 2 + ((y - at[1]) / draw.uniform(5, 24)) ** 2) ** 2)
        cloth += (other - cloth) * (spot * draw.uniform(0.3, 1))[..., None]
    folds = waves(draw, draw.uniform(25, 160)) * draw.uniform(0.01, 0.13)
    if draw.random() < 0.35:  # pleats
        bend = (x - 144) ** 2 * draw.uniform(-0.002, 0.002)
        pleats = np.sin((y + bend) * 2 * math.pi / draw.uniform(14, 44) + draw.uniform(0, 6))
        folds += np.sign(pleats) * np.abs(pleats) ** draw.uniform(0.5, 6) * draw.uniform(0.02, 0.12)
    weave = draw.standard_normal((SIDE, SIDE)).astype(np.float32) * draw.uniform(0, 0.06)
    return cloth * (1 + folds + weave)[..., None]


def lit(draw, face, cloth):
    """The stuff in the light that falls on the face."""
    grey = cv2.GaussianBlur(cv2.cvtColor(face, cv2.COLOR_BGR2GRAY), (0, 0), 26).astype(np.float32)
    light = grey / max(grey[96:240, 72:216].mean(), 1)
    strength = draw.uniform(0.2, 1)
    y, x = np.mgrid[-1:1:SIDE * 1j, -1:1:SIDE * 1j].astype(np.float32)
    bulge = 1 - draw.uniform(0, 0.35) * (x * 1.5) ** 2 - draw.uniform(0, 0.25) * (y - 0.3) ** 2
    exposure = np.clip(grey[96:240, 72:216].mean() / 140, 0.35, 1.25) ** draw.uniform(0.3, 1)
    return cloth * ((light.clip(0.3, 1.8) ** strength) * bulge * exposure)[..., None]


def shrunk(alpha, pixels):
    return cv2.GaussianBlur(alpha, (0, 0), max(pixels, 0.3))


def lay(draw, face, alpha, cloth, shadow=True):
    """The stuff over the face, with its shadow."""
    face = face.astype(np.float32)
    if shadow and draw.random() < 0.7:
        dx, dy = draw.uniform(-6, 6), draw.uniform(-3, 12)
        cast = cv2.warpAffine(alpha, np.float32([[1, 0, dx], [0, 1, dy]]), (SIDE, SIDE))
        face = face * (1 - draw.uniform(0.1, 0.6) * shrunk(cast, draw.uniform(2, 9)))[..., None]
    soft = shrunk(alpha, draw.choice([0.6, 1.2, 2.5, 5], p=[0.35, 0.35, 0.2, 0.1]))
    edge = np.clip(shrunk(alpha, draw.uniform(3, 12)), 0, 1)
    cloth = cloth * (1 - draw.uniform(0, 0.35) * (1 - edge))[..., None]
    if draw.random() < 0.2:  # a hem
        rim = (soft - shrunk(cv2.erode(alpha, np.ones((7, 7))), 1)).clip(0, 1)
        cloth = cloth + (colour(draw) - cloth) * (rim * draw.uniform(0.3, 1))[..., None]
    return (face * (1 - soft[..., None]) + cloth * soft[..., None]).clip(0, 255), soft


def mix(a, b, t):
    return a * (1 - t) + b * t


def jiggle(draw, points, by=2.5):
    return np.asarray(points, np.float32) + draw.normal(0, by, (len(points), 2)).astype(np.float32)


def outward(points, centre, by):
    return centre + (points - centre) * (1 + by)


def mask(draw, p):
    """A mask over mouth and nose, or the mouth alone: outline and straps."""
    nose = p[NOSE[2]] if draw.random() < 0.35 else p[NOSE[3]]
    nose = mix(nose, p[NOSE[draw.integers(3, 8)]], draw.uniform(0, 0.9))
    level = draw.uniform(0.1, 0.75)
    right, left = mix(p[234], p[58], level), mix(p[454], p[288], level)
    cheek = draw.uniform(0.25, 0.75)
    sag = draw.uniform(-0.1, 0.3)
    up_r, up_l = mix(right, nose, cheek), mix(left, nose, cheek)
    up_r, up_l = mix(up_r, p[152], sag * 0.4), mix(up_l, p[152], sag * 0.4)
    jaw = p[list(JAW)]
    jaw = outward(jaw, p[4], draw.uniform(-0.06, 0.14))
    if draw.random() < 0.3:  # not around the chin
        jaw = mix(jaw, p[17], draw.uniform(0, 0.3))
    inside = draw.uniform(0, 0.3)  # how far from the edge of the face it begins
    jaw = jaw * [1 - inside, 1] + [inside * p[152][0], 0]
    right, left = right * [1 - inside, 1] + [inside * p[152][0], 0], left * [1 - inside, 1] + [inside * p[152][0], 0]
    outline = np.vstack([[left, up_l, nose, up_r, right], jaw[1:-1]])
    return jiggle(draw, outline, draw.uniform(0.5, 4)), [(right, p[127]), (left, p[356]), (jaw[3], p[93]), (jaw[-4], p[323])]


def scarf(draw, p):
    """A scarf, a collar or a veil pulled up: everything below a line through the nose or the mouth."""
    level = draw.uniform(0, 1)
    middle = mix(p[5], p[0], level * 0.9)
    right, left = mix(p[127], p[132], draw.uniform(0.2, 1.2)), mix(p[356], p[361], draw.uniform(0.2, 1.2))
    outward_by = draw.uniform(0.05, 0.4)
    right, left = right + (right - middle) * outward_by, left + (left - middle) * outward_by
    top = [right + (middle - right) * t + [0, draw.normal(0, 5)] for t in np.linspace(0, 1, 5)]
    top += [middle + (left - middle) * t + [0, draw.normal(0, 5)] for t in np.linspace(0.25, 1, 4)]
    return np.vstack([top, [[left[0] + 20, SIDE + 40], [right[0] - 20, SIDE + 40]]])


def hand(draw, at, size):
    """A hand whose palm or fingers lie at a place: a list of capsules (from, to, radius)."""
    angle = draw.choice([-1, 1]) * draw.uniform(0.2, 2.6) + math.pi / 2
    along, across = np.float32([math.cos(angle), math.sin(angle)]), np.float32([-math.sin(angle), math.cos(angle)])
    palm = at + along * size * draw.uniform(-0.3, 0.9)
    parts = [(palm, palm + along * size * 0.5, size * 0.48), (palm + along * size * 0.5, palm + along * size * 3, size * 0.36)]
    spread = draw.uniform(0.0, 0.12)
    for i, length in enumerate((0.95, 1.1, 1.05, 0.85)):
        root = palm + across * size * (i - 1.5) * 0.25 - along * size * 0.25
        way = -along + across * (i - 1.5) * spread
        parts.append((root, root + way * size * length * draw.uniform(0.75, 1.05), size * draw.uniform(0.115, 0.14)))
    side = draw.choice([-1, 1])
    parts.append((palm + across * side * size * 0.35, palm + across * side * size * 0.75 - along * size * 0.45, size * 0.13))
    return parts


def draw_hand(draw, face, points, at, size):
    tone = skin(draw, face, points)
    alpha = np.zeros((SIDE, SIDE), np.float32)
    out = face.astype(np.float32)
    for a, b, r in hand(draw, at, size):
        piece = np.zeros((SIDE, SIDE), np.uint8)
        cv2.line(piece, tuple(int(v * 8) for v in a), tuple(int(v * 8) for v in b), 255, max(1, int(2 * r)), cv2.LINE_AA, 3)
        piece = piece.astype(np.float32) / 255
        depth = shrunk(piece, r * 0.35)
        shade = np.clip(0.55 + 0.5 * depth, 0, 1.05) * (1 + waves(draw, 60) * 0.04 + draw.standard_normal((SIDE, SIDE)).astype(np.float32) * 0.015)
        cloth = lit(draw, face, np.ones((SIDE, SIDE, 3), np.float32) * tone * draw.uniform(0.94, 1.04)) * shade[..., None]
        edge = shrunk(piece, 0.7)
        out = out * (1 - draw.uniform(0.1, 0.35) * (shrunk(piece, 3.5) - edge).clip(0, 1))[..., None]
        out = out * (1 - edge[..., None]) + cloth * edge[..., None]
        alpha = np.maximum(alpha, edge)
    return out.clip(0, 255), alpha


def lens(draw, p, side, shape, size):
    """The outline of one lens, around an eye."""
    eye = p[list(RIGHT_EYE if side == 0 else LEFT_EYE)].mean(0)
    across = (p[263] - p[33]) / max(np.linalg.norm(p[263] - p[33]), 1)
    down = np.float32([-across[1], across[0]])
    w, h, power, droop = {
        "aviator": (33, 30, 2.4, 0.25), "round": (27, 27, 2.0, 0), "box": (33, 24, 4.5, 0), "wide": (38, 32, 3, 0.05),
        "slim": (33, 16, 3.2, 0), "cat": (34, 23, 2.6, -0.15),
    }[shape]
    w, h = w * size, h * size * draw.uniform(0.85, 1.15)
    outer = -1 if side == 0 else 1
    turn = np.linspace(0, 2 * math.pi, 24, endpoint=False)
    u = np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** (2 / power)
    v = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** (2 / power)
    v = v + droop * np.clip(v, 0, 1) * -u * outer
    centre = eye + across * outer * 3 + down * draw.uniform(0, 5)
    return centre + across * (u * w)[:, None] + down * (v * h)[:, None]


def glasses(draw, face, p, dark):
    """Glasses, dark or clear; gives the picture and what they hide, 0..1."""
    shape, size = draw.choice(["aviator", "round", "box", "wide", "slim", "cat"]), draw.uniform(0.85, 1.25)
    outlines = [lens(draw, p, side, shape, size) for side in (0, 1)]
    if draw.random() < (0.12 if dark else 0.03):  # one shield over both
        outlines = [np.vstack([outlines[0][12:], outlines[1][12:], outlines[1][:12], outlines[0][:12]])]
        outlines = [cv2.convexHull(outlines[0].astype(np.float32))[:, 0]]
    alpha = np.max([filled(o, 1) for o in outlines], 0)
    y = np.mgrid[0:SIDE, 0:SIDE][0].astype(np.float32)
    strength = draw.uniform(0.8, 1) if dark else draw.choice([0, draw.uniform(0, 0.3)])
    fade = np.ones((SIDE, SIDE), np.float32)
    if draw.random() < 0.35:
        fade = np.clip(1 - (y - EYES[0][1] + 10) / draw.uniform(60, 240), 0.75 if dark else 0, 1)
    tint = colour(draw, "black") if draw.random() < 0.65 else colour(draw, "any") * np.float32(draw.uniform(0.1, 0.45))
    if dark and draw.random() < 0.15:  # mirrored
        tint, strength = colour(draw, "any") * np.float32(draw.uniform(0.6, 1)), draw.uniform(0.9, 1)
    cloth = np.ones((SIDE, SIDE, 3), np.float32) * tint
    if dark and draw.random() < 0.5:  # what the glass mirrors
        scene = waves(draw, draw.uniform(15, 90)) * draw.uniform(5, 40) + (y < EYES[0][1] + draw.uniform(-20, 20)) * draw.uniform(0, 70)
        cloth = cloth + scene[..., None] * np.float32(draw.uniform(0.7, 1.1, 3))
    elif not dark and draw.random() < 0.25:
        cloth, strength = np.full((SIDE, SIDE, 3), 230, np.float32), draw.uniform(0, 0.25)
    cover = shrunk(alpha, 0.8) * strength * fade
    out = face.astype(np.float32) * (1 - cover[..., None]) + cloth * cover[..., None]
    if draw.random() < 0.5:  # glints
        for o in outlines:
            spot = o[draw.integers(len(o))] * 0.6 + o.mean(0) * 0.4
            x = np.mgrid[0:SIDE, 0:SIDE][1].astype(np.float32)
            glint = np.exp(-(((x - spot[0]) / draw.uniform(2, 9)) ** 2 + ((y - spot[1]) / draw.uniform(2, 6)) ** 2))
            out = out + 220 * (glint * alpha * draw.uniform(0.1, 0.9))[..., None]
    frame, width = colour(draw, draw.choice(["black", "black", "any", "grey", "dull"])), draw.choice([0, 1, 2, 3, 5, 8, 11], p=[0.08, 0.12, 0.2, 0.22, 0.2, 0.12, 0.06])
    if width:
        rim = np.zeros((SIDE, SIDE), np.uint8)
        for o in outlines:
            cv2.polylines(rim, [np.round(smooth(o, 1) * 16).astype(np.int32)], True, 255, int(width), cv2.LINE_AA, 4)
        join = lambda a, b: cv2.line(rim, tuple(int(v) for v in a), tuple(int(v) for v in b), 255, int(max(width * 0.8, 1)), cv2.LINE_AA)
        if len(outlines) == 2:
            join(outlines[0][np.argmax(outlines[0][:, 0])], outlines[1][np.argmin(outlines[1][:, 0])])
        ends = np.vstack(outlines)
        join(ends[np.argmin(ends[:, 0])], p[127])
        join(ends[np.argmax(ends[:, 0])], p[356])
        rim = rim.astype(np.float32)[..., None] / 255
        out = out * (1 - rim) + frame * rim
        cover = np.maximum(cover, rim[..., 0])
    return out.clip(0, 255), cover


def beard(draw, face, p):
    """Dark hair around the mouth, which stays in sight."""
    outline = np.vstack([[mix(p[288], p[454], draw.uniform(0, 0.5)), mix(p[291], p[280], draw.uniform(0, 0.5)), p[2], mix(p[61], p[50], draw.uniform(0, 0.5)), mix(p[58], p[234], draw.uniform(0, 0.5))],
                         outward(p[list(JAW)][1:-1], p[4], draw.uniform(0, 0.2))])
    alpha = filled(jiggle(draw, outline, 4))
    lips = filled(outward(p[list(LIPS)], p[list(LIPS)].mean(0), draw.uniform(-0.1, 0.25)), 1)
    alpha = alpha * (1 - shrunk(lips, 1.5))
    hair = waves(draw, 7, 2) * draw.uniform(0.1, 0.4) + 1
    tone = colour(draw, draw.choice(["black", "dull", "grey", "white"], p=[0.5, 0.25, 0.15, 0.1])) * np.float32(draw.uniform(0.5, 1))
    cloth = lit(draw, face, np.ones((SIDE, SIDE, 3), np.float32) * tone * hair[..., None])
    alpha = shrunk(alpha, draw.uniform(2, 7)) * draw.uniform(0.4, 0.95)
    return (face * (1 - alpha[..., None]) + cloth * alpha[..., None]).clip(0, 255)


def hidden(alpha, p, which):
    """The share of some parts of the face that is hidden: of the one that is hidden least."""
    out = []
    for part in which:
        area = filled(p[list(part)], 0)
        out.append(float((alpha * area).sum() / max(area.sum(), 1)))
    return min(out)


def beside(draw, face, p, others):
    """Something drawn where it hides neither mouth nor eyes."""
    kind = draw.choice(["hat", "under", "cheek", "behind", "clear", "beard", "hood"], p=[0.13, 0.2, 0.12, 0.1, 0.25, 0.14, 0.06])
    if kind == "clear":
        return glasses(draw, face, p, dark=False)
    if kind == "beard":
        return beard(draw, face, p), np.zeros((SIDE, SIDE), np.float32)
    if kind == "cheek":
        spot = p[draw.choice([132, 361, 172, 397, 234, 454, 127, 356, 10, 152])]
        return draw_hand(draw, face, p, spot + (spot - p[4]) * draw.uniform(0.2, 0.5), draw.uniform(40, 90))
    if kind == "hat":
        line = mix(p[10], p[9], draw.uniform(-0.6, 0.45))
        ends = [mix(p[21], p[127], draw.uniform(-0.4, 0.5)), mix(p[251], p[356], draw.uniform(-0.4, 0.5))]
        outline = np.vstack([ends[0] + (ends[0] - line) * 0.3, [line], ends[1] + (ends[1] - line) * 0.3, [[SIDE + 20, -30], [-20, -30]]])
    elif kind == "under":  # a scarf, a collar, a mask pulled down
        line = mix(p[17], p[152], draw.uniform(0.45, 1.5))
        ends = [mix(p[58], p[136], draw.uniform(-0.3, 1)), mix(p[288], p[365], draw.uniform(-0.3, 1))]
        outline = np.vstack([ends[0] + (ends[0] - line) * 0.4, [line], ends[1] + (ends[1] - line) * 0.4, [[SIDE + 20, SIDE + 30], [-20, SIDE + 30]]])
    elif kind == "behind":
        x = draw.choice([-1, 1])
        outline = np.float32([[144 + x * draw.uniform(110, 140), -20], [144 + x * draw.uniform(110, 140), SIDE + 20], [144 + x * 200, SIDE + 20], [144 + x * 200, -20]])
    else:  # a headscarf or a hood: all but the face
        oval = outward(p[list(OVAL)], p[list(OVAL)].mean(0), draw.uniform(-0.1, 0.06))
        cloth = lit(draw, face, stuff(draw, face, p, others))
        return lay(draw, face, 1 - filled(jiggle(draw, oval, 3)), cloth)
    return lay(draw, face, filled(jiggle(draw, outline, 3)), lit(draw, face, stuff(draw, face, p, others)))


def over(draw, face, p, others, kind):
    """A covering of a kind; gives the picture and what it hides."""
    if kind == "glasses":
        return glasses(draw, face, p, dark=True)
    if kind == "hand_mouth" or kind == "hand_eyes":
        at = p[list(LIPS)].mean(0) if kind == "hand_mouth" else (np.float32(EYES[0]) + np.float32(EYES[1])) / 2
        return draw_hand(draw, face, p, at + draw.normal(0, 6, 2).astype(np.float32), draw.uniform(75, 125))
    cloth = lit(draw, face, stuff(draw, face, p, others))
    if kind == "mask":
        outline, straps = mask(draw, p)
        alpha = filled(outline, draw.integers(1, 4))
        if draw.random() < 0.7:
            ties = np.zeros((SIDE, SIDE), np.uint8)
            for a, b in straps[: draw.choice([2, 4])]:
                b = b + (b - a) * draw.uniform(0, 0.3)
                cv2.line(ties, tuple(int(v) for v in a), tuple(int(v) for v in b), 255, int(draw.integers(1, 6)), cv2.LINE_AA)
            alpha = np.maximum(alpha, ties.astype(np.float32) / 255)
        return lay(draw, face, alpha, cloth)
    if kind == "scarf":
        return lay(draw, face, filled(scarf(draw, p), draw.integers(1, 4)), cloth)
    if kind == "thing":  # a phone, a sheet, a cup, a microphone
        centre = p[list(LIPS)].mean(0) + draw.normal(0, 10, 2)
        angle, w, h = draw.uniform(0, math.pi), draw.uniform(40, 95), draw.uniform(35, 80)
        turn = np.float32([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        box = np.float32([[-w, -h], [w, -h], [w, h], [-w, h]]) @ turn.T + centre
        return lay(draw, face, filled(box, draw.integers(0, 4)), cloth)
    if kind == "band":  # a strip, a visor, a sleeping mask over the eyes
        top, low = mix(p[9], p[10], draw.uniform(-0.5, 0.5)), mix(p[6], p[5], draw.uniform(0.1, 0.9))
        slope = draw.normal(0, 0.05)
        line = lambda at, x: [x, at[1] + slope * (x - 144)]
        r, l = p[127][0] - draw.uniform(-5, 25), p[356][0] + draw.uniform(-5, 25)
        outline = np.float32([line(top, r), line(top, 144), line(top, l), line(low, l), line(low, 144), line(low, r)])
        return lay(draw, face, filled(jiggle(draw, outline, 3), draw.integers(0, 3)), cloth)
    raise ValueError(kind)


KINDS = ("mask", "scarf", "hand_mouth", "thing", "glasses", "band", "hand_eyes")
ODDS = (0.34, 0.14, 0.12, 0.06, 0.24, 0.05, 0.05)


def label(share):
    """1 where it is hidden, 0 where it is in sight, -1 where nobody would say."""
    return 1 if share >= 0.8 else 0 if share <= 0.3 else -1


def render(draw, face, p, others=None):
    """One face, covered or not: picture, (mouth hidden, eyes hidden), kind."""
    pick = draw.random()
    if pick < 0.22:
        return face, (0, 0), "bare"
    if pick < 0.45:
        out, alpha = beside(draw, face, p, others)
        kind = "beside"
    else:
        kind = str(draw.choice(KINDS, p=ODDS))
        if draw.random() < 0.25:
            face = beside(draw, face, p, others)[0].astype(np.uint8)
        out, alpha = over(draw, face, p, others, kind)
        if draw.random() < 0.12 and kind in ("mask", "scarf", "glasses"):  # both
            second = "glasses" if kind != "glasses" else "mask"
            out, more = over(draw, out.astype(np.uint8), p, others, second)
            alpha, kind = np.maximum(alpha, more), kind + "+" + second
    mouth, eyes = hidden(alpha, p, [LIPS]), hidden(alpha, p, [RIGHT_EYE, LEFT_EYE])
    return out.astype(np.uint8), (label(mouth), label(eyes)), kind
