/**
 * One camera stream for a whole capture. Every way to fail has a code, every track that was
 * ever obtained ends: also one that arrives after the capture was closed.
 */
import type { Code } from "./state.js";

/** Why there is no camera. */
export class CameraError extends Error {
  override readonly name = "CameraError";
  constructor(
    readonly code: Code,
    message: string,
    readonly context: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** What of the page's surroundings the camera needs; a test hands in its own. */
export interface Surroundings {
  devices: MediaDevices | undefined;
  secure: boolean;
  /** Inside another page's frame. */
  framed: boolean;
  /** What the permissions policy says about the camera; undefined where the engine cannot tell. */
  allowed: boolean | undefined;
  store: Pick<Storage, "getItem" | "setItem"> | undefined;
}

export interface Wish {
  facing: "user" | "environment";
  /** The page's choice, if any. */
  device_id?: string;
  width: number;
  height: number;
}

/** A camera as the picker shows it. */
export interface Device {
  id: string;
  label: string;
}

const REMEMBERED = "bonafide.camera";
/** Labels of cameras that show no colours; tried last. */
const infrared = /\b(ir|infrared|infra-red|depth|windows hello)\b/i;

/** The page's surroundings. */
export function surroundings(): Surroundings {
  const policy = (document as unknown as { featurePolicy?: { allowsFeature(name: string): boolean }; permissionsPolicy?: { allowsFeature(name: string): boolean } });
  return {
    devices: (navigator as { mediaDevices?: MediaDevices }).mediaDevices,
    secure: window.isSecureContext,
    framed: window.self !== window.top,
    allowed: (policy.permissionsPolicy ?? policy.featurePolicy)?.allowsFeature("camera"),
    store: storage(),
  };
}

/** Storage may be forbidden to third parties; then no camera is remembered. */
function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

/** Throws the reason for which no camera can be asked for at all. */
export function precheck(at: Surroundings): void {
  if (!at.secure) {
    throw new CameraError("insecure_origin", "the page is not served by HTTPS, so browsers give it no camera");
  }
  if (at.framed && at.allowed === false) {
    throw new CameraError("frame_permission", 'the frame lacks the attribute allow="camera"');
  }
  if (at.devices?.getUserMedia === undefined) {
    throw new CameraError("browser_not_supported", "the browser has no getUserMedia");
  }
}

/** Gives an error of getUserMedia its code. */
export function cameraError(error: unknown, at: Surroundings): CameraError {
  if (error instanceof CameraError) {
    return error;
  }
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  const message = error instanceof Error || error instanceof DOMException ? error.message : String(error);
  const context = { name, message };
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
    case "PermissionDeniedError":
      if (at.framed && at.allowed === false) {
        return new CameraError("frame_permission", 'the frame lacks the attribute allow="camera"', context);
      }
      return new CameraError("camera_permission_denied", "the camera was not permitted", context);
    case "NotFoundError":
    case "OverconstrainedError":
    case "DevicesNotFoundError":
      return new CameraError("camera_not_found", "no camera was found", context);
    case "NotReadableError":
    case "TrackStartError":
    case "AbortError":
      return new CameraError("camera_busy", "the camera is used by another program", context);
    case "TypeError":
    case "NotSupportedError":
      return new CameraError("browser_not_supported", "the browser cannot open a camera here", context);
    default:
      return new CameraError("camera_not_found", "the camera did not start", context);
  }
}

/** The stream of a capture. */
export class Camera {
  #stream: MediaStream | undefined;
  #closed = false;
  #turn = 0;

  constructor(
    private readonly at: Surroundings,
    private wish: Wish,
  ) {}

  /** Wishes for the other side from the next opening on. */
  face(facing: Wish["facing"]): void {
    this.wish = { ...this.wish, facing };
  }

  get stream(): MediaStream | undefined {
    return this.#stream;
  }

  get track(): MediaStreamTrack | undefined {
    return this.#stream?.getVideoTracks()[0];
  }

  /** Whether the preview is to be shown as in a mirror: cameras on the back are not. */
  get mirrored(): boolean {
    const facing = this.track?.getSettings().facingMode;
    return this.wish.facing === "user" && facing !== "environment";
  }

