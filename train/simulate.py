"""Presentations: turns genuine faces into captures of genuine faces, prints and screens.

Everything works on BGR pictures. A capture is (frame uint8, box): what a camera would
deliver and where the face lies in it. The order is that of nature: a subject or an
artefact stands in a scene, light falls on it, a camera takes it.
"""
import os
import tempfile

import cv2
import numpy as np


def extend(rng, image, box, room):
    """The picture on a larger canvas, so that the canvas is room times the face box; what is
    missing around it is made up of its own mirror image, blurred the further away it is."""
    height, width = image.shape[:2]
    x, y, w, h = box
    tall = max(height, int(h * room))
    wide = max(width, int(max(w * room, tall * rng.choice([0.75, 1.0, 1.33]))))
    top, left = tall - height, (wide - width) // 2
    right = wide - width - left
    whole = cv2.copyMakeBorder(image, top, 0, left, right, cv2.BORDER_REFLECT if top < height and right < width else cv2.BORDER_REPLICATE)
    soft = blur(whole, max(4, wide / rng.uniform(20, 60)))
    if rng.random() < 0.35:
        soft = cv2.addWeighted(soft, rng.uniform(0.2, 0.7), np.full_like(soft, rng.integers(40, 230)), 0.5, 0)
    mask = np.zeros(whole.shape[:2], np.float32)
    mask[top:, left : left + width] = 1
    mask = blur(mask, wide / 60)
    return lay(soft, whole, mask), (x + left, y + top, w, h)


def blur(image, sigma):
    """Gaussian blur; large ones are made on a reduced picture."""
    step = max(1, int(sigma / 3))
    if step == 1:
        return cv2.GaussianBlur(image, (0, 0), sigma)
    small = cv2.resize(image, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    return cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / step), image.shape[1::-1])


def lay(under, over, mask):
    """over on under where mask is 1; both of one type."""
    return cv2.blendLinear(np.ascontiguousarray(over), under, mask, 1 - mask)


def bytes_of(image):
    """Saturated to uint8."""
    return image if image.dtype == np.uint8 else cv2.addWeighted(image, 1, image, 0, 0, dtype=cv2.CV_8U)


