/**
 * The capture as a pure function: state, event and time give the next state and what is to
 * be done. It reads no clock and touches no page. api/capture/machine.json holds vectors.
 */
import { look } from "./following.js";
import { actionOf, isPhoto, type Code, type Effect, type Event, type Name, type State, type Step } from "./state.js";

/** How long each state may last, in milliseconds, and so none is for ever. Null: its own rule or none. */
const lasts: Record<Name, number | null> = {
  loading: 30_000,
  permission: null,
  positioning: 45_000,
  baseline: 3_000,
  gesture: null,
  next: 900,
  photo: 180_000,
  review: 180_000,
  sealing: 60_000,
  uploading: 60_000,
  processing: 300_000,
  timeout: 180_000,
  done: 2_000,
  failed: 300_000,
  closed: null,
};

/** States in which the camera shows something. */
const capturing: readonly Name[] = ["positioning", "baseline", "gesture", "next", "photo", "review", "timeout"];
const recording: readonly Name[] = ["baseline", "gesture"];
/** Errors after which the camera may be asked for again. */
const again: readonly Code[] = ["camera_not_found", "camera_permission_denied", "camera_busy", "camera_timeout"];

/** One step of the capture. */
export function step(state: State, event: Event, now: number): Step {
  if (state.name === "closed") {
    return { state, effects: [] };
  }
  switch (event.type) {
    case "close":
      return close(state, now);
    case "hide":
      return { state: { ...state, hidden: true }, effects: [] };
    case "fail":
      return state.name === "done" || state.name === "failed" ? { state, effects: [] } : fail(state, now, event.code, event.message, event.context ?? {});
    case "tick":
      return tick(state, now);
    case "look":
      return followed(state, look(state, event.look, now), now);
    case "tracking":
      return { state: { ...state, tracking: event.on ? "on" : "off" }, effects: [{ do: "journal", event: "tracking", context: { on: event.on } }] };
    case "visibility":
      return event.visible || !recording.includes(state.name) ? { state, effects: [] } : restart(state, now, "hidden");
    default:
      return told(state, event, now);
  }
}

type Told = Exclude<Event, { type: "close" | "hide" | "fail" | "tick" | "look" | "tracking" | "visibility" }>;

/** Events that only certain states answer; anywhere else they are late, and nothing happens. */
function told(state: State, event: Told, now: number): Step {
  const at = `${state.name} ${event.type}`;
  if (event.type === "plan" && state.name === "loading") {
    return planned({ ...state, plan: event.plan, step: 0 }, now);
  }
  if (event.type === "progress" && state.name === "uploading") {
    const moved = event.share > state.progress;
    return { state: { ...state, progress: Math.max(state.progress, event.share), since: moved ? now : state.since }, effects: [] };
  }
  switch (at) {
    case "permission camera":
      return begin({ ...state, camera: true }, now, [{ do: "journal", event: "liveness_check_start", context: {} }]);
    case "photo shoot":
      return enter(state, "review", now, [{ do: "shoot" }]);
    case "review retake":
      return enter(state, "photo", now, [{ do: "drop_photo" }]);
    case "review use":
      return kept(state, now, { do: "keep_photo", action: actionOf(state) as never });
    case "timeout retry":
      return retry(state, now);
    case "failed retry":
      return state.error !== null && again.includes(state.error.code) ? enter({ ...state, error: null }, "permission", now, [{ do: "ask_camera" }]) : { state, effects: [] };
    case "positioning passive":
    case "timeout passive":
      return redraw(state, now, true);
    case "sealing sealed":
      return enter({ ...state, progress: 0 }, "uploading", now, [{ do: "upload" }]);
    case "sealing captured":
      return finish(state, now);
    case "uploading submitted":
      return enter(state, "processing", now, [{ do: "on_submit" }, { do: "poll" }]);
    case "uploading finished":
      return finish(state, now, [{ do: "on_submit" }]);
    case "processing finished":
      return finish(state, now);
    default:
      return { state, effects: [] };
  }
}

function enter(state: State, name: Name, now: number, effects: Effect[] = []): Step {
  return { state: { ...state, name, since: now, hint: null, hinted: now, fixed: null, lost: 0, meter: 0, held: null, reached: null, blinks: 0, shut: false }, effects };
}

function planned(state: State, now: number): Step {
  if (state.plan?.actions.length === 0) {
    return fail(state, now, "config_error", "no actions to capture", {});
  }
  const effects: Effect[] = [{ do: "journal", event: "liveness_session_initialization", context: { actions: state.plan?.actions } }];
  return state.camera ? begin(state, now, effects) : enter(state, "permission", now, [...effects, { do: "ask_camera" }]);
}

/** Begins the action that the capture is at. */
function begin(state: State, now: number, effects: Effect[] = []): Step {
  const action = actionOf(state);
  const started: Effect = { do: "journal", event: "action_start", context: { action } };
  return enter({ ...state, poses: [], base: null }, isPhoto(action) ? "photo" : "positioning", now, [...effects, started]);
}

