/** Reads the answers of BlazeFace; figures are those of models/blazeface/model.json. */

import type { Box } from "../types.js";
import { reframe } from "./mesh.js";

/** Side of the square that the network looks at. */
export const side = 256;

const least = 0.5;
const overlap = 0.3;
const box = [0, -0.1, 0.9, 1.245] as const;
const grids = [
  { stride: 16, anchors: 2 },
  { stride: 32, anchors: 6 },
];

/** A face in pixels of the frame; points: right eye, left eye, nose, mouth, right ear, left ear. */
export interface Found {
  box: Box;
  score: number;
  points: [x: number, y: number][];
}

/** The square of the frame that was looked at, in pixels of the frame. */
export interface Part {
  x: number;
  y: number;
  side: number;
}

/** Gives the faces, the surest first: outputs are the scores of both grids, then their boxes and points. */
export function decode(outputs: Float32Array[], part: Part): Found[] {
  const found: Found[] = [];
  grids.forEach(({ stride, anchors }, grid) => {
    const scores = outputs[grid]!;
    const values = outputs[grids.length + grid]!;
    const columns = side / stride;
    for (let i = 0; i < scores.length; i++) {
      const score = 1 / (1 + Math.exp(-scores[i]!));
      if (!(score >= least)) continue;
      const cell = Math.floor(i / anchors);
      const anchor: [number, number] = [((cell % columns) + 0.5) * stride, (Math.floor(cell / columns) + 0.5) * stride];
      found.push({ score, ...place(values.subarray(16 * i, 16 * i + 16), anchor, part) });
    }
  });
  return distinct(found.sort((a, b) => b.score - a.score));
}

function place(values: Float32Array, anchor: [number, number], part: Part): Omit<Found, "score"> {
  const scale = part.side / side;
  const point = (i: number): [number, number] => [part.x + (anchor[0] + values[i]!) * scale, part.y + (anchor[1] + values[i + 1]!) * scale];
  const [x, y] = point(0);
  const halfWidth = (values[2]! * scale) / 2;
  const halfHeight = (values[3]! * scale) / 2;
  return {
    box: reframe({ left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight }, box),
    points: [4, 6, 8, 10, 12, 14].map(point),
  };
}

/** Keeps the first of those that overlap. */
export function distinct<F extends { box: Box }>(faces: F[]): F[] {
  const kept: F[] = [];
  for (const face of faces) if (kept.every((other) => shared(face.box, other.box) < overlap)) kept.push(face);
  return kept;
}

/** Intersection over union. */
export function shared(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (area(a) + area(b) - width * height);
}

/** Pixels in a box. */
export const area = (box: Box): number => (box.right - box.left) * (box.bottom - box.top);
