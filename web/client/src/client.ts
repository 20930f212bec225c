import { routes, type components } from "./api.gen.js";
import { ApiError, errorOf } from "./error.js";
import type { Input, OperationName, Output, Upload } from "./operation.js";

const TOKEN = "X-Forensic-Access-Token";

type Session = components["schemas"]["Session"];

/** The pair of tokens of a session. */
export type Tokens = Pick<Session, "access_token" | "expire_token">;

export interface Options {
  /** Where the server is, such as https://id.example.org; empty for the page's own origin. */
  baseURL: string;
  /** Tokens of a session that is kept from before. */
  tokens?: Tokens;
  /** Told whenever the tokens have changed; undefined after signing out. */
  onTokens?: (tokens: Tokens | undefined) => void;
  /** Another fetch than the global one. */
  fetch?: typeof fetch;
}

/** What a call may carry, whatever the operation. */
interface Request {
  path?: Readonly<Record<string, unknown>>;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
  upload?: Upload<unknown>;
  signal?: AbortSignal;
}

/** A client of the REST API. It holds one session and refreshes its tokens when they expire. */
export class Client {
  #tokens: Tokens | undefined;
  #refreshing: Promise<void> | undefined;

  constructor(private readonly options: Options) {
    this.#tokens = options.tokens;
  }

  /** Signs in; calls that follow carry the token. */
  async signIn(email: string, password: string): Promise<Session> {
    const session = await this.call("signIn", { body: { credentials: { email, password } } });
    this.#keep(session);
    return session;
  }

  /** Signs out and forgets the tokens. */
  async signOut(): Promise<void> {
    await this.call("signOut", {});
    this.#keep(undefined);
  }

  /** Calls an operation by its name. Every failure is an ApiError, but an abort, which stays what it is. */
  async call<K extends OperationName>(name: K, input: Input<K>): Promise<Output<K>>;
  async call(name: OperationName, input: Request): Promise<unknown> {
    const used = this.#tokens;
    let answer = await this.#send(name, input);
    if (answer.status === 401 && used !== undefined && name !== "refreshSession" && name !== "signIn") {
      const error = await errorOf(answer);
      if (!error.expired) {
        throw error;
      }
      await this.#refresh(used);
      answer = await this.#send(name, input);
    }
    if (!answer.ok) {
      throw await errorOf(answer);
    }
    return content(answer);
  }

  #keep(tokens: Tokens | undefined): void {
    this.#tokens = tokens && { access_token: tokens.access_token, expire_token: tokens.expire_token };
    this.options.onTokens?.(this.#tokens);
  }

  /** Exchanges the tokens once, however many calls found them expired. */
  async #refresh(used: Tokens): Promise<void> {
    if (this.#tokens?.access_token !== used.access_token) {
      return;
    }
    this.#refreshing ??= this.call("refreshSession", { body: { expire_token: used.expire_token } })
      .then((session) => this.#keep(session))
      .finally(() => {
        this.#refreshing = undefined;
      });
    await this.#refreshing;
  }

  async #send(name: OperationName, input: Request): Promise<Response> {
    const route = routes[name];
    const headers = new Headers();
    if (this.#tokens !== undefined) {
      headers.set(TOKEN, this.#tokens.access_token);
    }
    const init: RequestInit = { method: route.method, headers };
    if (input.signal !== undefined) {
      init.signal = input.signal;
    }
    if (input.upload !== undefined) {
      init.body = form(input.upload);
    } else if (input.body !== undefined) {
      headers.set("Content-Type", "application/json");
      init.body = JSON.stringify(input.body);
    }
    const send = this.options.fetch ?? fetch;
    try {
      return await send(this.options.baseURL + address(route.path, input), init);
    } catch (cause) {
      if (input.signal?.aborted) {
        throw cause;
      }
      throw new ApiError("The server could not be reached", 0, undefined, undefined, undefined, { cause });
    }
  }
}

/** Fills the path and writes the query; lists are separated by commas. */
function address(pattern: string, input: Request): string {
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input.path?.[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null) {
      query.set(name, Array.isArray(value) ? value.join(",") : String(value));
    }
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

function form(upload: Upload<unknown>): FormData {
  const data = new FormData();
  if (upload.payload !== undefined) {
    data.set("payload", new Blob([JSON.stringify(upload.payload)], { type: "application/json" }));
  }
  for (const [name, file] of Object.entries(upload.files)) {
    data.set(name, file, file instanceof File ? file.name : name);
  }
  return data;
}

async function content(answer: Response): Promise<unknown> {
  if (!(answer.headers.get("Content-Type") ?? "").startsWith("application/json")) {
    return answer.blob();
  }
  try {
    return await answer.json();
  } catch (cause) {
    throw new ApiError("The answer is no JSON", answer.status, undefined, undefined, undefined, { cause });
  }
}
