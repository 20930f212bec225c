/** Looks at the camera's frames: hands them to the recorder, has faces followed and light measured. */
import { Watchdog, type Fault } from "./camera.js";
import { Frames, type Offered, type Timing } from "./frames.js";
import { Meter } from "./light.js";
import { eyeDistance, type Light, type Look } from "./measure.js";
import type { Recorder } from "./recorder.js";
import type { Face, Tracker } from "./types.js";

/** Light is measured this often, and faces are reported at least as often where none are followed. */
const LIGHT_MS = 200;
/** The same while frames are recorded, when no hint is given: only the watchdog asks. */
const LIGHT_RECORDING_MS = 1_000;
/** A picture that stands still for this long is a fault of the camera. */
const STILL_MS = 6_000;
/**
 * While fewer frames a second are recorded than the first, faces are followed ten times a second and no more; below the
 * second, which the server would refuse, following also rests for as long as a face takes.
 */
const SPARE = 12;
const STARVED = 10.5;
const FACE_MS = 92;
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
  /** When the last face was asked for, and answered. */
  #asked = 0;
  #answered = 0;
  #told = 0;
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
    const due = frame.at - this.#told >= LIGHT_MS;
    if (due) {
      this.#told = frame.at;
      this.#measure(frame.at);
    }
    if (this.#tracker === undefined || !this.active) {
      if (due) this.#tell([], frame);
    } else if (!this.#busy && !this.#rests(frame.at)) {
      this.#busy = true;
      this.#asked = frame.at;
      void this.#track(this.#tracker, frame);
    }
  }

  async #track(tracker: Tracker, frame: Offered): Promise<void> {
    try {
      const faces = await tracker.track(await frame.take());
      this.recorder.saw(faces[0] ?? null, frame.at, faces[0] === undefined ? undefined : eyeDistance(faces[0], frame.width, frame.height));
      this.#tell(faces, frame);
    } catch {
      // A tracker that was closed or has failed: whoever made it knows.
    } finally {
      this.#busy = false;
      this.#answered = performance.now();
    }
  }

  /** Evidence goes before the meter: tells whether this frame is left to the recorder alone. */
  #rests(at: number): boolean {
    const rate = this.recorder.rate(at);
    const took = this.#answered - this.#asked;
    return rate < SPARE && (at < this.#asked + FACE_MS || (rate < STARVED && at < this.#answered + Math.min(took, REST_MS)));
  }

  #tell(faces: Face[], frame: Offered): void {
    this.#face = faces[0];
    const { width, height } = frame;
    const { recorded } = this.recorder;
    this.watched.look({ faces, light: this.#light, width, height, ...(recorded === null ? {} : { recorded }) }, performance.now());
  }

  #measure(at: number): void {
    if (this.recorder.recording && at - this.#measured < LIGHT_RECORDING_MS) return;
    this.#measured = at;
    const measured = this.#meter.measure(this.video, this.#face?.box);
    this.#light = measured?.light ?? null;
    const fault = measured === null ? null : this.#dog.see(measured.luma, measured.colour);
    if (fault !== null) {
      this.#dog.reset();
      this.watched.fault(fault);
    }
  }
}
