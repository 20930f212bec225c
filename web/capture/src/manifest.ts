/** What of a capture goes to the server: manifest.json, frames and photos, as the server reads them. */
import type { Recorded } from "./recorder.js";
import type { Engine, Signals } from "./signals.js";
import type { Action, JournalEntry } from "./types.js";
import { zip, type Entry } from "./zip.js";

export interface PhotoShot {
  tag: Action;
  data: Uint8Array;
}

/** Colours that the screen showed, and when. */
export interface Shown {
  shown: { color: string; t_ms: number }[];
}

/** Everything that a capture consists of. */
export interface Capture {
  plugin_version: string;
  challenge_id: string;
  recorded: Recorded[];
  photos: PhotoShot[];
  meta: Record<string, string>;
  params: Record<string, unknown>;
  analyses: string[];
  light: Shown | null;
  device: Device;
  signals: Signals | null;
  log: JournalEntry[];
}

export interface Device {
  engine: Engine;
  user_agent: string;
  screen: [number, number];
  camera: { width: number; height: number; frame_rate: number; facing: string };
}

interface Line {
  action: Action;
  started_ms: number;
  ended_ms: number;
  frames: string[];
  t_ms: number[];
  capture_ms: (number | null)[];
  best: string | null;
}

export interface Manifest extends Omit<Capture, "recorded" | "photos"> {
  version: 1;
  actions: Line[];
  photos: { tag: Action; name: string }[];
}

/** The capture as entries of the sealed archive, manifest.json first. */
export function entries(capture: Capture): Entry[] {
  const files: Entry[] = [];
  const actions = capture.recorded.map((r, i): Line => {
    const frames = r.shots.map((s, k) => {
      const name = `f/${i}/${String(k).padStart(4, "0")}.jpg`;
      files.push({ name, data: s.data });
      return name;
    });
    const best = r.best === null ? null : `best/${i}.png`;
    if (best !== null && r.best !== null) {
      files.push({ name: best, data: r.best.data });
    }
    return { action: r.action, started_ms: r.started_ms, ended_ms: r.ended_ms, frames, t_ms: r.shots.map((s) => s.t_ms), capture_ms: r.shots.map((s) => s.capture_ms), best };
  });
  const photos = capture.photos.map((p, i) => {
    const name = `photo/${i}.jpg`;
    files.push({ name, data: p.data });
    return { tag: p.tag, name };
  });
  return [{ name: "manifest.json", data: text(manifest(capture, actions, photos)) }, ...files];
}

/** The capture as a form, for installations without a sealed container. */
export function form(capture: Capture): FormData {
  const out = new FormData();
  const actions = capture.recorded.map((r, i): Line => {
    const names = frameNames(r.shots.map((s) => s.t_ms));
    out.append(`video${i}`, blob([...zip(r.shots.map((s, k) => ({ name: names[k] as string, data: s.data })))], "application/zip"), `video${i}.zip`);
    if (r.best !== null) {
      out.append(`best${i}`, blob([r.best.data], "image/png"), `best${i}.png`);
    }
    return { action: r.action, started_ms: r.started_ms, ended_ms: r.ended_ms, frames: names, t_ms: r.shots.map((s) => s.t_ms), capture_ms: r.shots.map((s) => s.capture_ms), best: r.best === null ? null : `best${i}` };
  });
  const photos = capture.photos.map((p, i) => {
    out.append(`photo${i}`, blob([p.data], "image/jpeg"), `photo${i}.jpg`);
    return { tag: p.tag, name: `photo${i}` };
  });
  out.append("payload", JSON.stringify(manifest(capture, actions, photos)));
  return out;
}

function manifest(capture: Capture, actions: Line[], photos: { tag: Action; name: string }[]): Manifest {
  const { recorded: _, photos: __, ...rest } = capture;
  return { version: 1, ...rest, actions, photos };
}

/** Milliseconds with six digits; frames of one millisecond are moved on, so that names stay apart and in order. */
export function frameNames(times: readonly number[]): string[] {
  let last = -1;
  return times.map((t) => {
    last = Math.max(last + 1, Math.round(t));
    return `${String(last).padStart(6, "0")}.jpg`;
  });
}

function blob(parts: Uint8Array[], type: string): Blob {
  return new Blob(parts as BlobPart[], { type });
}

function text(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
