/** States, events and effects of a capture: all that machine.ts is a function of. Everything is plain JSON. */
import type { Hint, Limits, Look, Pose } from "./measure.js";
import type { Action } from "./types.js";

/** Where a capture stands. */
export type Name =
  | "loading"
  | "permission"
  | "positioning"
  | "baseline"
  | "gesture"
  | "next"
  | "photo"
  | "review"
  | "sealing"
  | "uploading"
  | "processing"
  | "timeout"
  | "done"
  | "failed"
  | "closed";

/** Codes of on_error; every one has a text that tells what to do. */
export const codes = [
  "license_error", "license_origin_error", "license_expired", "session_token_error", "browser_not_supported",
  "camera_not_found", "camera_permission_denied", "camera_busy", "camera_timeout", "virtual_camera",
  "capture_timeout", "attempts_exceeded", "upload_failed", "server_unreachable", "analysis_failed",
  "config_error", "insecure_origin", "frame_permission",
] as const;
export type Code = (typeof codes)[number];

/** What a session was given by the adapter and the page. Times in milliseconds. */
export interface Plan {
  actions: Action[];
  /** Time for one gesture. */
  action_ms: number;
  /** How long the camera may take, the person's answer included. */
  camera_ms: number;
  /** When the session token ends, on the clock of the events; null where there is no token. */
  expires: number | null;
  limits: Limits;
  /** Tries per action and of the whole capture; 0: no limit. */
  attempts: { single: number; common: number };
  /** The server drew the actions, so the last try of one begins with a new draw. */
  drawn: boolean;
  /** The page takes the capture itself: nothing is uploaded. */
  local: boolean;
  /** How long the screen shows colours, from the start of the first recording; absent or 0: not at all. */
  light_ms?: number;
}

export interface State {
  name: Name;
  /** When the state was entered. */
  since: number;
  plan: Plan | null;
  /** Whether faces are followed; off: oval, timer, and the server decides. */
  tracking: "pending" | "on" | "off";
  /** The camera has been asked for and answered. */
  camera: boolean;
  /** Index of the action. */
  step: number;
  hint: Hint | null;
  /** When the hint last changed. */
  hinted: number;
  /** Since when all conditions hold; null while one does not. */
  fixed: number | null;
  /** Frames in a row without a face while recording. */
  lost: number;
  /** Measures of the calm face while it is recorded. */
  poses: Pose[];
  base: Pose | null;
  /** 0..1: how far the gesture has gone, or the share of the time that has passed. */
  meter: number;
  /** Since when the gesture is far enough. */
  held: number | null;
  /** When the gesture was complete; a little more is recorded after it. */
  reached: number | null;
  blinks: number;
  shut: boolean;
  tries: { single: number; common: number };
  /** The last attempt was over because too few frames were recorded, not for its time. */
  few: boolean;
  /** The screen lights the face; stays on until the capture ends. */
  bright: boolean;
  hidden: boolean;
  /** Share of the upload that the server has. */
  progress: number;
  error: { code: Code; message: string; context: Record<string, unknown> } | null;
}

export type Event =
  | { type: "plan"; plan: Plan }
  | { type: "tracking"; on: boolean }
  | { type: "camera" }
  | { type: "look"; look: Look }
  | { type: "tick" }
  | { type: "shoot" }
  | { type: "retake" }
  | { type: "use" }
  | { type: "retry" }
  | { type: "passive" }
  | { type: "sealed" }
  | { type: "progress"; share: number }
  | { type: "submitted" }
  | { type: "finished" }
  | { type: "captured" }
  | { type: "visibility"; visible: boolean }
  | { type: "fail"; code: Code; message: string; context?: Record<string, unknown> }
  | { type: "hide" }
  | { type: "close" };

export type Effect =
  | { do: "ask_camera" }
  | { do: "release_camera" }
  | { do: "record"; action: Action }
  | { do: "discard" }
  | { do: "keep"; action: Action }
  | { do: "shoot" }
  | { do: "drop_photo" }
  | { do: "keep_photo"; action: Action }
  | { do: "redraw"; passive: boolean }
  | { do: "seal" }
  | { do: "upload" }
  | { do: "poll" }
  | { do: "abort" }
  | { do: "error"; code: Code; message: string; context: Record<string, unknown> }
  | { do: "on_submit" }
  | { do: "on_close" }
  | { do: "journal"; event: string; context: Record<string, unknown> };

export interface Step {
  state: State;
  effects: Effect[];
}

/** A capture that has just been opened. */
export function initial(now: number): State {
  return {
    name: "loading", since: now, plan: null, tracking: "pending", camera: false, step: 0,
    hint: null, hinted: now, fixed: null, lost: 0, poses: [], base: null, meter: 0, held: null, reached: null,
    blinks: 0, shut: false, tries: { single: 0, common: 0 }, few: false, bright: false, hidden: false, progress: 0, error: null,
  };
}

/** The action that the capture is at. */
export function actionOf(state: State): Action | undefined {
  return state.plan?.actions[state.step];
}

export function isPhoto(action: Action | undefined): boolean {
  return action !== undefined && action.startsWith("photo_");
}
