"""Presentations: turns genuine faces into captures of genuine faces, prints and screens.

Everything works on BGR pictures. A capture is (frame uint8, box): what a camera would
deliver and where the face lies in it. The order is that of nature: a subject or an
artefact stands in a scene, light falls on it, a camera takes it.
"""
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
    """over on under where mask is 1."""
    m = mask[..., None]
    return (over * m + under * (1.0 - m)).astype(np.uint8)


def tone(rng, image, gain=(0.75, 1.15), lift=(-12, 12), gamma=(0.75, 1.35), colour=(0.75, 1.15), balance=0.06):
    """Exposure, gamma, saturation and white balance drawn from the given ranges."""
    out = np.clip(image, 0, 255).astype(np.float32) / 255
    out = out ** rng.uniform(*gamma)
    grey = out.mean(2, keepdims=True)
    out = grey + (out - grey) * rng.uniform(*colour)
    out = out * 255 * rng.uniform(*gain) + rng.uniform(*lift)
    return np.clip(out * rng.uniform(1 - balance, 1 + balance, 3), 0, 255).astype(np.float32)


def gradient(rng, height, width, strength):
    """Light that falls off across the picture, as a factor around 1."""
    angle = rng.uniform(0, 2 * np.pi)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    ramp = np.cos(angle) * (xs / width - 0.5) + np.sin(angle) * (ys / height - 0.5)
    return 1 + ramp * rng.uniform(0, strength)


