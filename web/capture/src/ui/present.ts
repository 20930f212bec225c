/** Which screen a state is shown as. Pure: the view only draws what this says. */
import { actionOf, type Code, type State } from "../state.js";
import type { Key } from "../strings/en.js";
import type { Action } from "../types.js";

/** What a person may do. */
export type Act = "close" | "retry" | "passive" | "shoot" | "pick" | "retake" | "use" | "phone";

export interface Screen {
  /** face: oval over the camera; document: its frame; review: the photo that was taken; panel: text alone. */
  kind: "face" | "document" | "review" | "panel";
  title: Key;
  /** Smaller text below, or above the camera's picture. */
  text: Key | null;
  /** Something goes on that needs no one. */
  busy: boolean;
  /** Share of the gesture or the upload; null: no meter. */
  meter: number | null;
  aligned: boolean;
  bright: boolean;
  failed: boolean;
  buttons: { act: Act; key: Key }[];
}

/** What the session knows beside the state. */
export interface Surrounding {
  /** The person may ask for a capture without movements. */
  passive: boolean;
  /** There is an address for a phone. */
  phone: boolean;
  /** Where photos of documents may come from: capture, upload. */
  sources?: readonly string[];
}

const errors: Partial<Record<Code, Key>> = {
  camera_permission_denied: "camera.denied",
  camera_not_found: "camera.missing",
  camera_busy: "camera.busy",
  virtual_camera: "camera.virtual",
};
const cameraErrors: readonly Code[] = ["camera_not_found", "camera_permission_denied", "camera_busy", "camera_timeout"];

/** Text of an error. */
export function errorKey(code: Code): Key {
  return errors[code] ?? (`error.${code}` as Key);
}

/** Text of an action's task. */
export function taskKey(action: Action): Key {
  switch (action) {
    case "video_selfie_high":
      return "task.up";
    case "video_selfie_zoom_in":
      return "task.closer";
    case "video_selfie_zoom_out":
      return "task.further";
    case "video_selfie_oneshot":
      return "task.best";
    case "photo_id_front":
      return "doc.front";
    case "photo_id_back":
      return "doc.back";
    case "photo_doc_custom":
      return "doc.custom";
    default:
      return `task.${action.slice("video_selfie_".length)}` as Key;
  }
}

/** The screen of a state. */
export function present(state: State, around: Surrounding): Screen {
  const screen = { text: null, busy: false, meter: null, aligned: false, bright: state.bright, failed: false, buttons: [] };
  const action = actionOf(state);
  const wait = (title: Key): Screen => ({ ...screen, kind: "panel", title, busy: true });
  switch (state.name) {
    case "loading":
    case "closed":
      return wait("ui.loading");
    case "permission":
      return { ...screen, kind: "panel", title: "camera.request.title", text: "camera.request.text", busy: true };
    case "positioning":
      return { ...screen, kind: "face", title: state.hint === null ? "ui.place" : `hint.${state.hint}`, text: action === undefined ? null : "ui.place", aligned: state.fixed !== null, buttons: passive(around) };
    case "baseline":
      return { ...screen, kind: "face", title: "hint.hold_still", text: null, aligned: true, meter: 0 };
    case "gesture":
      return { ...screen, kind: "face", title: action === undefined ? "hint.hold_still" : taskKey(action), aligned: true, meter: state.meter };
    case "next":
      return { ...screen, kind: "face", title: "ui.good", aligned: true, meter: 1 };
    case "photo":
      return { ...screen, kind: "document", title: action === undefined ? "doc.hint" : taskKey(action), text: state.hint === null ? "doc.hint" : state.hint === "too_bright" ? "doc.glare" : `hint.${state.hint}`, buttons: photoButtons(around.sources ?? ["capture"]) };
    case "review":
      return { ...screen, kind: "review", title: "doc.check", buttons: [{ act: "use", key: "doc.use" }, { act: "retake", key: "doc.retake" }] };
    case "sealing":
      return wait("ui.packing");
    case "uploading":
      return { ...wait("ui.uploading"), meter: state.progress };
    case "processing":
      return wait("ui.processing");
    case "timeout":
      return { ...screen, kind: "panel", title: state.few ? "few.title" : "timeout.title", text: state.few ? "few.text" : "timeout.text", buttons: [{ act: "retry", key: "ui.retry" }, ...passive(around), { act: "close", key: "ui.cancel" }] };
    case "done":
      return { ...screen, kind: "panel", title: "ui.success", text: null };
    case "failed":
      return failed(state, around);
  }
}

function passive(around: Surrounding): { act: Act; key: Key }[] {
  return around.passive ? [{ act: "passive", key: "ui.passive" }] : [];
}

function photoButtons(sources: readonly string[]): { act: Act; key: Key }[] {
  const pick: { act: Act; key: Key }[] = sources.includes("upload") ? [{ act: "pick", key: "doc.pick" }] : [];
  return sources.includes("capture") || pick.length === 0 ? [{ act: "shoot", key: "doc.shoot" }, ...pick] : pick;
}

function failed(state: State, around: Surrounding): Screen {
  const code = state.error?.code ?? "config_error";
  const buttons: { act: Act; key: Key }[] = [];
  if (cameraErrors.includes(code)) buttons.push({ act: "retry", key: "ui.retry" });
  if (around.phone) buttons.push({ act: "phone", key: "ui.phone" });
  buttons.push({ act: "close", key: "ui.close" });
  return { kind: "panel", title: "ui.failed", text: errorKey(code), busy: false, meter: null, aligned: false, bright: false, failed: true, buttons };
}
