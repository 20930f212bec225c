/** What the capture makes of one measured frame. Pure, as machine.ts is; split off for its length. */
import { baselineOf, hintOf, holdOf, near, poseOf, progressOf, type Hint, type Look, type Pose } from "./measure.js";
import { actionOf, isPhoto, type State } from "./state.js";
import type { Gesture } from "./types.js";

/** What follows from a frame. */
export type Found =
  | { then: "stay" | "record" | "gesture" | "keep"; state: State }
  | { then: "restart" | "over"; state: State; why: string };

/** How long everything must be right before the recording starts: longer before the first action. */
const STEADY_FIRST = 800;
const STEADY_NEXT = 400;
/** Without tracking, the time to find the oval. */
const STEADY_UNTRACKED = 2_500;
/** How long the calm face is recorded before the gesture. */
export const BASELINE = 600;
/** How far a head may turn or tilt while it is recorded as calm, in degrees: a little less than the server lets pass. */
const RESTLESS = 9;
/** What is recorded after a gesture is complete, so that its end is in the frames. */
const AFTER = 400;
/** Frames in a row without a face that begin the action anew. */
const LOST = 5;
/** Hints change no more often than this. */
const CALM = 500;
/** After this long the light is no longer a reason to wait: the server decides. */
const LIGHT_BLOCKS = 8_000;
/** After this long without the mesh a gesture goes by the timer. */
const MESH_WAIT = 15_000;
/** Time of an active gesture that nobody can follow. */
const UNTRACKED_GESTURE = 4_000;
/** What the server wants of a recording that shows a gesture: frames, and frames a second. */
const FRAMES = 10;
const FPS = 10;
/** One blink is enough after this long; two are enough at once. */
const ONE_BLINK_AFTER = 3_000;
const light: readonly Hint[] = ["too_dark", "too_bright", "uneven_light", "blurry"];

/** How long an action without a measured gesture is recorded after the calm face; undefined for one that is measured. */
export function fixedTime(gesture: Gesture): number | undefined {
  switch (gesture) {
    case "video_selfie_blank":
      return 700;
    case "video_selfie_best":
    case "video_selfie_oneshot":
      return 300;
    case "video_selfie_scan":
      return 5_000;
    default:
      return undefined;
  }
}

/** Judges a frame in the state that the capture is in. */
export function look(state: State, seen: Look, now: number): Found {
  const bright = state.bright || (state.name === "positioning" && now - state.since > CALM && seen.light !== null && hintOf(seen, limits(state), false) === "too_dark");
  const next = { ...state, bright };
  switch (state.name) {
    case "positioning":
      return positioning(next, seen, now);
    case "baseline":
      return baseline(next, seen, now);
    case "gesture":
      return gesture(next, seen, now);
    case "photo":
      return { then: "stay", state: photoHint(next, seen, now) };
    default:
      return { then: "stay", state };
  }
}

function limits(state: State): { min_eye_distance_px: number; max_face_share: number } {
  return state.plan?.limits ?? { min_eye_distance_px: 45, max_face_share: 0.6 };
}

function positioning(state: State, seen: Look, now: number): Found {
  const wanted = positionHint(state, seen, now);
  const hinted = wanted === state.hint || (state.hint !== null && now - state.hinted < CALM) ? state : { ...state, hint: wanted, hinted: now };
  if (state.tracking === "pending" || (wanted !== null && wanted !== "hold_still")) {
    return { then: "stay", state: { ...hinted, fixed: null } };
  }
  const fixed = state.fixed ?? now;
  const steady = state.tracking !== "on" ? STEADY_UNTRACKED : state.step === 0 ? STEADY_FIRST : STEADY_NEXT;
  if (wanted === null && now - fixed >= steady) {
    return { then: "record", state };
  }
  return { then: "stay", state: { ...hinted, fixed, hint: hinted.hint === wanted ? "hold_still" : hinted.hint } };
}

/** The hint for this frame; "hold_still" while only the mesh is waited for; null when all is well. */
function positionHint(state: State, seen: Look, now: number): Hint | null {
  const patient = now - state.since < LIGHT_BLOCKS;
  const judged = patient ? seen : { ...seen, light: null };
  if (state.tracking !== "on") {
    const hint = hintOf({ ...judged, faces: [] }, limits(state), false);
    return hint !== null && light.includes(hint) ? hint : null;
  }
  const hint = hintOf(judged, limits(state), state.fixed !== null);
  if (hint !== null) {
    return hint;
  }
  const face = seen.faces[0];
  const measured = face !== undefined && poseOf(face, seen.width, seen.height) !== null;
  const needed = fixedTime(actionOf(state) as Gesture) === undefined;
  return needed && !measured && now - state.since < MESH_WAIT ? "hold_still" : null;
}