/** What following.ts found: the state goes on, or the recording begins, is thrown away or is complete. */
function followed(state: State, found: ReturnType<typeof look>, now: number): Step {
  switch (found.then) {
    case "stay":
      return { state: found.state, effects: [] };
    case "record": {
      const action = actionOf(state) as never;
      return enter({ ...found.state, poses: [], base: null }, "baseline", now, [
        { do: "journal", event: "action_face_position_fixed", context: { action } },
        { do: "journal", event: "action_record_start", context: { action } },
        { do: "record", action },
      ]);
    }
    case "gesture":
      return enter(found.state, "gesture", now, []);
    case "restart":
      return restart(found.state, now, found.why);
    case "over":
      return attemptOver(found.state, now, found.why);
    case "keep":
      return kept(found.state, now, { do: "keep", action: actionOf(state) as never });
  }
}

/** Throws the recording away without using up an attempt. */
function restart(state: State, now: number, why: string): Step {
  return enter({ ...state, poses: [], base: null }, "positioning", now, [{ do: "discard" }, { do: "journal", event: "action_restart", context: { action: actionOf(state), why } }]);
}

/** The action is captured: on to the next one, or to the end. */
function kept(state: State, now: number, keep: Effect): Step {
  const action = actionOf(state);
  const done: Effect[] = [keep];
  if (!isPhoto(action)) {
    done.push({ do: "journal", event: "action_record_finish", context: { action } });
  }
  done.push({ do: "journal", event: "action_finish", context: { action } });
  const next = { ...state, step: state.step + 1, tries: { ...state.tries, single: 0 } };
  if (actionOf(next) !== undefined) {
    return enter(next, "next", now, done);
  }
  return enter(next, "sealing", now, [...done, { do: "release_camera" }, { do: "journal", event: "liveness_check_finish", context: {} }, { do: "seal" }]);
}

function tick(state: State, now: number): Step {
  const passed = now - state.since;
  const action_ms = state.plan?.action_ms ?? 0;
  const limit = state.name === "gesture" ? action_ms : state.name === "permission" ? (state.plan?.camera_ms ?? 0) : lasts[state.name];
  if (state.plan?.expires != null && now >= state.plan.expires && capturing.includes(state.name) && state.name !== "timeout") {
    return attemptOver(state, now, "expired");
  }
  if (limit === null || passed < limit) {
    return { state, effects: [] };
  }
  switch (state.name) {
    case "loading":
      return fail(state, now, "server_unreachable", "the adapter did not answer in time", {});
    case "permission":
      return fail(state, now, "camera_timeout", "the camera did not start in time", {});
    case "positioning":
    case "gesture":
      return attemptOver(state, now, state.name);
    case "baseline":
      return restart(state, now, "no_measures");
    case "next":
      return begin(state, now);
    case "photo":
    case "review":
    case "timeout":
      return fail(state, now, "capture_timeout", "nothing was captured in time", { at: state.name });
    case "sealing":
      return fail(state, now, "upload_failed", "the capture could not be packed in time", {});
    case "uploading":
      return fail(state, now, "upload_failed", "the upload stood still", { progress: state.progress });
    case "processing":
      return fail(state, now, "analysis_failed", "no result in time", {});
    default:
      return close(state, now);
  }
}

/** An attempt has failed: asks whether to try again, or ends where no attempt is left. */
function attemptOver(state: State, now: number, why: string): Step {
  const tries = { single: state.tries.single + 1, common: state.tries.common + 1 };
  const limit = state.plan?.attempts ?? { single: 0, common: 0 };
  const context = { action: actionOf(state), why, tries };
  const over: Effect[] = recording.includes(state.name) ? [{ do: "discard" }] : [];
  if ((limit.single > 0 && tries.single >= limit.single) || (limit.common > 0 && tries.common >= limit.common)) {
    const failed = fail({ ...state, tries }, now, "attempts_exceeded", "no attempt is left", context);
    return { state: failed.state, effects: [...over, ...failed.effects] };
  }
  return enter({ ...state, tries, poses: [], base: null, few: why === "frames_too_few" }, "timeout", now, [...over, { do: "journal", event: "action_timeout", context }]);
}

function retry(state: State, now: number): Step {
  const single = state.plan?.attempts.single ?? 0;
  const expired = state.plan?.expires != null && now >= state.plan.expires;
  const last = state.plan?.drawn === true && single > 0 && state.tries.single === single - 1;
  return expired || last ? redraw(state, now, false) : begin(state, now);
}

/** Asks the server anew, with everything that was captured thrown away. The camera stays on. */
function redraw(state: State, now: number, passive: boolean): Step {
  return enter({ ...state, plan: null, step: 0, poses: [], base: null, tries: { ...state.tries, single: 0 } }, "loading", now, [
    { do: "discard" },
    { do: "journal", event: "redraw", context: { passive } },
    { do: "redraw", passive },
  ]);
}

function finish(state: State, now: number, effects: Effect[] = []): Step {
  return enter({ ...state, progress: 1 }, "done", now, [...effects, { do: "release_camera" }]);
}

function fail(state: State, now: number, code: Code, message: string, context: Record<string, unknown>): Step {
  return enter({ ...state, camera: false, error: { code, message, context } }, "failed", now, [
    { do: "release_camera" },
    { do: "abort" },
    { do: "journal", event: "error", context: { ...context, code, message } },
    { do: "error", code, message, context },
  ]);
}

function close(state: State, now: number): Step {
  return enter(state, "closed", now, [{ do: "release_camera" }, { do: "abort" }, { do: "on_close" }]);
}
