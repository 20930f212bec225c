"""Genuine faces: finds them in pictures and clips, with their boxes.

A Face is one picture (BGR, uint8, upright) with the box (x, y, w, h) of its largest face
as YuNet sees it, and the subject it shows. Attack media are never read here.
"""
import os
import pickle
from dataclasses import dataclass

import cv2
import numpy as np


@dataclass
class Face:
    image: np.ndarray
    box: tuple
    subject: str


class YuNet:
    """Face detector over OpenCV's network runtime; gives the largest face or None."""

    SIDE = 320

    def __init__(self, onnx):
        self.net = cv2.dnn.readNetFromONNX(onnx)
        self.outputs = [f"{kind}_{stride}" for kind in ("cls", "obj", "bbox") for stride in (8, 16, 32)]

    def largest(self, image, accept=0.6):
        height, width = image.shape[:2]
        ratio = self.SIDE / max(height, width)
        small = cv2.resize(image, (max(1, round(width * ratio)), max(1, round(height * ratio))), interpolation=cv2.INTER_AREA)
        canvas = np.zeros((self.SIDE, self.SIDE, 3), np.uint8)
        canvas[: small.shape[0], : small.shape[1]] = small
        self.net.setInput(cv2.dnn.blobFromImage(canvas))
        out = dict(zip(self.outputs, self.net.forward(self.outputs)))
        best, best_area = None, 0.0
        for stride in (8, 16, 32):
            score = np.sqrt(np.clip(out[f"cls_{stride}"].ravel(), 0, 1) * np.clip(out[f"obj_{stride}"].ravel(), 0, 1))
            grid = self.SIDE // stride
            for i in np.flatnonzero(score >= accept):
                dx, dy, dw, dh = out[f"bbox_{stride}"].reshape(-1, 4)[i]
                w, h = np.exp(dw) * stride, np.exp(dh) * stride
                x, y = (i % grid + dx) * stride - w / 2, (i // grid + dy) * stride - h / 2
                if w * h > best_area:
                    best, best_area = tuple(float(v / ratio) for v in (x, y, w, h)), w * h
        return best


def shift_crop(image, box, scale, side):
    """The box grown by scale around its centre and pushed inside the picture, stretched to side x side.

    When the picture is too small for the scale, the scale shrinks: the way in which the
    published pair of networks was trained.
    """
    height, width = image.shape[:2]
    x, y, w, h = (int(v) for v in box)
    w, h = max(w, 1), max(h, 1)
    scale = min((height - 1) / h, (width - 1) / w, scale)
    cx, cy, cw, ch = x + w / 2, y + h / 2, w * scale, h * scale
    left = min(max(cx - cw / 2, 0), width - 1 - cw)
    top = min(max(cy - ch / 2, 0), height - 1 - ch)
    part = image[int(max(top, 0)) : int(top + ch) + 1, int(max(left, 0)) : int(left + cw) + 1]
    return cv2.resize(part, (side, side))


def pictures(shared, every_lfw=1):
    """Yields (path, subject, picture) of all genuine stills and clip frames."""
    folder = os.path.join(shared, "data", "lfw")
    for i, name in enumerate(sorted(os.listdir(folder))):
        if name.endswith(".jpg") and i % every_lfw == 0:
            yield name, name.rsplit("_", 1)[0], cv2.imread(os.path.join(folder, name))
    for part in ("deepface", "compreface"):
        folder = os.path.join(shared, "data", "photos", part)
        for name in sorted(os.listdir(folder)):
            picture = cv2.imread(os.path.join(folder, name))
            if picture is not None:
                yield name, part + name, picture
    folder = os.path.join(shared, "data", "clips")
    for name in sorted(os.listdir(folder)):
        clip = cv2.VideoCapture(os.path.join(folder, name))
        i = 0
        while True:
            ok, frame = clip.read()
            if not ok:
                break
            if i % 5 == 0:
                yield f"{name}#{i}", name, frame
            i += 1


def load(shared, cache, side=480):
    """All genuine faces, pictures no larger than side; found once and kept in the file cache."""
    if os.path.exists(cache):
        with open(cache, "rb") as f:
            return pickle.load(f)
    detector = YuNet(os.path.join(shared, "models", "yunet_n_320_320.onnx"))
    faces = []
    for _, subject, picture in pictures(shared):
        longest = max(picture.shape[:2])
        if longest > side:
            picture = cv2.resize(picture, None, fx=side / longest, fy=side / longest, interpolation=cv2.INTER_AREA)
        box = detector.largest(picture)
        if box and min(box[2:]) >= 40:
            faces.append(Face(picture, box, subject))
    with open(cache + ".part", "wb") as f:
        pickle.dump(faces, f, protocol=4)
    os.replace(cache + ".part", cache)
    return faces
