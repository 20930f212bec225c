/** Follows faces from frame to frame: the detector finds them, the mesh then keeps hold of the largest. */

import type { Box, Face } from "../types.js";
import { area, decode, distinct, shared, side as detectorSide, type Found, type Part } from "./blazeface.js";
import { Graph, startKernels, type Kernels } from "./graph.js";
import { features, landmarks, meshBox, pose, type Mesh } from "./mesh.js";

const meshSide = 192;

/** Side of the square that the mesh looks at, in units of the box's longer side: box_scale of models/facemesh. */
const boxScale = 1.4;

/** From this flag on the mesh lies on a face: confirm_flag of models/blazeface. */
const leastFlag = 0.5;

/** Degrees that the eyes may be off level in the mesh's square; beyond, points are drawn towards the level. */
const level = 10;

/**
 * Milliseconds after which the whole frame is searched although a face is held: there may be a second one.
 * A search takes six times as long as the mesh; a slow machine spends no more than a tenth of its time on it.
 */
const searchEvery = 500;
const searchShare = 0.1;

/** A face is left for another one only if that is so many times larger, lest two of a size take turns. */
const clearlyLarger = 1.3;

type Canvas = HTMLCanvasElement | OffscreenCanvas;
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A face in pixels of the frame. */
interface Held extends Found {
  mesh?: Mesh;
}

/** A picture with its size in pixels. */
export interface Picture {
  source: CanvasImageSource;
  width: number;
  height: number;
}

/** The networks and what they last saw. */
export class Engine {
  #kernels: Kernels | undefined;
  #detector: Graph | undefined;
  #landmarker: Graph | undefined;
  readonly #search: Context;
  readonly #near: Context;
  #held: Held | undefined;
  #others: Held[] = [];
  /** When the next search is due. */
  #due = -Infinity;
  #misses = 0;

  /** create makes a canvas; it throws where there is none (workers of older browsers). */
  constructor(create: (side: number) => Canvas) {
    this.#search = context(create(detectorSide));
    this.#near = context(create(meshSide));
  }

  /** Compiles the kernels. */
  async start(wasm: ArrayBuffer): Promise<void> {
    this.#kernels = await startKernels(wasm);
  }

  /** Loads the detector; from now on faces are found. */
  detect(blazeface: ArrayBuffer): void {
    if (this.#kernels) this.#detector = new Graph(this.#kernels, blazeface);
  }

  /** Loads the mesh; from now on faces have pose and features. */
  refine(facemesh: ArrayBuffer): void {
    if (this.#kernels) this.#landmarker = new Graph(this.#kernels, facemesh);
    this.#due = -Infinity;
  }

  /** Finds the faces of a frame, the largest first. */
  track(picture: Picture): Face[] {
    if (this.#held) this.#held = this.#follow(picture, this.#held);
    if (!this.#held || performance.now() >= this.#due) this.#look(picture);
    const all = this.#held ? [this.#held, ...this.#others] : this.#others;
    return all.sort((a, b) => area(b.box) - area(a.box)).map((face) => report(face, picture));
  }

  /** Places the mesh where the face was in the last frame. */
  #follow(picture: Picture, face: Held): Held | undefined {
    return face.mesh && this.#refined(picture, face, pose(face.mesh).roll);
  }

  #look(picture: Picture): void {
    const begun = performance.now();
    let found: Held[] = this.#detect(picture, this.#part(picture));
    if (this.#landmarker) {
      found = distinct(
        found.slice(0, 3).flatMap((face) => this.#confirm(picture, face) ?? []),
      );
    }
    this.#due = begun + Math.max(searchEvery, (performance.now() - begun) / searchShare);
    this.#misses = found.length > 0 ? 0 : this.#misses + 1;
    found.sort((a, b) => area(b.box) - area(a.box));
    const held = this.#held;
    if (held?.mesh && !(found[0] && area(found[0].box) > clearlyLarger * area(held.box))) {
      this.#others = found.filter((face) => shared(face.box, held.box) < 0.3);
      return;
    }
    this.#held = found[0]?.mesh && found[0];
    this.#others = this.#held ? found.slice(1) : found;
  }

  /** The whole frame; after a miss by turns also squares at its ends, in which small faces are larger. */
  #part({ width, height }: Picture): Part {
    const longer = Math.max(width, height);
    const shorter = Math.min(width, height);
    const turn = this.#misses % 3;
    if (turn === 0 || 10 * (longer - shorter) < shorter) return { x: (width - longer) / 2, y: (height - longer) / 2, side: longer };
    const along = turn === 1 ? 0 : longer - shorter;
    return { x: width > height ? along : 0, y: width > height ? 0 : along, side: shorter };
  }

  #detect(picture: Picture, part: Part): Held[] {
    const canvas = this.#search;
    const scale = detectorSide / part.side;
    canvas.setTransform(1, 0, 0, 1, 0, 0);
    canvas.clearRect(0, 0, detectorSide, detectorSide);
    canvas.setTransform(scale, 0, 0, scale, -part.x * scale, -part.y * scale);
    canvas.drawImage(picture.source, 0, 0, picture.width, picture.height);
    return decode(this.#detector!.run(pixels(canvas, detectorSide, 127.5, 1 / 127.5)), part);
  }

  /** Places the mesh on a face that the detector found; undefined where there is none. */
  #confirm(picture: Picture, face: Held): Held | undefined {
    const [right, left] = [face.points[0]!, face.points[1]!];
    return this.#refined(picture, face, (Math.atan2(left[1] - right[1], left[0] - right[0]) * 180) / Math.PI);
  }

  #refined(picture: Picture, face: Held, roll: number): Held | undefined {
    let placed = this.#place(picture, face, roll);
    const found = pose(placed.mesh).roll;
    if (Math.abs(remainder(found - roll)) > level) placed = this.#place(picture, face, found);
    if (!(placed.flag >= leastFlag)) return undefined;
    return { ...face, mesh: placed.mesh, box: meshBox(placed.mesh) };
  }

