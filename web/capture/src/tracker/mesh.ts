/**
 * What the mesh of a face tells: pose, mouth and eyelids, by the same formulas as the server's
 * (internal/model/facemesh.go and the gestures of internal/analysis/quality), so that the live
 * meter asks for what will be verified. api/capture/mesh.json holds both to it.
 */

import type { Box, Landmarks, Point } from "../types.js";

/** 468 points, three numbers each, in pixels of the frame; depth grows away from the camera. */
export type Mesh = ArrayLike<number>;

/** Degrees, see Face of types.ts. */
export interface Pose {
  yaw: number;
  pitch: number;
  roll: number;
}

/** What faces do, relative to their own size. */
export interface Features {
  mouth_width: number;
  mouth_lift: number;
  eyes_open: number;
}

type Vector = [x: number, y: number, z: number];

const degrees = 180 / Math.PI;

/** What the mesh of a face held straight gives as pitch: pitch_offset_deg of models/facemesh. */
const pitchOffset = -5.5;

const at = (mesh: Mesh, i: number): Vector => [mesh[3 * i]!, mesh[3 * i + 1]!, mesh[3 * i + 2]!];
const sub = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const length = (a: Vector): number => Math.sqrt(dot(a, a));
const middle = (a: Vector, b: Vector): Vector => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

/** Takes the axes of the head: x between the edges of the face, y from forehead to chin made square to it. */
export function pose(mesh: Mesh): Pose {
  const x = sub(at(mesh, 454), at(mesh, 234));
  const z = cross(x, sub(at(mesh, 152), at(mesh, 10)));
  const y = cross(z, x);
  return {
    yaw: degrees * Math.atan2(x[2], Math.hypot(x[0], x[1])),
    pitch: degrees * Math.atan2(-y[2] / length(y), z[2] / length(z)) - pitchOffset,
    roll: degrees * Math.atan2(x[1], x[0]),
  };
}

/** Measures mouth and eyelids. */
export function features(mesh: Mesh): Features {
  const space = (i: number, j: number): number => length(sub(at(mesh, i), at(mesh, j)));
  const flat = (i: number, j: number): number => Math.hypot(mesh[3 * i]! - mesh[3 * j]!, mesh[3 * i + 1]! - mesh[3 * j + 1]!);
  const eyes = space(33, 263);
  const up = sub(at(mesh, 10), at(mesh, 152));
  const rise = sub(middle(at(mesh, 61), at(mesh, 291)), middle(at(mesh, 13), at(mesh, 14)));
  const right = (flat(159, 145) + flat(158, 153)) / (2 * flat(33, 133));
  const left = (flat(386, 374) + flat(385, 380)) / (2 * flat(263, 362));
  return {
    mouth_width: space(61, 291) / eyes,
    mouth_lift: dot(rise, up) / length(up) / eyes,
    eyes_open: Math.max(right, left),
  };
}

/** The box of a detector around a face, from the extent of its mesh: mesh_box of models/blazeface. */
export function meshBox(mesh: Mesh): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < mesh.length; i += 3) {
    const x = mesh[i]!;
    const y = mesh[i + 1]!;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return reframe({ left, top, right, bottom }, [0, -0.05, 0.94, 1.065]);
}

/** Changes a box: shift of the centre in widths and heights, factors of width and height. */
export function reframe(box: Box, [shiftX, shiftY, scaleX, scaleY]: readonly [number, number, number, number]): Box {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const x = (box.left + box.right) / 2 + shiftX * width;
  const y = (box.top + box.bottom) / 2 + shiftY * height;
  return { left: x - (width * scaleX) / 2, top: y - (height * scaleY) / 2, right: x + (width * scaleX) / 2, bottom: y + (height * scaleY) / 2 };
}

/** The six points, in shares of the frame. */
export function landmarks(mesh: Mesh, width: number, height: number): Landmarks {
  const mean = (...points: number[]): Point => {
    const sum = points.map((i) => at(mesh, i)).reduce((a, b) => [a[0] + b[0], a[1] + b[1], 0]);
    return [sum[0] / points.length / width, sum[1] / points.length / height];
  };
  return {
    right_eye: mean(33, 133, 159, 145),
    left_eye: mean(362, 263, 386, 374),
    nose_base: mean(1),
    mouth_bottom: mean(17),
    right_ear: mean(234),
    left_ear: mean(454),
  };
}
