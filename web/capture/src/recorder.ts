/** Records an action as JPEG frames with their times, and one PNG of the calm face. Never a MediaRecorder. */
import { BASELINE } from "./following.js";
import type { Offered } from "./frames.js";
import type { Action, Encoder, Face } from "./types.js";

export interface Shot {
  /** Since the start of the session. */
  t_ms: number;
  capture_ms: number | null;
  data: Uint8Array;
  face: Face | null;
}

/** An action that was recorded whole. */
export interface Recorded {
  action: Action;
  started_ms: number;
  ended_ms: number;
  shots: Shot[];
  /** The calm face without loss; null where it could not be encoded. */
  best: Shot | null;
  width: number;
  height: number;
}

interface Pending {
  at: number;
  captured: number | null;
  calm: boolean;
  data: Promise<Uint8Array | null>;
}

/** Frames per second that are aimed at: more than the 15 that a blink needs. */
const RATE = 20;
/** The same where faces are followed so seldom that the meter stutters. */
const LESS = 16;
const FLUENT = 10;
/** Frames that may wait for the encoder. */
const QUEUE = 3;
/** When in the baseline the lossless frame is taken. */
const BEST_AT = BASELINE / 2;
/** A longer recording loses its idle beginning. */
const LONGEST = 5_000;
/** Below this rate the next frames are encoded smaller. */
const SLOW = 12;
const SMALL = 0.75;

export class Recorder {
  #action: Action | null = null;
  #run = 0;
  #began = 0;
  #due = 0;
  #waiting = 0;
  #scale = 1;
  #size: [number, number] = [0, 0];
  #frames: Pending[] = [];
  #faces: { at: number; face: Face | null }[] = [];
  #best: { at: number; captured: number | null; data: Promise<Uint8Array | null> } | null = null;

  constructor(
    private readonly encoder: Encoder,
    /** performance.now() when the session began: the server does not believe times from before its draw. */
    public zero: number,
    /** eyes and lines: what the server wants of the eyes' distance and the frame's short side, in pixels. */
    private readonly options: { lossless: boolean; eyes: number; lines?: number },
  ) {}

  get recording(): boolean {
    return this.#action !== null;
  }

  /** Frames that were taken so far, for the journal. */
  get count(): number {
    return this.#frames.length;
  }

  /** Frames a second that are being recorded; Infinity where none are, and before that can be told. */
  rate(at: number): number {
    return this.#each(this.#frames.length, at);
  }

