/** What the page and the adapter say to each other. Every call has a deadline; uploads go on where they stopped. */
import { codes, type Code } from "./state.js";
import type { Action, Assets, ContainerKey, JournalEntry } from "./types.js";

export type ResultMode = "safe" | "status" | "folder" | "full";

/** Answer of config.php: the public part of the adapter's configuration. */
export interface Config {
  version: string;
  architecture: "normal" | "lite" | "capture";
  use_wasm_container: boolean;
  result_mode: ResultMode;
  lang: string;
  lang_allow: string[];
  actions: { video: Action[]; photo: Action[]; default: Action[]; draw?: number };
  capture_scenario: "self" | "operator";
  save_lossless_frame: boolean;
  extract_best_shot?: boolean;
  preinit: "off" | "script" | "full";
  /** capture, upload or both: where photos of documents come from. */
  photo_source: string[];
  limits: { min_eye_distance_px: number; max_face_share: number; min_lines: number; max_upload_bytes: number };
  assets: Assets;
  attempts: { single: number; common: number };
  light: boolean;
}

/** Body of init.php. */
export interface Opening {
  actions: Action[] | null;
  /** Gestures that the server is to draw, where no actions are named. */
  draw?: number;
  lang: string;
  meta: Record<string, string>;
  params: Record<string, unknown>;
  session_token: string | null;
  origin: string;
  token?: string;
  result_mode?: ResultMode;
  link?: string;
  demo?: boolean;
}

/** Answer of init.php. Times in seconds. */
export interface Opened {
  event_session_id: string;
  session_token: string | null;
  expires_at: number | null;
  container: ContainerKey | null;
  actions: Action[];
  challenge_id: string | null;
  action_seconds: number;
  light: { colors: string[]; symbol_ms: number } | null;
  result_mode?: ResultMode;
  lang?: string;
}

/** Answer of request.php: in which shape depends on the result mode, and the server sees to that. */
export interface Answer {
  state: string;
  [field: string]: unknown;
}