def glare(rng, image):
    """One soft highlight, and sometimes a veil over the whole."""
    height, width = image.shape[:2]
    if rng.random() < 0.5:
        ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
        cx, cy = rng.uniform(0, width), rng.uniform(0, height)
        sx, sy = rng.uniform(0.05, 0.45) * width, rng.uniform(0.05, 0.45) * height
        spot = np.exp(-(((xs - cx) / sx) ** 2) - ((ys - cy) / sy) ** 2)[..., None] * rng.uniform(0.1, 0.85)
        image = image * (1 - spot) + 255 * spot * np.array([1, rng.uniform(0.88, 1), rng.uniform(0.82, 1)], np.float32)
    if rng.random() < 0.4:
        veil = rng.uniform(0.04, 0.3)
        image = image * (1 - veil) + veil * rng.uniform(110, 255)
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
        ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
        period, strength = rng.uniform(2.5, 7), rng.uniform(5, 45)
        for channel, angle in enumerate(np.deg2rad(rng.permutation([15, 75, 45]) + rng.uniform(-5, 5))):
            u, v = xs * np.cos(angle) + ys * np.sin(angle), ys * np.cos(angle) - xs * np.sin(angle)
            large[..., channel] += strength * np.cos(2 * np.pi * u / period) * np.cos(2 * np.pi * v / period)
    if rng.random() < 0.6:
        grain = rng.standard_normal((height // 2, width // 2)).astype(np.float32)
        large += cv2.resize(grain, (width, height))[..., None] * rng.uniform(2, 12)
    if rng.random() < 0.3:  # worn-out cartridge: bands along the feed
        large *= 1 + rng.uniform(0.02, 0.08) * np.sin(np.arange(height) * rng.uniform(0.02, 0.3)).astype(np.float32)[:, None, None]
    return cv2.GaussianBlur(large, (0, 0), rng.uniform(0.5, 2.2))


def corners(rng, width, height, slant):
    """The corners of a width x height sheet seen at an angle."""
    square = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    return square + rng.uniform(-slant, slant, (4, 2)).astype(np.float32) * min(width, height)


def hold(rng, surface, border, size, place, background):
    """The surface with its border stands in the background; returns frame and the map of points.

    size is (width, height) in the frame, place the top-left corner; border is in
    pixels of the surface.
    """
    height, width = surface.shape[:2]
    target = corners(rng, *size, rng.choice([0.01, 0.04, 0.08])) + np.float32(place)
    source = np.float32([[border, border], [width - border, border], [width - border, height - border], [border, height - border]])
    matrix = cv2.getPerspectiveTransform(source, target)
    frame = cv2.warpPerspective(surface, matrix, background.shape[1::-1], flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.ones(surface.shape[:2], np.float32), matrix, background.shape[1::-1])
    shade = blur(mask, max(2, min(size) / 30)) * rng.uniform(0, 0.6)
    under = background * (1 - shade[..., None])
    m = cv2.GaussianBlur(mask, (0, 0), 0.8)[..., None]
    return frame * m + under * (1 - m), matrix


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


def cut_out(rng, face):
    """Mask of a head cut out along its outline, as an ellipse over shoulders."""
    height, width = face.image.shape[:2]
    x, y, w, h = face.box
    mask = np.zeros((height, width), np.float32)
    cv2.ellipse(mask, (int(x + w / 2), int(y + h * 0.45)), (int(w * rng.uniform(0.6, 0.8)), int(h * rng.uniform(0.65, 0.85))), 0, 0, 360, 1, -1)
    cv2.ellipse(mask, (int(x + w / 2), int(y + h * 1.75)), (int(w * 1.3), int(h * 0.75)), 0, 0, 360, 1, -1)
    return cv2.GaussianBlur(mask, (0, 0), 1)


def moved(matrix, box):
    """The upright box around a box after a perspective map."""
    x, y, w, h = box
    points = cv2.perspectiveTransform(np.float32([[[x, y], [x + w, y], [x + w, y + h], [x, y + h]]]), matrix)[0]
    (left, top), (right, bottom) = points.min(0), points.max(0)
    return (float(left), float(top), float(right - left), float(bottom - top))


def backdrop(rng, faces, width, height):
    """A scene behind an artefact: another picture, out of focus, or a plain wall."""
    if rng.random() < 0.25:
        wall = np.full((height, width, 3), rng.uniform(40, 225, 3), np.float32)
        return np.clip(wall * gradient(rng, height, width, 0.5)[..., None] + rng.normal(0, 2, wall.shape), 0, 255).astype(np.float32)
    other = faces[rng.integers(len(faces))].image
    other = cv2.resize(other, (width, height))
    return tone(rng, blur(other, rng.uniform(0.8, 8)))


def genuine(rng, faces):
    """A living subject before the camera."""
    face = faces[rng.integers(len(faces))]
    image, box = face.image, face.box
    room = rng.uniform(1.6, 4.5)
    if min(image.shape[0] / box[3], image.shape[1] / box[2]) < room:
        image, box = extend(rng, image, box, room)
    frame = image.astype(np.float32) * gradient(rng, *image.shape[:2], 0.3)[..., None]
    return camera(rng, tone(rng, frame), box)


def presented(rng, faces, kind):
    """An artefact of kind 'print' or 'screen' before the camera."""
    face = faces[rng.integers(len(faces))]
    image, box = face.image, face.box
    if rng.random() < 0.5:
        image, box = extend(rng, image, box, rng.uniform(1.8, 3.2))
    surface = print_surface(rng, image) if kind == "print" else screen_surface(rng, image)
    up = surface.shape[1] / image.shape[1]
    box = tuple(v * up for v in box)
    if kind == "print" and rng.random() < 0.5:
        surface = curl(rng, surface)
    border = int(surface.shape[1] * rng.choice([0, 0.02, 0.05, 0.09]))
    edge = rng.uniform(190, 250) if kind == "print" else rng.choice([rng.uniform(2, 30), rng.uniform(2, 30), rng.uniform(150, 235)])
    surface = cv2.copyMakeBorder(surface, border, border, border, border, cv2.BORDER_CONSTANT, value=(edge, edge, edge))
    box = (box[0] + border, box[1] + border, box[2], box[3])

    tall = int(rng.choice([360, 480, 560]))
    wide = int(tall * rng.choice([0.75, 1.0, 1.33]))
    face_px = tall / rng.uniform(1.6, 4.2)
    zoom = face_px / box[3]
    size = (surface.shape[1] * zoom, surface.shape[0] * zoom)
    centre = (box[0] + box[2] / 2) * zoom, (box[1] + box[3] / 2) * zoom
    place = (wide * rng.uniform(0.38, 0.62) - centre[0], tall * rng.uniform(0.35, 0.6) - centre[1])
    if zoom < 0.45:  # thin out first: the lens does, and the warp would alias beyond reason
        surface = cv2.GaussianBlur(surface, (0, 0), 0.35 / zoom)
    light = gradient(rng, *surface.shape[:2], 0.5)[..., None] if kind == "print" else 1.0
    frame, matrix = hold(rng, surface.astype(np.float32) * light, 0, size, place, backdrop(rng, faces, wide, tall))
    if rng.random() < 0.55:
        frame = fingers(rng, frame.astype(np.float32), size, place)
    if kind == "screen":
        frame = glare(rng, frame)
        if rng.random() < 0.3:  # rolling shutter against the display's refresh
            frame = frame * (1 + rng.uniform(0.02, 0.12) * np.sin(np.arange(tall) * rng.uniform(0.01, 0.2) + rng.uniform(0, 6)).astype(np.float32)[:, None, None])
    elif rng.random() < 0.3:
        frame = glare(rng, frame)
    return camera(rng, tone(rng, frame), moved(matrix, box))


def camera(rng, frame, box):
    """Lens, sensor and codec."""
    if rng.random() < 0.5:
        frame = cv2.GaussianBlur(frame, (0, 0), rng.uniform(0.3, 1.4))
    if rng.random() < 0.15:
        length = int(rng.integers(3, 8))
        kernel = np.zeros((length, length), np.float32)
        cv2.line(kernel, (0, int(rng.integers(length))), (length - 1, int(rng.integers(length))), 1, 1)
        frame = cv2.filter2D(frame, -1, kernel / kernel.sum())
    sigma = rng.uniform(0, 4)
    frame = frame + rng.standard_normal(frame.shape).astype(np.float32) * (sigma * np.sqrt(np.clip(frame, 1, 255) / 128))
    frame = np.clip(frame, 0, 255).astype(np.uint8)
    for _ in range(rng.integers(0, 3)):
        frame = cv2.imdecode(cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(40, 96))])[1], cv2.IMREAD_COLOR)
    return frame, box