  /** What would be kept of the recording now: its frames, and how many a second as the server counts them; null where nothing is recorded. */
  get recorded(): { frames: number; fps: number } | null {
    if (this.#action === null) return null;
    const frames = trim(this.#frames);
    const passed = (frames.at(-1)?.at ?? 0) - (frames[0]?.at ?? 0);
    return { frames: frames.length, fps: passed > 0 ? (1000 * (frames.length - 1)) / passed : 0 };
  }

  #each(n: number, at: number): number {
    const passed = at - this.#began;
    return this.#action !== null && passed > 500 ? (1000 * n) / passed : Infinity;
  }

  start(action: Action, now: number): void {
    this.discard();
    this.#action = action;
    this.#began = now;
    this.#due = now;
  }

  /** Throws everything of the action away. Frames that are still being encoded are forgotten. */
  discard(): void {
    this.#action = null;
    this.#run++;
    this.#waiting = 0;
    this.#frames = [];
    this.#faces = [];
    this.#best = null;
  }

  /** Takes the frame if it is due and the encoder keeps up; calm: the gesture has not begun. */
  offer(frame: Offered, calm: boolean): void {
    if (this.#action === null || frame.at < this.#due - 8 || this.#waiting >= QUEUE) {
      return;
    }
    const stutters = this.#faces.length > 0 && this.#each(this.#faces.length, frame.at) < FLUENT;
    const step = 1000 / (stutters ? LESS : RATE);
    this.#due = Math.max(this.#due + step, frame.at - step);
    this.#size = [frame.width, frame.height];
    const quality = this.#action === "video_selfie_blank" || this.#action === "video_selfie_best" ? 0.9 : 0.8;
    const scale = this.#scale;
    this.#frames.push({ at: frame.at, captured: frame.captured, calm, data: this.#encode(async () => this.encoder.jpeg(await frame.take(), quality, scale)) });
    if (this.options.lossless && this.#best === null && frame.at - this.#began >= BEST_AT) {
      this.#best = { at: frame.at, captured: frame.captured, data: this.#encode(async () => this.encoder.png(await frame.take())) };
    }
  }

  /** What the tracker saw, to go with the frames; the rate decides on the size of the next ones. */
  saw(face: Face | null, at: number, eyes: number | undefined): void {
    if (this.#action === null) {
      return;
    }
    this.#faces.push({ at, face });
    const large = eyes !== undefined && eyes * SMALL > 1.4 * this.options.eyes && Math.min(...this.#size) * SMALL >= (this.options.lines ?? 0);
    if (large && at - this.#began > 1000 && this.rate(at) < SLOW) {
      this.#scale = SMALL;
    }
  }

  /** Ends the action and waits for its frames. */
  async keep(now: number): Promise<Recorded> {
    const action = this.#action;
    const frames = trim(this.#frames);
    const [best, faces, size] = [this.#best, this.#faces, this.#size];
    this.discard();
    if (action === null) {
      throw new Error("nothing is being recorded");
    }
    const shots: Shot[] = [];
    for (const f of frames) {
      const data = await f.data;
      if (data !== null) shots.push(this.#shot(f, data, faces));
    }
    const png = best === null ? null : await best.data;
    const started = frames[0]?.at ?? now;
    return {
      action,
      started_ms: this.#ms(started),
      ended_ms: this.#ms(now),
      shots,
      best: best === null || png === null ? null : this.#shot(best, png, faces),
      width: size[0],
      height: size[1],
    };
  }

  #shot(f: { at: number; captured: number | null }, data: Uint8Array, faces: readonly { at: number; face: Face | null }[]): Shot {
    return { t_ms: this.#ms(f.at), capture_ms: f.captured === null ? null : this.#ms(f.captured), data, face: nearest(faces, f.at) };
  }

  #ms(at: number): number {
    return Math.round((at - this.zero) * 10) / 10;
  }

  async #encode(work: () => Promise<Uint8Array>): Promise<Uint8Array | null> {
    const run = this.#run;
    this.#waiting++;
    try {
      return await work();
    } catch {
      return null;
    } finally {
      if (run === this.#run) this.#waiting--;
    }
  }
}

function nearest(faces: readonly { at: number; face: Face | null }[], at: number): Face | null {
  let best: Face | null = null;
  let off = 150;
  for (const f of faces) {
    if (Math.abs(f.at - at) <= off) {
      off = Math.abs(f.at - at);
      best = f.face;
    }
  }
  return best;
}

/**
 * Drops the idle beginning of a long recording. What is left still begins with a calm face
 * for as long as a baseline takes, and has no gaps.
 */
export function trim<F extends { at: number; calm: boolean }>(frames: readonly F[]): F[] {
  const last = frames.at(-1);
  const first = frames[0];
  if (last === undefined || first === undefined || last.at - first.at <= LONGEST) {
    return [...frames];
  }
  const wanted = last.at - LONGEST;
  let start = 0;
  for (let i = 0; i < frames.length && (frames[i] as F).at <= wanted; i++) {
    if (calmFrom(frames, i)) start = i;
  }
  return frames.slice(start);
}

/** Whether the face is calm from this frame on for twice as long as a baseline takes: a busy tracker tells late that it moved. */
function calmFrom(frames: readonly { at: number; calm: boolean }[], i: number): boolean {
  const from = frames[i]?.at ?? 0;
  for (let k = i; k < frames.length; k++) {
    const f = frames[k] as { at: number; calm: boolean };
    if (f.at - from > 2 * BASELINE) return true;
    if (!f.calm) return false;
  }
  return false;
}
