/** One capture from opening to closing: feeds the state machine and does what it says. */
import { locate, version } from "./assets.js";
import { Camera, CameraError, precheck, surroundings } from "./camera.js";
import { createEncoder } from "./encoder/index.js";
import { Follower } from "./follow.js";
import { Journal } from "./journal.js";
import { step } from "./machine.js";
import type { CaptureOptions } from "./options.js";
import { Outbox } from "./outbox.js";
import { qr } from "./qr.js";
import { Recorder } from "./recorder.js";
import { Shine } from "./shine.js";
import { initial, type Effect, type Event, type Plan, type State } from "./state.js";
import { isRTL, pickLanguage, stringsOf } from "./strings/index.js";
import type { Action, Encoder, Tracker, TrackerModule } from "./types.js";
import { present, type Act } from "./ui/present.js";
import { View } from "./ui/view.js";
import { Wire, WireError, type Config, type Opened } from "./wire.js";

/** How long the tracker's first part may take before the capture goes on without it. */
const TRACKER_MS = 20_000;
const TICK_MS = 100;
/** Longest side of a chosen picture in pixels; larger ones are made smaller. */
const LARGEST = 4096;

export class Session {
  /** When the adapter answered with a session; times of frames count from here. */
  #zero = performance.now();
  readonly #camera: Camera;
  readonly #wire: Wire;
  readonly #journal = new Journal(performance.now());
  readonly #view: View;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #outbox: Outbox;
  #state: State = initial(performance.now());
  #config: Config | undefined;
  #opened: Opened | undefined;
  #encoder: Encoder | undefined;
  #recorder: Recorder | undefined;
  #follower: Follower | undefined;
  #tracker: Tracker | undefined;
  #shine: Shine | undefined;
  #photo: Promise<Uint8Array> | undefined;
  /** A picture that the person chose instead of taking one. */
  #picked: ImageBitmap | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #passive = false;
  #tried: string[] = [];
  readonly #listeners: [EventTarget, string, () => void][] = [
    [document, "visibilitychange", () => this.#visibility()],
    [window, "pagehide", () => this.dispatch({ type: "close" })],
    [window, "orientationchange", () => this.dispatch({ type: "visibility", visible: false })],
  ];