  /** Opens the camera; the one chosen or remembered is only preferred, so that a stale one hurts nobody. */
  async open(device = this.wish.device_id ?? this.at.store?.getItem(REMEMBERED) ?? undefined): Promise<MediaStream> {
    precheck(this.at);
    const turn = ++this.#turn;
    const stream = await this.#ask(device);
    if (this.#closed || turn !== this.#turn) {
      stop(stream);
      throw new CameraError("camera_timeout", "the camera came too late");
    }
    this.#stream = stream;
    return stream;
  }

  async #ask(device: string | undefined): Promise<MediaStream> {
    const devices = this.at.devices as MediaDevices;
    let last: unknown;
    for (const video of constraints(this.wish, device)) {
      try {
        return await devices.getUserMedia({ video, audio: false });
      } catch (error) {
        last = error;
        const name = (error as { name?: string }).name;
        // A constraint that no camera fulfils is dropped; a refusal of the person is final.
        if (name !== "OverconstrainedError" && name !== "NotFoundError" && name !== "NotReadableError") {
          break;
        }
      }
    }
    throw cameraError(last, this.at);
  }

  /** Changes to another camera and remembers it. */
  async choose(device: string): Promise<MediaStream> {
    this.#stop();
    const stream = await this.open(device);
    try {
      this.at.store?.setItem(REMEMBERED, device);
    } catch {
      // A full or forbidden storage only means that the choice is not remembered.
    }
    return stream;
  }

  /** All cameras, those that may show colours first; labels are there once the person has agreed. */
  async list(): Promise<Device[]> {
    const all = (await this.at.devices?.enumerateDevices()) ?? [];
    const cameras = all.filter((d) => d.kind === "videoinput" && d.deviceId !== "").map((d) => ({ id: d.deviceId, label: d.label }));
    return [...cameras.filter((d) => !infrared.test(d.label)), ...cameras.filter((d) => infrared.test(d.label))];
  }

  /** The next camera after one that shows no colours; undefined where there is none left. */
  async other(tried: readonly string[]): Promise<string | undefined> {
    return (await this.list()).find((d) => !tried.includes(d.id))?.id;
  }

  /** Ends every track, now and of a stream that is still on its way. */
  close(): void {
    this.#closed = true;
    this.#stop();
  }

  /** Ends the stream but leaves the camera ready to be opened again. */
  release(): void {
    this.#turn++;
    this.#stop();
  }

  #stop(): void {
    if (this.#stream !== undefined) {
      stop(this.#stream);
      this.#stream = undefined;
    }
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) {
    track.stop();
  }
}

/** Constraints from the most wanted to none at all. */
export function constraints(wish: Wish, device: string | undefined): (MediaTrackConstraints | true)[] {
  const size: MediaTrackConstraints = { width: { ideal: wish.width }, height: { ideal: wish.height }, frameRate: { ideal: 30 } };
  const facing: MediaTrackConstraints = { ...size, facingMode: { ideal: wish.facing } };
  const all: (MediaTrackConstraints | true)[] = [facing, size, true];
  // The wish for a side would win over the person's choice of a device in some engines.
  return device === undefined || device === "" ? all : [{ ...size, deviceId: { ideal: device } }, ...all];
}

/** Mean difference between the colour channels, 0..255, of pixels as canvases give them. */
export function colourOf(pixels: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    const [r, g, b] = [pixels[i] as number, pixels[i + 1] as number, pixels[i + 2] as number];
    sum += Math.max(r, g, b) - Math.min(r, g, b);
  }
  return pixels.length === 0 ? 0 : (4 * sum) / pixels.length;
}

/** What is wrong with the picture as such. */
export type Fault = "infrared" | "black";

/** Frames that must agree before a picture is called wrong. */
const AGREE = 10;

/** Watches the pictures: an infrared camera shows grey ones, a covered or broken one black ones. */
export class Watchdog {
  #grey = 0;
  #black = 0;

  /** Judges a frame by its mean luma and colour; a fault once enough frames in a row agree. */
  see(luma: number, colour: number): Fault | null {
    this.#black = luma < 4 ? this.#black + 1 : 0;
    this.#grey = luma >= 20 && colour < 1.5 ? this.#grey + 1 : 0;
    if (this.#black >= AGREE) {
      return "black";
    }
    return this.#grey >= AGREE ? "infrared" : null;
  }

  reset(): void {
    this.#grey = 0;
    this.#black = 0;
  }
}
