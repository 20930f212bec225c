/** Frames of the camera with their times: straight from the track where the engine can, else from the video element. */
import type { Frame } from "./types.js";

/** A frame that is there for the length of the callback. */
export interface Offered {
  /** performance.now() when the page got it. */
  at: number;
  /** When the camera took it, in performance.now(); null where the engine does not tell. */
  captured: number | null;
  width: number;
  height: number;
  /** A copy of one's own, which the taker closes. */
  take(): Promise<Frame>;
}

interface Processor {
  readable: ReadableStream<VideoFrame>;
}
type ProcessorClass = new (init: { track: MediaStreamTrack; maxBufferSize?: number }) => Processor;

interface VideoMeta {
  captureTime?: number;
  mediaTime: number;
}
type WithCallback = HTMLVideoElement & {
  requestVideoFrameCallback?: (f: (now: number, meta: VideoMeta) => void) => number;
  cancelVideoFrameCallback?: (id: number) => void;
};

/** Times of frames as the signals want them. */
export interface Timing {
  /** Frames that told when the camera took them, and all. */
  capture: [number, number];
  /** Media times of the last frames, in milliseconds. */
  media: number[];
}

/** How many media times are kept. */
const TIMES = 120;
/** How often the video is looked at where it has no frame callback. */
const FALLBACK_MS = 50;

/** Hands out the frames of a video element until it is stopped. */
export class Frames {
  readonly timing: Timing = { capture: [0, 0], media: [] };
  #running = false;
  #callback = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #reader: ReadableStreamDefaultReader<VideoFrame> | undefined;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly see: (frame: Offered) => void,
  ) {}

  /** Starts with the track that the video shows. */
  start(track: MediaStreamTrack): void {
    this.stop();
    this.#running = true;
    const Class = (globalThis as { MediaStreamTrackProcessor?: ProcessorClass }).MediaStreamTrackProcessor;
    if (Class !== undefined) {
      void this.#process(Class, track);
    }
    this.#follow(Class === undefined);
  }

  stop(): void {
    this.#running = false;
    void this.#reader?.cancel().catch(() => undefined);
    this.#reader = undefined;
    clearInterval(this.#timer);
    (this.video as WithCallback).cancelVideoFrameCallback?.(this.#callback);
  }

  async #process(Class: ProcessorClass, track: MediaStreamTrack): Promise<void> {
    let reader: ReadableStreamDefaultReader<VideoFrame>;
    try {
      reader = new Class({ track, maxBufferSize: 2 }).readable.getReader();
    } catch {
      // A track that is not a camera's, for one: the element shows it all the same.
      this.#follow(true);
      return;
    }
    this.#reader = reader;
    while (this.#running && this.#reader === reader) {
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
      if (done || value === undefined) {
        return;
      }
      this.#offer(value);
      value.close();
    }
  }

  #offer(frame: VideoFrame): void {
    const meta = (frame as VideoFrame & { metadata?: () => { captureTime?: number } }).metadata?.();
    // The copy is made at once: the frame is closed when the callback returns.
    this.see({ at: performance.now(), captured: meta?.captureTime ?? null, width: frame.displayWidth, height: frame.displayHeight, take: () => Promise.resolve(frame.clone()) });
  }

  /** Follows the element's frames: for their times, and for the pictures where nothing else gives them. */
  #follow(pictures: boolean): void {
    const video = this.video as WithCallback;
    if (video.requestVideoFrameCallback === undefined) {
      if (pictures) this.#timer = setInterval(() => this.#still(null), FALLBACK_MS);
      return;
    }
    const next = (_: number, meta: VideoMeta): void => {
      if (!this.#running) return;
      this.timing.capture[1]++;
      if (meta.captureTime !== undefined) this.timing.capture[0]++;
      this.timing.media.push(meta.mediaTime * 1000);
      if (this.timing.media.length > TIMES) this.timing.media.shift();
      if (pictures) this.#still(meta.captureTime ?? null);
      // Each call has the page prepare a frame of its own, for nothing but these times where the track gives the pictures.
      else if (this.timing.media.length >= TIMES) return;
      this.#callback = video.requestVideoFrameCallback?.(next) ?? 0;
    };
    this.#callback = video.requestVideoFrameCallback(next);
  }

  #still(captured: number | null): void {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (this.#running && width > 0 && this.video.readyState >= 2) {
      this.see({ at: performance.now(), captured, width, height, take: () => createImageBitmap(this.video) });
    }
  }
}