  constructor(
    private readonly options: CaptureOptions,
    adapter: string,
    private readonly ended: () => void,
  ) {
    const base = (options.webAdapterUrl ?? adapter).replace(/\/?$/, "/");
    this.adapter = new URL(base, location.href).href;
    this.#wire = new Wire({ base: this.adapter, ...(options.headers === undefined ? {} : { headers: options.headers }) });
    this.#camera = new Camera(surroundings(), { facing: options.cameraFacingMode ?? "user", width: 1280, height: 720, ...(options.device_id === undefined ? {} : { device_id: options.device_id }) });
    const lang = pickLanguage(options.lang, undefined);
    this.#view = new View({ strings: stringsOf(lang), lang, rtl: isRTL(lang), style: options.style ?? {}, pattern: typeof options.overlay_options === "object" && options.overlay_options.show_document_pattern === true, version: `Bonafide ${version}`, act: (act) => this.#act(act), choose: (id) => void this.#choose(id) });
    this.#outbox = new Outbox(options, this.#wire, (event) => this.dispatch(event), (name, call) => this.#tell(name, call));
    for (const [target, name, f] of this.#listeners) target.addEventListener(name, f);
    const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
    if (devices !== undefined) this.#listen(devices, "devicechange", () => this.#journal.devicesChanged());
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#render();
    void this.#begin();
  }

  private readonly adapter: string;

  get state(): State["name"] {
    return this.#state.name;
  }

  close(): void {
    this.dispatch({ type: "close" });
  }

  hide(): void {
    this.dispatch({ type: "hide" });
    this.#view.hide();
  }

  /** Feeds the machine, shows the new state and does the effects. */
  dispatch(event: Event): void {
    const before = this.#state.name;
    const { state, effects } = step(this.#state, event, performance.now());
    this.#state = state;
    if (this.#follower !== undefined) {
      this.#follower.calm = state.meter < 0.3;
      this.#follower.active = state.name === "positioning" || state.name === "baseline" || state.name === "gesture";
    }
    if (state.name !== before && this.options.debug) console.info("[bonafide]", before, "->", state.name, event);
    for (const effect of effects) this.#do(effect);
    if (state.name === "closed") this.#end();
    else this.#render();
  }

  #render(): void {
    const passive = (this.options.passive ?? !this.#demanded()) && !this.#passive && this.#canBePassive();
    this.#view.render(present(this.#state, { passive, phone: this.options.phone !== undefined, sources: this.#config?.photo_source ?? ["capture"] }));
  }

  /** Page or adapter want these gestures, or drawn ones. */
  #demanded(): boolean {
    const { action = null, draw = 0 } = this.options;
    return action !== null || draw > 0 || (this.#config?.actions.draw ?? 0) > 0;
  }

  /** There must be something to leave out, and the adapter must allow what is left. */
  #canBePassive(): boolean {
    const asked = this.#state.plan?.actions ?? [];
    return (this.#config?.actions.video.includes("video_selfie_blank") ?? false) && asked.some((a) => a.startsWith("video_") && a !== "video_selfie_blank");
  }

  #do(effect: Effect): void {
    switch (effect.do) {
      case "ask_camera":
        return void this.#open();
      case "release_camera":
        this.#follower?.stop();
        this.#shine?.stop();
        this.#outbox.lookAt(this.#camera.track, this.#follower?.timing, this.#journal.changed);
        this.#view.video.srcObject = null;
        return this.#camera.release();
      case "record":
        this.#recorder?.start(effect.action, performance.now());
        return this.#shine?.start();
      case "discard":
        this.#shine?.stop();
        return this.#recorder?.discard();
      case "keep":
        return this.#later(async (recorder) => this.#outbox.add(await recorder.keep(performance.now())));
      case "shoot":
        return this.#shoot();
      case "drop_photo":
        return this.#view.photo(undefined);
      case "keep_photo":
        return this.#keepPhoto(effect.action);
      case "redraw":
        this.#passive ||= effect.passive;
        this.#outbox.clear();
        return void this.#draw();
      case "seal":
        return void this.#work.then(() => this.#outbox.seal(this.#opened, this.#config, this.#journal.entries, this.#shine?.shown ?? null));
      case "upload":
        return void this.#outbox.upload();
      case "poll":
        return void this.#outbox.poll();
      case "abort":
        return this.#wire.abort();
      case "journal":
        return this.#journal.add(effect.event, effect.context);
      case "error":
        this.#flush();
        return this.#tell("on_error", () => this.options.on_error?.({ code: effect.code, event_session_id: this.#opened?.event_session_id ?? "", message: effect.message, context: effect.context }));
      case "on_submit":
        return this.#tell("on_submit", () => this.options.on_submit?.());
      case "on_close":
        return this.#tell("on_close", () => this.options.on_close?.());
    }
  }

  /** A page's callback that throws must not stop the capture; after the end there is only on_close. */
  #tell(name: string, call: () => void): void {
    if (this.#state.name === "closed" && name !== "on_close") return;
    if (this.options.debug) console.info("[bonafide]", name);
    try {
      call();
    } catch (error) {
      console.error(error);
    }
  }

  async #begin(): Promise<void> {
    try {
      precheck(surroundings());
      const config = await this.#wire.config(this.options.lang);
      this.#config = config;
      this.#speak(config);
      // Somebody films the person: with the camera on the back, unless the page says another.
      if (config.capture_scenario === "operator" && this.options.cameraFacingMode === undefined) this.#camera.face("environment");
      const assets = locate(config.assets, this.adapter, this.options.assetsUrl);
      this.#encoder = createEncoder(assets?.encoder);
      this.#recorder = new Recorder(this.#encoder, this.#zero, { lossless: config.save_lossless_frame, eyes: config.limits.min_eye_distance_px, lines: config.limits.min_lines });
      this.#follower = new Follower(this.#view.video, this.#recorder, { look: (look) => this.dispatch({ type: "look", look }), fault: (fault) => void this.#fault(fault) });
      void this.#load(assets);
      await this.#draw();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The adapter may not allow the language that was shown so far. */
  #speak(config: Config): void {
    const lang = pickLanguage(this.options.lang ?? config.lang, config.lang_allow);
    this.#view.speak(stringsOf(lang), lang, isRTL(lang));
  }

  async #load(assets: ReturnType<typeof locate>): Promise<void> {
    let tracker: Tracker | undefined;
    try {
      if (assets === undefined) throw new Error("the adapter names no tracker");
      const address = assets.tracker;
      const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("the tracker did not come in time")), TRACKER_MS));
      const ready = async (): Promise<void> => {
        const module = (await import(/* @vite-ignore */ address)) as TrackerModule;
        tracker = module.createTracker({ assets });
        await tracker.start();
      };
      await Promise.race([ready(), late]);
      if (this.#state.name === "closed") {
        tracker?.close();
        return;
      }
      this.#tracker = tracker;
      this.#follower?.follow(tracker);
      this.dispatch({ type: "tracking", on: true });
    } catch (error) {
      tracker?.close();
      this.#journal.add("tracker_failed", { message: String(error) });
      this.dispatch({ type: "tracking", on: false });
    }
  }

  /** Asks the adapter for a session and what is to be done in it. */
  async #draw(): Promise<void> {
    const { options } = this;
    try {
      const config = this.#config as Config;
      const opened = await this.#wire.init({
        actions: this.#passive ? ["video_selfie_blank"] : (options.action ?? null),
        lang: pickLanguage(options.lang ?? config.lang, config.lang_allow),
        meta: options.meta ?? {},
        params: options.params ?? {},
        session_token: options.session_token ?? null,
        origin: options.origin ?? location.origin,
        ...(options.draw === undefined || this.#passive ? {} : { draw: options.draw }),
        ...(options.token === undefined ? {} : { token: options.token }),
        ...(options.result_mode === undefined ? {} : { result_mode: options.result_mode }),
        ...(options.link === undefined ? {} : { link: options.link }),
        ...(options.demo === undefined ? {} : { demo: options.demo }),
      });
      this.#opened = opened;
      this.#zero = performance.now();
      if (this.#recorder !== undefined) this.#recorder.zero = this.#zero;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches || this.#passive;
      this.#shine = opened.light === null || opened.light === undefined || still ? undefined : new Shine(opened.light, (color) => this.#view.shine(color), this.#zero);
      this.dispatch({ type: "plan", plan: this.#plan(config, opened) });
    } catch (error) {
      this.#fail(error);
    }
  }

  #plan(config: Config, opened: Opened): Plan {
    const now = performance.now();
    // The server's clock and this one may differ: a token that seems to be over already is left to the server.
    const left = opened.expires_at === null || opened.expires_at === 0 ? 0 : opened.expires_at * 1000 - Date.now();
    return {
      actions: opened.actions,
      action_ms: Math.max(3, opened.action_seconds) * 1000,
      camera_ms: this.options.get_user_media_timeout ?? 40_000,
      expires: left > 60_000 ? now + left - 15_000 : null,
      limits: config.limits,
      attempts: config.attempts,
      drawn: (this.options.action ?? null) === null && (opened.challenge_id ?? "") !== "",
      local: config.architecture === "capture",
      light_ms: this.#shine?.length ?? 0,
    };
  }

  async #open(device?: string): Promise<void> {
    try {
      const stream = await (device === undefined ? this.#camera.open() : this.#camera.choose(device));
      const video = this.#view.video;
      video.srcObject = stream;
      const operator = this.#config?.capture_scenario === "operator";
      this.#view.mirrored(this.#camera.mirrored && !operator);
      // On a desktop, whose cameras have no side, they would have to be led into an oval that they do not see.
      this.#view.bare(operator && this.#camera.track?.getSettings().facingMode === undefined);
      await video.play().catch(() => undefined);
      const track = this.#camera.track;
      if (track === undefined) throw new CameraError("camera_busy", "the camera gave no picture");
      track.addEventListener("ended", () => this.#camera.track === track && this.dispatch({ type: "fail", code: "camera_busy", message: "the camera stopped" }));
      this.#follower?.start(track);
      this.#outbox.camera(track);
      this.dispatch({ type: "camera" });
      this.#view.cameras(await this.#camera.list(), track.getSettings().deviceId);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #choose(device: string): Promise<void> {
    this.#follower?.stop();
    this.dispatch({ type: "visibility", visible: false });
    await this.#open(device);
  }

  /** A camera without colours gives way to another; one without pictures is an error. */
  async #fault(fault: "infrared" | "black" | "still"): Promise<void> {
    this.#journal.add("camera_fault", { fault });
    if (fault !== "infrared") {
      this.dispatch({ type: "fail", code: "camera_busy", message: fault === "black" ? "the camera's pictures are black" : "the camera's picture stands still", context: { fault } });
      return;
    }
    const current = this.#camera.track?.getSettings().deviceId;
    if (current === undefined || this.#tried.includes(current)) return;
    this.#tried.push(current);
    const other = await this.#camera.other(this.#tried);
    if (other !== undefined) await this.#choose(other);
  }

  /** Takes the picture that was chosen from a file, or else what the camera shows. */
  #shoot(): void {
    const picked = this.#picked;
    this.#picked = undefined;
    this.#photo = Promise.resolve(picked ?? createImageBitmap(this.#view.video)).then((frame) => (this.#encoder as Encoder).jpeg(frame, 0.95));
    void this.#photo.then((data) => this.#state.name === "review" && this.#view.photo(data), (error: unknown) => this.#fail(error));
  }

  #keepPhoto(action: Action): void {
    const photo = this.#photo;
    this.#later(async () => {
      this.#view.photo(undefined);
      if (photo !== undefined) this.#outbox.addPhoto(action, await photo);
    });
  }

  /** Work that sealing has to wait for. It begins at once. */
  #later(work: (recorder: Recorder) => Promise<void>): void {
    const recorder = this.#recorder;
    if (recorder === undefined) return;
    const begun = work(recorder);
    this.#work = Promise.all([this.#work, begun]);
    this.#work.catch((error: unknown) => this.#fail(error));
  }

  #act(act: Act): void {
    if (act === "phone") {
      void this.#phone();
      return;
    }
    if (act === "pick") {
      this.#view.pick((file) => void this.#pick(file));
      return;
    }
    this.dispatch({ type: act });
  }

  /** Takes a picture out of a file; one that is none changes nothing. */
  async #pick(file: Blob): Promise<void> {
    try {
      const whole = await createImageBitmap(file);
      const scale = Math.min(1, LARGEST / Math.max(whole.width, whole.height));
      this.#picked = scale === 1 ? whole : await createImageBitmap(whole, { resizeWidth: Math.round(whole.width * scale), resizeHeight: Math.round(whole.height * scale), resizeQuality: "high" });
      this.dispatch({ type: "shoot" });
    } catch {
      this.#journal.add("photo_unreadable", { type: file.type, bytes: file.size });
    }
    this.#picked = undefined;
  }

  async #phone(): Promise<void> {
    const { phone } = this.options;
    try {
      const address = typeof phone === "function" ? await phone() : phone;
      if (address !== undefined) this.#view.phone(qr(address), address);
    } catch (error) {
      this.#tell("phone", () => console.error(error));
    }
  }

  #fail(error: unknown): void {
    if (error instanceof CameraError || error instanceof WireError) {
      this.dispatch({ type: "fail", code: error.code, message: error.message, context: error.context });
    } else if ((error as { name?: string } | null)?.name !== "AbortError") {
      this.dispatch({ type: "fail", code: "config_error", message: String(error), context: {} });
    }
  }

  #visibility(): void {
    const visible = document.visibilityState === "visible";
    this.dispatch({ type: "visibility", visible });
    // iOS stops a video in the background and does not start it again.
    if (visible && this.#camera.stream !== undefined) void this.#view.video.play().catch(() => undefined);
  }

  #tick(): void {
    const now = performance.now();
    if (this.#camera.stream !== undefined) this.#follower?.check(now);
    this.dispatch({ type: "tick" });
  }

  #listen(target: EventTarget, name: string, f: () => void): void {
    target.addEventListener(name, f);
    this.#listeners.push([target, name, f]);
  }

  #flush(): void {
    const unsent = this.#journal.take();
    if (this.#opened !== undefined && unsent.length > 0) void this.#wire.events(this.#opened, unsent);
  }

  #end(): void {
    clearInterval(this.#timer);
    for (const [target, name, f] of this.#listeners) target.removeEventListener(name, f);
    this.#camera.close();
    this.#follower?.stop();
    this.#tracker?.close();
    this.#encoder?.close();
    this.#shine?.stop();
    this.#flush();
    this.#view.close();
    this.ended();
  }
}
