import type { components } from "./api.gen.js";

type ErrorBody = components["schemas"]["Error"];

/** Every failure of a call: an answer that is an error, one that is no JSON, or none at all. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    /** Safe to show, in English. */
    message: string,
    /** HTTP status; 0 where there was no answer. */
    readonly status: number,
    /** Number of the error, as the guide lists them; undefined where the server gave none. */
    readonly code?: ErrorBody["error_code"],
    /** What can be done, where the server has something to say. */
    readonly details?: string,
    /** Seconds to wait before the call is tried again, where the server named them. */
    readonly retryAfter?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The access token has expired: refresh it, or sign in again. */
  get expired(): boolean {
    return this.code === 8;
  }
}

/** Makes the error of an answer. */
export async function errorOf(answer: Response): Promise<ApiError> {
  const wait = Number(answer.headers.get("Retry-After") ?? Number.NaN);
  const retryAfter = Number.isFinite(wait) ? wait : undefined;
  const body = errorBody(await answer.text());
  if (body === undefined) {
    return new ApiError(answer.statusText || `HTTP ${answer.status}`, answer.status, undefined, undefined, retryAfter);
  }
  return new ApiError(body.error_message, answer.status, body.error_code, body.error_details ?? undefined, retryAfter);
}

/** Reads the body of an error; undefined for anything else, such as the page of a proxy. */
function errorBody(text: string): ErrorBody | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isErrorBody(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === "object" && body !== null && "error_code" in body && typeof body.error_code === "number" && "error_message" in body;
}