/** Whether the recording must begin anew: the person is gone, or another has come. */
function disturbed(state: State, seen: Look): { lost: number; why: string | null } {
  if (state.tracking !== "on") {
    return { lost: 0, why: null };
  }
  const faces = near(seen.faces).length;
  const lost = faces === 0 ? state.lost + 1 : 0;
  return { lost, why: faces > 1 ? "many_faces" : lost >= LOST ? "no_face" : null };
}

function baseline(state: State, seen: Look, now: number): Found {
  const { lost, why } = disturbed(state, seen);
  if (why !== null) {
    return { then: "restart", state, why };
  }
  const face = seen.faces[0];
  const pose = face === undefined ? null : poseOf(face, seen.width, seen.height);
  const poses = pose === null ? state.poses : [...state.poses, pose];
  const next = { ...state, lost, poses, meter: Math.min(1, (now - state.since) / BASELINE) };
  if (now - state.since < BASELINE) {
    return { then: "stay", state: next };
  }
  if (restless(poses)) {
    return { then: "restart", state, why: "restless" };
  }
  return { then: "gesture", state: { ...next, base: baselineOf(poses), poses: [] } };
}

/** Whether the head moved so far that the server would find no calm face to compare with. */
function restless(poses: readonly Pose[]): boolean {
  const spread = (of: (pose: Pose) => number): number => Math.max(...poses.map(of)) - Math.min(...poses.map(of));
  return poses.length > 1 && (spread((pose) => pose.yaw) > RESTLESS || spread((pose) => pose.pitch) > RESTLESS);
}

function gesture(state: State, seen: Look, now: number): Found {
  const { lost, why } = disturbed(state, seen);
  if (why !== null) {
    return { then: "restart", state, why };
  }
  const action = actionOf(state) as Gesture;
  const passed = now - state.since;
  const fixed = fixedTime(action) ?? (state.base === null || state.tracking !== "on" ? UNTRACKED_GESTURE : undefined);
  if (fixed !== undefined) {
    const time = Math.max(fixed, shine(state));
    const next = { ...state, lost, meter: Math.min(1, passed / time) };
    return passed >= time ? complete(next, action, seen) : { then: "stay", state: next };
  }
  if (state.reached !== null) {
    const next = { ...state, lost, meter: 1 };
    return now - state.reached >= AFTER && passed >= shine(state) ? complete(next, action, seen) : { then: "stay", state: next };
  }
  const face = seen.faces[0];
  const pose = face === undefined ? null : poseOf(face, seen.width, seen.height);
  if (pose === null || state.base === null) {
    return { then: "stay", state: { ...state, lost } };
  }
  const meter = progressOf(action, state.base, pose);
  return { then: "stay", state: action === "video_selfie_eyes" ? blink({ ...state, lost, meter }, now) : held({ ...state, lost, meter }, action, now) };
}

/** The recording has what it needs, unless the machine was too slow for it: what the server would refuse is not sent. */
function complete(state: State, action: Gesture, { recorded }: Look): Found {
  const shows = fixedTime(action) === undefined || action === "video_selfie_scan";
  const few = recorded !== undefined && (recorded.frames < FRAMES || recorded.fps < FPS);
  return shows && few ? { then: "over", state, why: "frames_too_few" } : { then: "keep", state };
}

/** How long after the calm face the colours of the light challenge still need: the first recording waits for them. */
function shine(state: State): number {
  const first = state.plan?.actions.findIndex((a) => !isPhoto(a));
  return state.step === first ? (state.plan?.light_ms ?? 0) - BASELINE : 0;
}

function held(state: State, action: Gesture, now: number): State {
  if (state.meter < 1) {
    return { ...state, held: null };
  }
  const since = state.held ?? now;
  return { ...state, held: since, reached: now - since >= holdOf(action) ? now : null };
}

/** A blink is counted when the lids have opened again. */
function blink(state: State, now: number): State {
  const opened = state.shut && state.meter < 0.4;
  const blinks = state.blinks + (opened ? 1 : 0);
  const enough = blinks >= 2 || (blinks === 1 && now - state.since >= ONE_BLINK_AFTER);
  return { ...state, blinks, shut: state.meter >= 1 || (state.shut && !opened), reached: enough ? now : null };
}

/** Documents: glare and blur, nothing else. */
function photoHint(state: State, seen: Look, now: number): State {
  const hint = hintOf({ ...seen, faces: [] }, limits(state), false);
  const wanted = hint !== null && light.includes(hint) && hint !== "uneven_light" ? hint : null;
  return wanted === state.hint || now - state.hinted < CALM ? state : { ...state, hint: wanted, hinted: now };
}
