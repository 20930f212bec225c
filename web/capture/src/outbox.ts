/** What was captured, on its way out: to the page's callbacks, into the container, to the adapter. */
import { version } from "./assets.js";
import type { Timing } from "./frames.js";
import { entries, form, type Capture, type PhotoShot, type Shown } from "./manifest.js";
import type { CaptureOptions } from "./options.js";
import type { Recorded } from "./recorder.js";
import { captured, photographed } from "./result.js";
import { seal } from "./seal/index.js";
import { engine, signals, type Signals } from "./signals.js";
import type { Event } from "./state.js";
import type { Action, JournalEntry } from "./types.js";
import { WireError, type Answer, type Config, type Opened, type Wire } from "./wire.js";
import { zip } from "./zip.js";

export class Outbox {
  #recorded: Recorded[] = [];
  #photos: PhotoShot[] = [];
  #signals: Promise<Signals | null> = Promise.resolve(null);
  #settings: MediaTrackSettings = {};
  #opened: Opened | undefined;
  #body: Uint8Array | FormData | undefined;
  #answer: Answer | undefined;

  constructor(
    private readonly options: CaptureOptions,
    private readonly wire: Wire,
    private readonly dispatch: (event: Event) => void,
    private readonly tell: (name: string, call: () => void) => void,
  ) {}

  add(recorded: Recorded): void {
    this.#recorded.push(recorded);
  }

  addPhoto(tag: Action, data: Uint8Array): void {
    this.#photos.push({ tag, data });
  }

  /** A new draw: what was captured for the old one is worth nothing. */
  clear(): void {
    this.#recorded = [];
    this.#photos = [];
  }

  camera(track: MediaStreamTrack): void {
    this.#settings = track.getSettings();
  }

  /** Looks at the track before it ends. */
  lookAt(track: MediaStreamTrack | undefined, timing: Timing | undefined, changed: boolean): void {
    if (track !== undefined && timing !== undefined) {
      this.#signals = signals(track, timing, changed).catch(() => null);
    }
  }

  async seal(opened: Opened | undefined, config: Config | undefined, log: JournalEntry[], light: Shown | null): Promise<void> {
    try {
      if (opened === undefined || config === undefined) throw new WireError("config_error", "no session");
      this.#opened = opened;
      const capture = await this.#capture(opened, config, log, light);
      const { container, session_token } = opened;
      const sealed = container !== null && session_token !== null ? await seal(pieces(capture), container, session_token) : undefined;
      this.#hand(capture, config, sealed);
      if (config.architecture === "capture") {
        this.dispatch({ type: "captured" });
        return;
      }
      this.#body = sealed ?? form(capture);
      if (sealed !== undefined && sealed.length > config.limits.max_upload_bytes) throw new WireError("upload_failed", "the capture is larger than the server takes", { bytes: sealed.length });
      this.dispatch({ type: "sealed" });
    } catch (error) {
      this.#fail(error);
    }
  }

  async #capture(opened: Opened, config: Config, log: JournalEntry[], light: Shown | null): Promise<Capture> {
    const { width = 0, height = 0, frameRate = 0, facingMode = "" } = this.#settings;
    return {
      plugin_version: version,
      challenge_id: opened.challenge_id ?? "",
      recorded: this.#recorded,
      photos: this.#photos,
      meta: { ...this.options.meta, event_session_id: opened.event_session_id },
      params: { ...(config.extract_best_shot === undefined ? {} : { extract_best_shot: config.extract_best_shot }), ...this.options.params },
      analyses: ["quality"],
      light,
      device: { engine: engine(), user_agent: navigator.userAgent, screen: [screen.width, screen.height], camera: { width, height, frame_rate: frameRate, facing: facingMode } },
      signals: await this.#signals,
      log: [...log],
    };
  }

  /** Hands the capture to the page, if it wants it: the container as it is, or each action by itself. */
  #hand(capture: Capture, config: Config, sealed: Uint8Array | undefined): void {
    const { on_capture_complete: wanted } = this.options;
    if (wanted === undefined) return;
    if (sealed !== undefined && config.use_wasm_container) {
      this.tell("on_capture_complete", () => wanted(new Blob([sealed as BlobPart], { type: "application/octet-stream" })));
      return;
    }
    const additional = { plugin_version: capture.plugin_version, challenge_id: capture.challenge_id, device: capture.device, signals: capture.signals, log: capture.log };
    for (const r of capture.recorded) this.tell("on_capture_complete", () => wanted(captured(r, additional)));
    for (const p of capture.photos) this.tell("on_capture_complete", () => wanted(photographed(p.tag, p.data, additional)));
  }

  async upload(): Promise<void> {
    const [opened, body] = [this.#opened, this.#body];
    try {
      if (opened === undefined || body === undefined) throw new WireError("upload_failed", "nothing to send");
      const answer = body instanceof FormData ? await this.wire.submit(opened, body) : await this.wire.upload(opened, body, (share) => this.dispatch({ type: "progress", share }));
      this.#body = undefined;
      this.clear();
      if (answer.state === "processing" || answer.state === "uploading") {
        this.dispatch({ type: "submitted" });
        return;
      }
      this.#answer = answer;
      this.dispatch({ type: "finished" });
      this.#finish(answer);
    } catch (error) {
      this.#fail(error);
    }
  }

  async poll(): Promise<void> {
    try {
      const answer = await this.wire.poll(this.#opened as Opened, (seen) => this.tell("on_result", () => this.options.on_result?.(seen)));
      this.#answer = answer;
      this.dispatch({ type: "finished" });
      this.#finish(answer);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The result in the shape that the adapter gave it: both callbacks get the same. */
  #finish(answer: Answer): void {
    if (answer !== this.#answer) return;
    this.tell("on_result", () => this.options.on_result?.(answer));
    this.tell("on_complete", () => this.options.on_complete?.(answer));
  }

  #fail(error: unknown): void {
    if (error instanceof WireError) {
      this.dispatch({ type: "fail", code: error.code, message: error.message, context: error.context });
    } else if ((error as { name?: string } | null)?.name !== "AbortError") {
      this.dispatch({ type: "fail", code: "upload_failed", message: String(error), context: {} });
    }
  }
}

/** The archive, piece by piece. */
async function* pieces(capture: Capture): AsyncGenerator<Uint8Array> {
  yield* zip(entries(capture));
}
