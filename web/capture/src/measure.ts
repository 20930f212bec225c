/**
 * What a frame says about the person in front of the camera: which hint helps most, and how
 * far a gesture has gone. Pure functions over numbers, so that other clients can repeat them.
 */
import type { Box, Face, Gesture, Point } from "./types.js";

/** Brightness and sharpness, of the face where there is one and else of the whole frame. */
export interface Light {
  /** Mean of the luma, 0..255. */
  mean: number;
  /** Difference of the left and right halves, in shares of the brighter one. */
  side: number;
  /** Variance of the Laplacian at 112 pixels. */
  sharpness: number;
}

/** Everything that was measured on one frame. */
export interface Look {
  faces: Face[];
  light: Light | null;
  /** Size of the frame in pixels. */
  width: number;
  height: number;
  /** Frames that are recorded of the action so far, and how many a second; absent where none are, or nobody counts. */
  recorded?: { frames: number; fps: number };
}

/** What the server accepts, as config.php tells it. */
export interface Limits {
  min_eye_distance_px: number;
  max_face_share: number;
}

/** A hint by the last part of its key among the strings. */
export type Hint =
  | "too_dark" | "too_bright" | "uneven_light" | "blurry"
  | "no_face" | "many_faces" | "far" | "near"
  | "move_left" | "move_right" | "move_up" | "move_down"
  | "look_straight" | "level_head" | "eyes_open" | "hold_still";

/** Measures that gestures are told by, all of one face. */
export interface Pose {
  yaw: number;
  pitch: number;
  mouth_width: number;
  mouth_lift: number;
  eyes_open: number;
  /** Distance of the eyes in shares of the frame's short side. */
  size: number;
}

/** Luma under which the screen is made white to light the face. */
const DARK = 60;
const BRIGHT = 215;
const UNEVEN = 0.4;
const BLURRED = 12;
/** A second face counts when it is at least this share of the first one's height. */
const SECOND_FACE = 0.5;

/** Looser rules once the face is fixed, so that the hint does not flicker at a border. */
function rules(fixed: boolean): { small: number; large: number; off: number; turn: number; lean: number } {
  return fixed ? { small: 0.28, large: 0.68, off: 0.16, turn: 18, lean: 20 } : { small: 0.32, large: 0.62, off: 0.12, turn: 15, lean: 15 };
}

/** The faces that matter: a person far behind is no reason to stop. */
export function near(faces: readonly Face[]): Face[] {
  const first = faces[0];
  if (first === undefined) {
    return [];
  }
  const least = SECOND_FACE * (first.box.bottom - first.box.top);
  return faces.filter((f) => f.box.bottom - f.box.top >= least);
}

/** Side of the face in shares of the frame's short side: what "closer" and "farther" go by. */
export function faceSize(box: Box, width: number, height: number): number {
  return Math.max((box.right - box.left) * width, (box.bottom - box.top) * height) / Math.min(width, height);
}

/** Distance of the eyes in pixels; undefined where the tracker gives no points. */
export function eyeDistance(face: Face, width: number, height: number): number | undefined {
  if (face.landmarks === undefined) {
    return undefined;
  }
  const [ax, ay] = face.landmarks.left_eye;
  const [bx, by] = face.landmarks.right_eye;
  return Math.hypot((ax - bx) * width, (ay - by) * height);
}

/** The one hint that helps most, or null when all is well. Order: light, sharpness, faces, size, place, pose. */
export function hintOf(look: Look, limits: Limits, fixed: boolean): Hint | null {
  return lightHint(look.light) ?? faceHint(look, limits, fixed);
}

function lightHint(light: Light | null): Hint | null {
  if (light === null) {
    return null;
  }
  if (light.mean < DARK) return "too_dark";
  if (light.mean > BRIGHT) return "too_bright";
  if (light.side > UNEVEN) return "uneven_light";
  return light.sharpness < BLURRED ? "blurry" : null;
}

function faceHint(look: Look, limits: Limits, fixed: boolean): Hint | null {
  const faces = near(look.faces);
  const face = faces[0];
  if (face === undefined) return "no_face";
  if (faces.length > 1) return "many_faces";
  const rule = rules(fixed);
  const size = faceSize(face.box, look.width, look.height);
  const eyes = eyeDistance(face, look.width, look.height);
  if (size < rule.small || (eyes !== undefined && eyes < limits.min_eye_distance_px * 1.15)) return "far";
  if (size > rule.large || face.box.right - face.box.left > limits.max_face_share * 0.95) return "near";
  return placeHint(face.box, look, rule.off) ?? poseHint(face, rule);
}

