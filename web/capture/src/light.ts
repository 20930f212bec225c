/** Brightness, evenness and sharpness of a frame, measured on a small copy of it. */
import { colourOf } from "./camera.js";
import type { Light } from "./measure.js";
import type { Box } from "./types.js";

/** Side of the copy that is measured; figures of sharpness hold for this size only. */
const SIDE = 112;

/** What is measured on a small copy: the light, and what the watchdog asks for. */
export interface Measured {
  light: Light;
  luma: number;
  colour: number;
}

/** Measures frames on one canvas of its own. */
export class Meter {
  readonly #context: CanvasRenderingContext2D | null;

  constructor(canvas: HTMLCanvasElement) {
    canvas.width = SIDE;
    canvas.height = SIDE;
    this.#context = canvas.getContext("2d", { willReadFrequently: true });
  }

  /** Measures the face, or the middle of the frame where there is none. Null where nothing can be read. */
  measure(video: HTMLVideoElement, face: Box | undefined): Measured | null {
    const { videoWidth: w, videoHeight: h } = video;
    if (this.#context === null || w === 0 || h === 0) {
      return null;
    }
    const box = face ?? { left: 0.2, top: 0.1, right: 0.8, bottom: 0.9 };
    const x = Math.max(0, box.left) * w;
    const y = Math.max(0, box.top) * h;
    this.#context.drawImage(video, x, y, Math.max(1, Math.min(1, box.right) * w - x), Math.max(1, Math.min(1, box.bottom) * h - y), 0, 0, SIDE, SIDE);
    const pixels = this.#context.getImageData(0, 0, SIDE, SIDE).data;
    const light = lightOf(pixels, SIDE);
    return { light, luma: light.mean, colour: colourOf(pixels) };
  }
}

/** The light of a square picture of the given side. */
export function lightOf(pixels: Uint8ClampedArray, side: number): Light {
  const luma = new Float32Array(side * side);
  let left = 0;
  let right = 0;
  for (let i = 0; i < luma.length; i++) {
    const at = 4 * i;
    const y = 0.299 * (pixels[at] as number) + 0.587 * (pixels[at + 1] as number) + 0.114 * (pixels[at + 2] as number);
    luma[i] = y;
    if (i % side < side / 2) left += y;
    else right += y;
  }
  return { mean: (left + right) / luma.length, side: Math.abs(left - right) / Math.max(left, right, 1), sharpness: laplacian(luma, side) };
}

/** Variance of the Laplacian. */
function laplacian(luma: Float32Array, side: number): number {
  let sum = 0;
  let squares = 0;
  let n = 0;
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const i = y * side + x;
      const v = 4 * (luma[i] as number) - (luma[i - 1] as number) - (luma[i + 1] as number) - (luma[i - side] as number) - (luma[i + side] as number);
      sum += v;
      squares += v * v;
      n++;
    }
  }
  const mean = sum / n;
  return squares / n - mean * mean;
}