  #place(picture: Picture, { box }: Held, roll: number): { mesh: Mesh; flag: number } {
    const canvas = this.#near;
    const seen = boxScale * Math.max(box.right - box.left, box.bottom - box.top);
    const center: [number, number] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const angle = (roll * Math.PI) / 180;
    const scale = meshSide / seen;
    canvas.setTransform(1, 0, 0, 1, 0, 0);
    canvas.clearRect(0, 0, meshSide, meshSide);
    canvas.translate(meshSide / 2, meshSide / 2);
    canvas.rotate(-angle);
    canvas.scale(scale, scale);
    canvas.translate(-center[0], -center[1]);
    drawPart(canvas, picture, center, (seen / 2) * (Math.abs(Math.cos(angle)) + Math.abs(Math.sin(angle))));
    const [points, flag] = this.#landmarker!.run(pixels(canvas, meshSide, 0, 1 / 255));
    return { mesh: back(points!, center, angle, 1 / scale), flag: flag![0]! };
  }
}

function context(canvas: Canvas): Context {
  const drawn = canvas.getContext("2d", { willReadFrequently: true }) as Context | null;
  if (!drawn) throw new Error("there is no canvas to draw on");
  drawn.imageSmoothingQuality = "medium";
  return drawn;
}

/**
 * Draws what lies within half a side around a center, at its place in the picture. A video frame is turned from the
 * camera's colours to the screen's as it is drawn: of a part of it that takes a fraction of the time.
 */
function drawPart(canvas: Context, { source, width, height }: Picture, [x, y]: [number, number], half: number): void {
  const part = cropped(source, width, height, { left: x - half, top: y - half, right: x + half, bottom: y + half });
  if (!part) return canvas.drawImage(source, 0, 0, width, height);
  try {
    canvas.drawImage(part.frame, part.x, part.y);
  } finally {
    part.frame.close();
  }
}

/** The part of a video frame without a copy, at even pixels as its colours want; undefined where there can be none. */
function cropped(source: CanvasImageSource, width: number, height: number, box: Box): { frame: VideoFrame; x: number; y: number } | undefined {
  if (typeof VideoFrame === "undefined" || !(source instanceof VideoFrame)) return undefined;
  const { visibleRect: shown, rotation = 0, flip = false } = source as VideoFrame & { rotation?: number; flip?: boolean };
  if (!shown || shown.width !== width || shown.height !== height || rotation !== 0 || flip) return undefined;
  const x = 2 * Math.floor(Math.max(0, box.left - 1) / 2);
  const y = 2 * Math.floor(Math.max(0, box.top - 1) / 2);
  const right = Math.min(width, 2 * Math.ceil((box.right + 1) / 2));
  const bottom = Math.min(height, 2 * Math.ceil((box.bottom + 1) / 2));
  if (!(right > x && bottom > y)) return undefined;
  return { x, y, frame: new VideoFrame(source, { visibleRect: { x: shown.x + x, y: shown.y + y, width: right - x, height: bottom - y } }) };
}

/** Turns a drawn square to numbers: (pixel - mean) * scale, red, green and blue in turn; black where nothing was drawn. */
function pixels(canvas: Context, side: number, mean: number, scale: number): Float32Array {
  const { data } = canvas.getImageData(0, 0, side, side);
  const out = new Float32Array(3 * side * side);
  for (let from = 0, to = 0; to < out.length; from += 4, to += 3) {
    out[to] = (data[from]! - mean) * scale;
    out[to + 1] = (data[from + 1]! - mean) * scale;
    out[to + 2] = (data[from + 2]! - mean) * scale;
  }
  return out;
}

/** Maps points of the mesh's square into the frame. */
function back(points: Float32Array, center: [number, number], angle: number, scale: number): Mesh {
  const [sin, cos] = [Math.sin(angle) * scale, Math.cos(angle) * scale];
  const mesh = new Float32Array(points.length);
  for (let i = 0; i < points.length; i += 3) {
    const x = points[i]! - meshSide / 2;
    const y = points[i + 1]! - meshSide / 2;
    mesh[i] = center[0] + x * cos - y * sin;
    mesh[i + 1] = center[1] + x * sin + y * cos;
    mesh[i + 2] = points[i + 2]! * scale;
  }
  return mesh;
}

/** An angle between -180 and 180 degrees. */
const remainder = (degrees: number): number => degrees - 360 * Math.round(degrees / 360);

function report({ box, score, points, mesh }: Held, { width, height }: Picture): Face {
  const shares = { left: box.left / width, top: box.top / height, right: box.right / width, bottom: box.bottom / height };
  if (mesh) return { box: shares, score, ...pose(mesh), ...features(mesh), landmarks: landmarks(mesh, width, height) };
  const share = (i: number): [number, number] => [points[i]![0] / width, points[i]![1] / height];
  const [right, left] = [points[0]!, points[1]!];
  return {
    box: shares,
    score,
    roll: (Math.atan2(left[1] - right[1], left[0] - right[0]) * 180) / Math.PI,
    landmarks: { right_eye: share(0), left_eye: share(1), nose_base: share(2), mouth_bottom: share(3), right_ear: share(4), left_ear: share(5) },
  };
}