/** A call that failed for good. */
export class WireError extends Error {
  override readonly name = "WireError";
  constructor(
    readonly code: Code,
    message: string,
    readonly context: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

export interface WireOptions {
  /** Address of the adapter, with a slash at its end. */
  base: string;
  /** Extra headers that the page wants on every call. */
  headers?: Record<string, string>;
  fetch?: typeof fetch;
  /** Shortens the pauses for tests. */
  pause?: number;
}

/** A small call's deadline, and how often it is tried. */
const CALL_MS = 15_000;
const TRIES = 3;
/** Size of a piece of an upload, and its deadline: slow lines take 20 s for it at 200 kbit/s. */
export const PIECE = 512 * 1024;
const PIECE_MS = 30_000;
/** Pauses between polls: short at first. */
const POLL = [500, 1000, 1000, 2000, 3000];

export class Wire {
  #stop = new AbortController();

  constructor(private readonly options: WireOptions) {}

  /** Ends every call that is on its way; those that follow are new. */
  abort(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  config(lang: string | undefined): Promise<Config> {
    return this.#json<Config>("config.php" + (lang === undefined ? "" : `?lang=${encodeURIComponent(lang)}`), {}, "config_error");
  }

  init(opening: Opening): Promise<Opened> {
    return this.#json<Opened>("init.php", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(opening) }, "config_error");
  }

  /** Sends a container piece by piece and tells the share that the server has. After a break it goes on where the server is. */
  async upload(opened: Opened, body: Uint8Array, progress: (share: number) => void): Promise<Answer> {
    const stop = this.#stop.signal;
    const headers = { ...this.#session(opened), "Content-Type": "application/octet-stream" };
    let offset = 0;
    for (let failures = 0; ; ) {
      stop.throwIfAborted();
      const end = Math.min(body.length, offset + PIECE);
      try {
        const response = await this.#send(`request.php?offset=${offset}&total=${body.length}`, { method: "POST", headers, body: body.slice(offset, end) }, PIECE_MS);
        const answer = await read(response);
        if (response.status === 409 && typeof answer["received"] === "number") {
          offset = answer["received"];
        } else if (!response.ok) {
          throw refused(response, answer, "upload_failed");
        } else if (answer["state"] !== "uploading") {
          progress(1);
          return answer as Answer;
        } else {
          offset = typeof answer["received"] === "number" ? answer["received"] : end;
        }
        failures = 0;
        progress(offset / body.length);
      } catch (error) {
        if (stop.aborted || !passing(error)) {
          throw error;
        }
        await this.#pause(error, failures++, stop);
        const known = await this.#received(opened, stop);
        if (known === "complete") {
          progress(1);
          return { state: "processing" };
        }
        offset = known ?? offset;
      }
    }
  }

  /** Where the server is; undefined when it cannot be asked right now. */
  async #received(opened: Opened, stop: AbortSignal): Promise<number | "complete" | undefined> {
    try {
      const response = await this.#send(`request.php?esid=${encodeURIComponent(opened.event_session_id)}&received=1`, { headers: this.#session(opened) }, CALL_MS);
      const answer = await read(response);
      if (response.ok && answer["state"] !== undefined && answer["state"] !== "uploading") {
        return "complete";
      }
      return response.ok && typeof answer["received"] === "number" ? answer["received"] : undefined;
    } catch (error) {
      if (stop.aborted) throw error;
      return undefined;
    }
  }

  /** Sends a capture as a form: for installations without containers. It begins anew after a break. */
  async submit(opened: Opened, body: FormData): Promise<Answer> {
    return this.#json<Answer>("request.php", { method: "POST", headers: this.#session(opened), body }, "upload_failed", 120_000);
  }

  /** Asks until the analyses are over; tells every answer on the way. */
  async poll(opened: Opened, seen: (answer: Answer) => void): Promise<Answer> {
    const stop = this.#stop.signal;
    for (let i = 0; ; i++) {
      await sleep((POLL[Math.min(i, POLL.length - 1)] as number) * (this.options.pause ?? 1), stop);
      const answer = await this.#json<Answer>(`request.php?esid=${encodeURIComponent(opened.event_session_id)}`, { headers: { esid: opened.event_session_id } }, "analysis_failed", CALL_MS, 10);
      if (answer.state === "failed" || answer.state === "error") {
        throw new WireError("analysis_failed", "the analyses failed", answer);
      }
      if (answer.state !== "processing" && answer.state !== "uploading") {
        return answer;
      }
      seen(answer);
    }
  }

  /** Hands in entries of the journal. They are worth no error. */
  async events(opened: Opened, events: readonly JournalEntry[]): Promise<void> {
    const body = JSON.stringify({ events });
    try {
      await this.#send("event.php", { method: "POST", headers: { ...this.#session(opened), "Content-Type": "application/json" }, body, keepalive: body.length < 60_000 }, CALL_MS, new AbortController().signal);
    } catch {
      // The journal is also in the container.
    }
  }

  #session(opened: Opened): Record<string, string> {
    return opened.session_token === null ? { esid: opened.event_session_id } : { esid: opened.event_session_id, "X-Session-Token": opened.session_token };
  }

  /** A call with a small answer, tried again after failures that may pass. */
  async #json<T>(path: string, init: RequestInit, code: Code, within = CALL_MS, tries = TRIES): Promise<T> {
    const stop = this.#stop.signal;
    for (let failures = 0; ; ) {
      try {
        const response = await this.#send(path, init, within);
        const answer = await read(response);
        if (!response.ok) {
          throw refused(response, answer, code);
        }
        return answer as T;
      } catch (error) {
        if (stop.aborted || !passing(error) || ++failures >= tries) {
          throw error;
        }
        await this.#pause(error, failures - 1, stop);
      }
    }
  }

  async #send(path: string, init: RequestInit, within: number, stop = this.#stop.signal): Promise<Response> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), within);
    const ended = (): void => late.abort();
    stop.addEventListener("abort", ended);
    try {
      const headers = { ...this.options.headers, ...(init.headers as Record<string, string> | undefined) };
      const response = await (this.options.fetch ?? fetch)(this.options.base + path, { ...init, headers, credentials: "same-origin", cache: "no-store", signal: late.signal });
      // The body belongs to the deadline, too.
      const body = response.status === 204 ? null : await response.arrayBuffer();
      return new Response(body, { status: response.status, headers: response.headers });
    } catch (cause) {
      if (stop.aborted) {
        throw cause;
      }
      throw new WireError("server_unreachable", "the adapter could not be reached", { path: path.split("?")[0], passing: true });
    } finally {
      clearTimeout(timer);
      stop.removeEventListener("abort", ended);
    }
  }

  async #pause(error: unknown, failures: number, stop: AbortSignal): Promise<void> {
    const named = error instanceof WireError ? Number(error.context["retry_after"]) : Number.NaN;
    const wait = Number.isFinite(named) ? Math.min(named, 30) * 1000 : Math.min(500 * 2 ** failures, 5000);
    await sleep(wait * (this.options.pause ?? 1), stop);
  }
}

/** The body as an object; the page of a proxy counts as an empty one. */
async function read(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The error of an answer that is none. */
function refused(response: Response, answer: Record<string, unknown>, otherwise: Code): WireError {
  const code = codes.find((c) => c === answer["code"]) ?? (response.status >= 500 ? "server_unreachable" : otherwise);
  const message = typeof answer["message"] === "string" ? answer["message"] : `HTTP ${response.status}`;
  const context = typeof answer["context"] === "object" && answer["context"] !== null ? (answer["context"] as Record<string, unknown>) : {};
  const again = response.status === 429 || response.status === 502 || response.status === 503 || response.status === 504;
  const retry = response.headers.get("Retry-After");
  return new WireError(code, message, { ...context, status: response.status, ...(again ? { passing: true } : {}), ...(retry === null ? {} : { retry_after: Number(retry) }) });
}

/** Whether the same call may succeed later. */
function passing(error: unknown): boolean {
  return error instanceof WireError && error.context["passing"] === true;
}

function sleep(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    stop.throwIfAborted();
    const timer = setTimeout(done, ms);
    function done(): void {
      stop.removeEventListener("abort", ended);
      resolve();
    }
    function ended(): void {
      clearTimeout(timer);
      reject(stop.reason as Error);
    }
    stop.addEventListener("abort", ended, { once: true });
  });
}
