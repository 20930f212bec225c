/** Looks at the camera's frames: hands them to the recorder, has faces followed and light measured. */
import { Watchdog, type Fault } from "./camera.js";
import { Frames, type Offered, type Timing } from "./frames.js";
import { Meter } from "./light.js";
import { eyeDistance, type Light, type Look } from "./measure.js";
import type { Recorder } from "./recorder.js";
import type { Face, Tracker } from "./types.js";

/** Light is measured this often, and faces are reported at least as often where none are followed. */
const LIGHT_MS = 200;
/** A picture that stands still for this long is a fault of the camera. */
const STILL_MS = 6_000;
/** The meter needs faces, too. */
const REST_MS = 60;
/** A page that was not asked for this long was asleep itself: the camera's frames may only be late. */
const ASLEEP_MS = 1_000;

export interface Watched {
  look: (look: Look, at: number) => void;
  fault: (fault: Fault | "still") => void;
}

export class Follower {
  readonly #frames: Frames;
  readonly #meter = new Meter(document.createElement("canvas"));
  readonly #dog = new Watchdog();
  #tracker: Tracker | undefined;
  #busy = false;
  /** Until when a machine that records too little is left alone: for as long as its last face took, and not for long. */
  #rest = 0;
  #measured = 0;
  #light: Light | null = null;
  #face: Face | undefined;
  /** When the last frame came; before the camera shows any, nothing can stand still. */
  #last = Infinity;
  #checked = 0;
  /** The gesture has not begun: what the recorder may cut its beginning by. */
  calm = true;
  /** Faces matter right now. */
  active = true;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly recorder: Recorder,
    private readonly watched: Watched,
  ) {
    this.#frames = new Frames(video, (frame) => this.#see(frame));
  }

  get timing(): Timing {
    return this.#frames.timing;
  }

  /** From now on faces are followed by it; undefined: by nobody. */
  follow(tracker: Tracker | undefined): void {
    this.#tracker = tracker;
  }

  start(track: MediaStreamTrack): void {
    this.#dog.reset();
    this.#face = undefined;
    this.#last = performance.now();
    this.#frames.start(track);
  }

  stop(): void {
    this.#last = Infinity;
    this.#frames.stop();
  }

  /** To be called now and then: notices a camera that has stopped. */
  check(now: number): void {
    const asleep = document.visibilityState !== "visible" || now - this.#checked > ASLEEP_MS;
    this.#checked = now;
    if (asleep && this.#last < now) {
      this.#last = now;
    } else if (now - this.#last > STILL_MS) {
      this.#last = now;
      this.watched.fault("still");
    }
  }

  #see(frame: Offered): void {
    this.#last = frame.at;
    this.recorder.offer(frame, this.calm);
    const due = frame.at - this.#measured >= LIGHT_MS;
    if (due) {
      this.#measured = frame.at;
      this.#measure();
    }
    if (this.#tracker === undefined || !this.active) {
      if (due) this.#tell([], frame);
    } else if (!this.#busy && !(frame.at < this.#rest && this.recorder.slow(frame.at))) {
      this.#busy = true;
      void this.#track(this.#tracker, frame);
    }
  }

  async #track(tracker: Tracker, frame: Offered): Promise<void> {
    try {
      const faces = await tracker.track(await frame.take());
      this.#tell(faces, frame);
    } catch {
      // A tracker that was closed or has failed: whoever made it knows.
    } finally {
      this.#busy = false;
      const now = performance.now();
      this.#rest = now + Math.min(now - frame.at, REST_MS);
    }
  }

  #tell(faces: Face[], frame: Offered): void {
    this.#face = faces[0];
    const { width, height } = frame;
    this.recorder.saw(faces[0] ?? null, frame.at, faces[0] === undefined ? undefined : eyeDistance(faces[0], width, height));
    this.watched.look({ faces, light: this.#light, width, height }, performance.now());
  }

  #measure(): void {
    const measured = this.#meter.measure(this.video, this.#face?.box);
    this.#light = measured?.light ?? null;
    const fault = measured === null ? null : this.#dog.see(measured.luma, measured.colour);
    if (fault !== null) {
      this.#dog.reset();
      this.watched.fault(fault);
    }
  }
}