/** Where the person has to move, as they see it; the frame is not mirrored, so its left is their right. */
function placeHint(box: Box, look: Look, off: number): Hint | null {
  const short = Math.min(look.width, look.height);
  const dx = (((box.left + box.right) / 2 - 0.5) * look.width) / short;
  const dy = (((box.top + box.bottom) / 2 - 0.5) * look.height) / short;
  if (Math.abs(dx) > off && Math.abs(dx) >= Math.abs(dy)) return dx < 0 ? "move_left" : "move_right";
  if (Math.abs(dy) > off) return dy < 0 ? "move_down" : "move_up";
  return null;
}

function poseHint(face: Face, rule: { turn: number; lean: number }): Hint | null {
  // A camera on a desk looks up at the person, so a larger pitch than the turn is usual.
  if (Math.abs(face.yaw ?? 0) > rule.turn || Math.abs(face.pitch ?? 0) > rule.turn + 7) return "look_straight";
  return Math.abs(face.roll ?? 0) > rule.lean ? "level_head" : null;
}

/** The measures of a face; null while the mesh has not seen it. */
export function poseOf(face: Face, width: number, height: number): Pose | null {
  const { yaw, pitch, mouth_width, mouth_lift, eyes_open } = face;
  const eyes = eyeDistance(face, width, height);
  const all = [yaw, pitch, mouth_width, mouth_lift, eyes_open, eyes];
  if (!all.every((n) => typeof n === "number" && Number.isFinite(n))) {
    return null;
  }
  return {
    yaw: yaw as number,
    pitch: pitch as number,
    mouth_width: mouth_width as number,
    mouth_lift: mouth_lift as number,
    eyes_open: eyes_open as number,
    size: (eyes as number) / Math.min(width, height),
  };
}

/** The person's own calm face: medians, but for the eyes, which blink on their own, the upper quartile. */
export function baselineOf(poses: readonly Pose[]): Pose | null {
  if (poses.length === 0) {
    return null;
  }
  const at = (key: keyof Pose, share: number): number => {
    const sorted = poses.map((p) => p[key]).sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
  };
  return { yaw: at("yaw", 0.5), pitch: at("pitch", 0.5), mouth_width: at("mouth_width", 0.5), mouth_lift: at("mouth_lift", 0.5), eyes_open: at("eyes_open", 0.75), size: at("size", 0.5) };
}

/** How far each gesture must go, a little more than the server asks, and for how long in milliseconds. */
export const asks = {
  turn: 28,
  turn_pitch: 16,
  tilt: 18,
  tilt_yaw: 13,
  smile_width: 1.18,
  smile_lift: 0.03,
  smile_yaw: 18,
  // Lids of people who close their eyes come down to 0.57 to 0.66 by the mesh; how far they really are closed is the server's to say.
  lids: 0.7,
  lids_pitch: 12,
  closer: 1.35,
  farther: 0.74,
} as const;

/** How long the gesture must be held, in milliseconds; 0: until the recording's own end. */
export function holdOf(gesture: Gesture): number {
  switch (gesture) {
    case "video_selfie_smile":
      return 800;
    case "video_selfie_eyes":
      return 0;
    default:
      return 150;
  }
}

/** How far the gesture has gone: 0 not at all, 1 or more far enough. */
export function progressOf(gesture: Gesture, base: Pose, now: Pose): number {
  const yaw = now.yaw - base.yaw;
  const pitch = now.pitch - base.pitch;
  switch (gesture) {
    case "video_selfie_left":
      return Math.abs(pitch) < asks.turn_pitch ? share(yaw / asks.turn) : 0;
    case "video_selfie_right":
      return Math.abs(pitch) < asks.turn_pitch ? share(-yaw / asks.turn) : 0;
    case "video_selfie_high":
      return Math.abs(yaw) < asks.tilt_yaw ? share(pitch / asks.tilt) : 0;
    case "video_selfie_down":
      return Math.abs(yaw) < asks.tilt_yaw ? share(-pitch / asks.tilt) : 0;
    case "video_selfie_smile":
      return Math.abs(yaw) < asks.smile_yaw ? share(Math.min((now.mouth_width / base.mouth_width - 1) / (asks.smile_width - 1), (now.mouth_lift - base.mouth_lift) / asks.smile_lift)) : 0;
    case "video_selfie_eyes":
      // Looking down closes the lids, too.
      return Math.abs(pitch) < asks.lids_pitch ? share((1 - now.eyes_open / base.eyes_open) / (1 - asks.lids)) : 0;
    case "video_selfie_zoom_in":
      return share((now.size / base.size - 1) / (asks.closer - 1));
    case "video_selfie_zoom_out":
      return share((1 - now.size / base.size) / (1 - asks.farther));
    default:
      return 0;
  }
}

/** Between 0 and 1; what is no number is no progress. */
function share(x: number): number {
  return Number.isFinite(x) ? Math.min(1, Math.max(0, x)) : 0;
}

/** Middle of a box. */
export function middle(box: Box): Point {
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
}
