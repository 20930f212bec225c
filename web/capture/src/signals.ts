/**
 * Weak signs that the pictures do not come from a camera. They are written down for the
 * server and decide nothing here: any of them is also seen with honest people.
 */
import type { Timing } from "./frames.js";

/** What the manifest carries as "signals". */
export interface Signals {
  track_class: string;
  has_group_id: boolean;
  has_track_stats: boolean;
  capture_time: [number, number];
  jitter_ms: number | null;
  label_hash: string | null;
  label_virtual: boolean;
  patched: string[];
  webdriver: boolean;
  devices_changed: boolean;
}

export type Engine = "chromium" | "gecko" | "webkit";

/** The engine, by what it can do and not by what it says. */
export function engine(): Engine {
  if ("MediaStreamTrackProcessor" in globalThis || "userAgentData" in navigator) return "chromium";
  return "mozInnerScreenX" in globalThis ? "gecko" : "webkit";
}

const virtual = /virtual|obs[- ]|manycam|snap camera|xsplit|droidcam|e2esoft|splitcam|unity capture|v4l2loopback|dummy/i;

/** Looks at the track and the page. */
export async function signals(track: MediaStreamTrack, timing: Timing, devicesChanged: boolean): Promise<Signals> {
  const settings = track.getSettings();
  return {
    track_class: track.constructor.name,
    has_group_id: typeof settings.groupId === "string" && settings.groupId !== "",
    has_track_stats: "stats" in track,
    capture_time: [timing.capture[0], timing.capture[1]],
    jitter_ms: jitter(timing.media),
    label_hash: await hash(track.label),
    label_virtual: virtual.test(track.label),
    patched: patched(),
    webdriver: navigator.webdriver === true,
    devices_changed: devicesChanged,
  };
}

/** Standard deviation of the time between frames; null where there are too few. */
export function jitter(times: readonly number[]): number | null {
  const gaps = times.slice(1).map((t, i) => t - (times[i] as number));
  if (gaps.length < 10) {
    return null;
  }
  const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
  return Math.round(10 * Math.sqrt(gaps.reduce((a, b) => a + (b - mean) ** 2, 0) / gaps.length)) / 10;
}

/** Names of functions that are not the engine's own. */
function patched(): string[] {
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  const looked: [string, unknown, object | undefined][] = [
    ["getUserMedia", devices?.getUserMedia, devices],
    ["enumerateDevices", devices?.enumerateDevices, devices],
    ["getSettings", MediaStreamTrack.prototype.getSettings, undefined],
    ["drawImage", CanvasRenderingContext2D.prototype.drawImage, undefined],
  ];
  return looked.filter(([name, f, owner]) => !native(f) || (owner !== undefined && Object.hasOwn(owner, name))).map(([name]) => name);
}

function native(f: unknown): boolean {
  return typeof f !== "function" || /\[native code\]/.test(Function.prototype.toString.call(f));
}

/** First 8 bytes of the SHA-256: the label itself may name a person. */
async function hash(label: string): Promise<string | null> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (subtle === undefined || label === "") {
    return null;
  }
  const sum = new Uint8Array(await subtle.digest("SHA-256", new TextEncoder().encode(label)));
  return [...sum.slice(0, 8)].map((b) => b.toString(16).padStart(2, "0")).join("");
}
