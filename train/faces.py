"""Genuine faces: finds them in pictures and clips, with their boxes.

    python3 train/faces.py ../shared build/faces.npz

A Face is one picture (BGR, uint8, upright) with the box (x, y, w, h) of its largest face
as YuNet sees it, and the subject it shows. Attack media are never read here.
"""
import os
import sys
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


def pictures(shared):
    """Yields (file or None, subject, picture) of all genuine stills and clip frames."""
    folder = os.path.join(shared, "data", "lfw")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".jpg"):
            file = os.path.join(folder, name)
            yield file, name.rsplit("_", 1)[0], cv2.imread(file)
    for part in ("deepface", "compreface"):
        folder = os.path.join(shared, "data", "photos", part)
        for name in sorted(os.listdir(folder)):
            file = os.path.join(folder, name)
            picture = cv2.imread(file)
            if picture is not None:
                yield file, part + name, picture
    folder = os.path.join(shared, "data", "clips")
    for name in sorted(os.listdir(folder)):
        clip = cv2.VideoCapture(os.path.join(folder, name))
        i = 0
        while True:
            ok, frame = clip.read()
            if not ok:
                break
            if i % 5 == 0:
                yield None, name, frame
            i += 1


def gather(shared, path, side=480):
    """Writes all genuine faces to one file: pictures as JPEG and no larger than side, so that it can travel."""
    detector = YuNet(os.path.join(shared, "models", "yunet_n_320_320.onnx"))
    pieces, boxes, subjects = [], [], []
    for file, subject, picture in pictures(shared):
        longest = max(picture.shape[:2])
        if longest > side:
            picture, file = cv2.resize(picture, None, fx=side / longest, fy=side / longest, interpolation=cv2.INTER_AREA), None
        box = detector.largest(picture)
        if box and min(box[2:]) >= 40:
            if file and file.endswith(".jpg"):
                with open(file, "rb") as f:
                    pieces.append(f.read())
            else:
                pieces.append(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes())
            boxes.append(box)
            subjects.append(subject)
    with open(path + ".part", "wb") as f:
        np.savez(f, data=np.frombuffer(b"".join(pieces), np.uint8), ends=np.cumsum([len(p) for p in pieces]), boxes=boxes, subjects=subjects)
    os.replace(path + ".part", path)


def load(path):
    """The faces of a gathered file."""
    with np.load(path) as stored:
        data, ends = stored["data"], stored["ends"]
        return [
            Face(cv2.imdecode(data[start:end], cv2.IMREAD_COLOR), tuple(box), str(subject))
            for start, end, box, subject in zip(np.concatenate([[0], ends[:-1]]), ends, stored["boxes"], stored["subjects"])
        ]


if __name__ == "__main__":
    gather(*sys.argv[1:])