def tone(rng, image, gain=(0.75, 1.15), lift=(-12, 12), gamma=(0.75, 1.35), colour=(0.75, 1.15), balance=0.06):
    """Exposure, gamma, saturation and white balance drawn from the given ranges; float32."""
    out = bytes_of(image)
    amount = rng.uniform(*colour)
    grey = cv2.cvtColor(cv2.cvtColor(out, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    out = cv2.addWeighted(out, amount, grey, 1 - amount, 0)
    ramp = (np.arange(256) / 255) ** rng.uniform(*gamma) * 255 * rng.uniform(*gain) + rng.uniform(*lift)
    table = np.clip(ramp[:, None] * rng.uniform(1 - balance, 1 + balance, 3), 0, 255)
    return cv2.LUT(out, table[None].astype(np.float32))


def grid(height, width):
    """Positions down and across, as a column and a row to be broadcast."""
    return np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None]


def gradient(rng, height, width, strength):
    """Light that falls off across the picture, as a factor around 1 for each channel."""
    angle = rng.uniform(0, 2 * np.pi)
    ys, xs = grid(height, width)
    amount = rng.uniform(0, strength)
    ramp = xs * np.float32(amount * np.cos(angle) / width) + (ys * np.float32(amount * np.sin(angle) / height) + np.float32(1 - amount * (np.cos(angle) + np.sin(angle)) / 2))
    return cv2.merge([ramp] * 3)


def glare(rng, image):
    """One soft highlight, and sometimes a veil over the whole."""
    height, width = image.shape[:2]
    if rng.random() < 0.5:
        ys, xs = grid(height, width)
        cx, cy = rng.uniform(0, width), rng.uniform(0, height)
        sx, sy = rng.uniform(0.05, 0.45) * width, rng.uniform(0.05, 0.45) * height
        spot = np.exp(-(((xs - cx) / np.float32(sx)) ** 2)) * np.exp(-(((ys - cy) / np.float32(sy)) ** 2)) * np.float32(rng.uniform(0.1, 0.85))
        image = lay(image, np.full_like(image, [255, 255 * rng.uniform(0.88, 1), 255 * rng.uniform(0.82, 1)]), spot)
    if rng.random() < 0.4:
        veil = rng.uniform(0.04, 0.3)
        image = image * np.float32(1 - veil) + np.float32(veil * rng.uniform(110, 255))
    return image


def screen_surface(rng, image):
    """What a display shows: pixels of three coloured stripes, seen from near enough to matter.

    Returned larger than the picture; the camera's own sampling makes the moire.
    """
    height, width = image.shape[:2]
    pitch = int(rng.choice([3, 3, 4]))
    reduce = rng.uniform(0.5, 1.0)
    shown = cv2.resize(image, (max(32, int(width * reduce)), max(32, int(height * reduce))), interpolation=cv2.INTER_AREA)
    shown = tone(rng, shown, gamma=(0.75, 1.25), colour=(0.8, 1.35), gain=(0.8, 1.2), balance=0.1)
    large = cv2.resize(shown, None, fx=pitch, fy=pitch, interpolation=cv2.INTER_NEAREST if rng.random() < 0.5 else cv2.INTER_LINEAR)
    depth = rng.uniform(0.15, 0.9)
    columns = np.arange(large.shape[1]) % pitch
    stripes = np.stack([np.where(columns == (2 - c) % pitch, 1.0, 1 - depth) for c in range(3)], -1).astype(np.float32)
    mean = shown.mean()
    large *= stripes[None]
    if rng.random() < 0.5:
        large *= np.where(np.arange(large.shape[0]) % pitch == 0, 1 - rng.uniform(0, 0.5), 1).astype(np.float32)[:, None, None]
    large *= mean / max(large.mean(), 1)
    return cv2.GaussianBlur(large, (0, 0), rng.uniform(0.4, 1.3))


def print_surface(rng, image):
    """What a printer leaves on paper: fewer colours, halftone rosettes, the paper's own grain."""
    scale = 2
    paper = tone(rng, image, gain=(0.7, 1.05), lift=(0, 45), gamma=(0.7, 1.35), colour=(0.3, 1.0), balance=0.08)
    large = cv2.resize(paper, None, fx=scale, fy=scale)
    height, width = large.shape[:2]
    if rng.random() < 0.5:
        ys, xs = grid(height, width)
        period, strength = rng.uniform(2.5, 7), rng.uniform(5, 45)
        for channel, angle in enumerate(np.deg2rad(rng.permutation([15, 75, 45]) + rng.uniform(-5, 5))):
            c, s = (np.float32(2 * np.pi / period * f(angle)) for f in (np.cos, np.sin))  # cos u cos v, turned by the angle
            large[..., channel] += np.float32(strength / 2) * (np.cos(xs * (c - s) + ys * (c + s)) + np.cos(xs * (c + s) + ys * (s - c)))
    if rng.random() < 0.6:
        fibre = np.ascontiguousarray(grain(rng, (height // 2, width // 2))[..., 0])
        large += (cv2.resize(fibre, (width, height)) * np.float32(rng.uniform(2, 12)))[..., None]
    if rng.random() < 0.3:  # worn-out cartridge: bands along the feed
        large *= 1 + rng.uniform(0.02, 0.08) * np.sin(np.arange(height) * rng.uniform(0.02, 0.3)).astype(np.float32)[:, None, None]
    return cv2.GaussianBlur(large, (0, 0), rng.uniform(0.5, 2.2))


def corners(rng, width, height, slant):
    """The corners of a width x height sheet seen at an angle."""
    square = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    return square + rng.uniform(-slant, slant, (4, 2)).astype(np.float32) * min(width, height)


def hold(rng, surface, size, place, background, outline=None):
    """The surface stands in the background; returns the frame and the map of points.

    size is (width, height) in the frame, place the top-left corner; outline masks what
    of the surface is there, when it is not a whole sheet.
    """
    height, width = surface.shape[:2]
    target = corners(rng, *size, rng.choice([0.01, 0.04, 0.08])) + np.float32(place)
    matrix = cv2.getPerspectiveTransform(corners(rng, width, height, 0), target)
    frame = cv2.warpPerspective(surface, matrix, background.shape[1::-1], flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.ones((height, width), np.float32) if outline is None else outline, matrix, background.shape[1::-1])
    shade = blur(mask, max(2, min(size) / 30)) * np.float32(rng.uniform(0, 0.6))
    under = background * (1 - shade)[..., None]
    return lay(under, frame, cv2.GaussianBlur(mask, (0, 0), 0.8)), matrix


def fingers(rng, frame, size, place):
    """Hands: a few rounded strokes in the colour of skin over an edge of the artefact."""
    tint = np.array([rng.uniform(70, 150), rng.uniform(90, 175), rng.uniform(130, 225)])
    side = rng.integers(3)
    for _ in range(rng.integers(1, 5)):
        if side == 2:
            x0 = place[0] + rng.uniform(0.2, 0.8) * size[0]
            start, end = (x0, place[1] + size[1] * 1.3), (x0 + rng.uniform(-20, 20), place[1] + size[1] * rng.uniform(0.86, 0.97))
        else:
            edge, out = (place[0], -1) if side == 0 else (place[0] + size[0], 1)
            y0 = place[1] + rng.uniform(0.3, 0.95) * size[1]
            start, end = (edge + out * size[0] * 0.3, y0 + 30), (edge - out * size[0] * rng.uniform(0.02, 0.12), y0)
        colour = tuple(float(v) for v in tint * rng.uniform(0.85, 1.1))
        layer = frame.copy()
        cv2.line(layer, tuple(int(v) for v in start), tuple(int(v) for v in end), colour, max(4, int(size[0] * rng.uniform(0.05, 0.11))), cv2.LINE_AA)
        frame = cv2.addWeighted(layer, 0.9, frame, 0.1, 0)
    return frame


def curl(rng, surface):
    """Paper bent around an upright axis."""
    height, width = surface.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    bend = rng.uniform(-0.12, 0.12)
    u = xs / width - 0.5
    return cv2.remap(surface, xs + bend * width * u * np.abs(u), ys + bend * height * 0.3 * (u * u - 0.08), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def cut_out(rng, picture, box, surface):
    """Outline of a head cut out of a sheet, an ellipse over shoulders: the box lies in a picture
    of one shape, the mask is made for a surface of another."""
    x, y, w, h = box
    mask = np.zeros(picture[:2], np.float32)
    cv2.ellipse(mask, (int(x + w / 2), int(y + h * 0.45)), (int(w * rng.uniform(0.6, 0.8)), int(h * rng.uniform(0.65, 0.85))), 0, 0, 360, 1, -1)
    cv2.ellipse(mask, (int(x + w / 2), int(y + h * 1.75)), (int(w * 1.3), int(h * 0.75)), 0, 0, 360, 1, -1)
    return cv2.GaussianBlur(cv2.resize(mask, surface[1::-1]), (0, 0), 1)


def moved(matrix, box):
    """The upright box around a box after a perspective map."""
    x, y, w, h = box
    points = cv2.perspectiveTransform(np.float32([[[x, y], [x + w, y], [x + w, y + h], [x, y + h]]]), matrix)[0]
    (left, top), (right, bottom) = points.min(0), points.max(0)
    return (float(left), float(top), float(right - left), float(bottom - top))


def backdrop(rng, faces, width, height):
    """A scene behind an artefact: another picture, out of focus, or a plain wall."""
    if rng.random() < 0.25:
        wall = gradient(rng, height, width, 0.5) * rng.uniform(40, 225, 3).astype(np.float32)
        return wall + grain(rng, wall.shape) * 2
    other = faces[rng.integers(len(faces))].image
    other = cv2.resize(other, (width, height))
    return tone(rng, blur(other, rng.uniform(0.8, 8)))


def genuine(rng, faces):
    """The scene of a living subject: (float32 picture, box), as light falls into the lens."""
    face = faces[rng.integers(len(faces))]
    image, box = face.image, face.box
    room = rng.uniform(1.6, 4.5)
    if min(image.shape[0] / box[3], image.shape[1] / box[2]) < room:
        image, box = extend(rng, image, box, room)
    frame = image.astype(np.float32) * gradient(rng, *image.shape[:2], 0.3)
    return tone(rng, frame), box


def presented(rng, faces, kind):
    """The scene of an artefact of kind 'print' or 'screen'."""
    face = faces[rng.integers(len(faces))]
    image, box = face.image, face.box
    if rng.random() < 0.5:
        image, box = extend(rng, image, box, rng.uniform(1.8, 3.2))
    surface = print_surface(rng, image) if kind == "print" else screen_surface(rng, image)
    up = surface.shape[1] / image.shape[1]
    box = tuple(v * up for v in box)
    outline = None
    if kind == "print" and rng.random() < 0.15:
        outline = cut_out(rng, image.shape, tuple(v / up for v in box), surface.shape)
    elif kind == "print" and rng.random() < 0.5:
        surface = curl(rng, surface)
    border = int(surface.shape[1] * rng.choice([0, 0.02, 0.05, 0.09])) if outline is None else 0
    edge = rng.uniform(190, 250) if kind == "print" else rng.choice([rng.uniform(2, 30), rng.uniform(2, 30), rng.uniform(150, 235)])
    surface = cv2.copyMakeBorder(surface, border, border, border, border, cv2.BORDER_CONSTANT, value=(edge, edge, edge))
    box = (box[0] + border, box[1] + border, box[2], box[3])

    tall = int(rng.choice([240, 320, 400, 520], p=[0.3, 0.35, 0.25, 0.1]))
    wide = int(tall * rng.choice([0.75, 1.0, 1.33]))
    face_px = tall / rng.uniform(1.6, 4.2)
    zoom = face_px / box[3]
    size = (surface.shape[1] * zoom, surface.shape[0] * zoom)
    centre = (box[0] + box[2] / 2) * zoom, (box[1] + box[3] / 2) * zoom
    place = (wide * rng.uniform(0.38, 0.62) - centre[0], tall * rng.uniform(0.35, 0.6) - centre[1])
    if zoom < 0.45:  # thin out first: the lens does, and the warp would alias beyond reason
        surface = cv2.GaussianBlur(surface, (0, 0), 0.35 / zoom)
    light = gradient(rng, *surface.shape[:2], 0.5) if kind == "print" else 1.0
    frame, matrix = hold(rng, surface.astype(np.float32) * light, size, place, backdrop(rng, faces, wide, tall), outline)
    if rng.random() < 0.55:
        frame = fingers(rng, frame.astype(np.float32), size, place)
    if kind == "screen":
        frame = glare(rng, frame)
        if rng.random() < 0.3:  # rolling shutter against the display's refresh
            frame = frame * (1 + rng.uniform(0.02, 0.12) * np.sin(np.arange(tall) * rng.uniform(0.01, 0.2) + rng.uniform(0, 6)))[:, None, None].astype(np.float32)
    elif rng.random() < 0.3:
        frame = glare(rng, frame)
    return tone(rng, frame), moved(matrix, box)


def camera(rng, frame, box):
    """Lens, sensor, what a cheap camera does to its own picture, and codec."""
    if rng.random() < 0.5:
        frame = cv2.GaussianBlur(frame, (0, 0), rng.uniform(0.3, 1.4))
    if rng.random() < 0.15:
        length = int(rng.integers(3, 8))
        kernel = np.zeros((length, length), np.float32)
        cv2.line(kernel, (0, int(rng.integers(length))), (length - 1, int(rng.integers(length))), 1, 1)
        frame = cv2.filter2D(frame, -1, kernel / kernel.sum())
    shot = np.sqrt(np.arange(256, dtype=np.float32) / 128 + 0.01) * np.float32(rng.uniform(0, 4))
    frame = bytes_of(frame + grain(rng, frame.shape) * cv2.LUT(bytes_of(frame), shot))
    if rng.random() < 0.35:
        frame = webcam(rng, frame)
    dice = rng.random()
    if dice < 0.12:
        return video(rng, frame), box
    for _ in range(rng.integers(0, 3)):
        frame = jpeg(frame, int(rng.integers(40, 96)))
    return frame, box


NOISE = np.random.default_rng(0).standard_normal((1024, 1024, 3)).astype(np.float32)


def grain(rng, shape):
    """Gaussian noise of unit variance, a random piece of one sheet: drawing it anew is slow."""
    height, width = shape[:2]
    y, x = (int(v) for v in rng.integers(0, (1025 - min(height, 1024), 1025 - min(width, 1024))))
    piece = NOISE[y : y + height, x : x + width]
    return piece if piece.shape[:2] == (height, width) else cv2.resize(piece, (width, height), interpolation=cv2.INTER_NEAREST)


def webcam(rng, frame):
    """Low resolution blown up, sharpened edges, low contrast under a veil, a colour cast."""
    size = frame.shape[1::-1]
    if rng.random() < 0.5:
        ratio = rng.uniform(0.3, 0.8)
        small = cv2.resize(frame, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA if rng.random() < 0.7 else cv2.INTER_NEAREST)
        if rng.random() < 0.4:
            small = jpeg(small, int(rng.integers(30, 80)))
        frame = cv2.resize(small, size, interpolation=cv2.INTER_LINEAR if rng.random() < 0.6 else cv2.INTER_CUBIC)
    if rng.random() < 0.4:
        frame = cv2.addWeighted(frame, 1 + (amount := rng.uniform(0.3, 1.6)), cv2.GaussianBlur(frame, (0, 0), rng.uniform(0.8, 2)), -amount, 0)
    ramp = np.arange(256, dtype=np.float32)
    table = np.repeat(ramp[:, None], 3, 1)
    if rng.random() < 0.5:
        table = table * rng.uniform(0.4, 0.95) + rng.uniform(0, 70)
    if rng.random() < 0.5:
        table = table * rng.uniform(0.8, 1.15, 3).astype(np.float32)
    return cv2.LUT(frame, np.clip(table, 0, 255).astype(np.uint8)[None])


def jpeg(frame, quality):
    return cv2.imdecode(cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)


def video(rng, frame):
    """The second frame of a moving clip as MPEG-4 or H.264 leave it, at a reduced size or not."""
    height, width = frame.shape[:2]
    ratio = rng.uniform(0.5, 1)
    w, h = (max(32, int(v * ratio) // 2 * 2) for v in (width, height))
    small = cv2.resize(frame, (w, h), interpolation=cv2.INTER_AREA)
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        path = os.path.join(folder, "clip.mkv")
        clip = cv2.VideoWriter(path, cv2.VideoWriter_fourcc(*("XVID" if rng.random() < 0.6 else "avc1")), 25, (w, h))
        if not clip.isOpened():  # no such encoder on this machine
            return jpeg(frame, int(rng.integers(30, 80)))
        clip.write(np.roll(small, rng.integers(-3, 4, 2), (0, 1)))
        clip.write(small)
        clip.release()
        last, reader = None, cv2.VideoCapture(path)
        while True:
            ok, read = reader.read()
            if not ok:
                break
            last = read
    return frame if last is None else cv2.resize(last, (width, height))
