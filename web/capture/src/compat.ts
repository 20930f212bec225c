/** OzLiveness as pages written for the vendor's plugin know it. */
import { openFrame } from "./frame.js";
import { idleOptions, unknownOptions, type CaptureOptions } from "./options.js";
import { Session } from "./session.js";
import { addLanguage } from "./strings/index.js";
import { version } from "./assets.js";

/** A capture that goes on. */
export interface Handle {
  /** Ends it at once; of the callbacks only on_close comes. */
  close(): void;
  /** Takes the window away; the work goes on. */
  hide(): void;
  /** Resolves when it is over, however it ended. */
  readonly closed: Promise<void>;
}

/** The global object of the plugin. */
export interface OzLivenessGlobal {
  readonly version: string;
  open(options?: CaptureOptions): void;
  close(): void;
  hide(): void;
  add_lang(id: string, strings: Record<string, string>): void;
}

let current: Handle | undefined;

/** Opens a capture, or gives back the one that is open: two windows would fight for one camera. */
export function openCaptureAt(options: CaptureOptions, adapter: string): Handle {
  if (current !== undefined) {
    return current;
  }
  const unknown = unknownOptions(options);
  if (unknown.length > 0) {
    console.warn(`Bonafide: unknown options are ignored: ${unknown.join(", ")}`);
  }
  const idle = idleOptions(options);
  if (idle.length > 0) {
    console.warn(`Bonafide: options without effect here: ${idle.join(", ")}`);
  }
  let over = (): void => undefined;
  const closed = new Promise<void>((resolve) => (over = resolve));
  const ended = (): void => {
    current = undefined;
    over();
  };
  const inner = options.frame === true ? openFrame(options, adapter, ended) : new Session(options, adapter, ended);
  current = { close: () => inner.close(), hide: () => inner.hide(), closed };
  return current;
}

/** Makes the global object for an adapter's address. */
export function ozLiveness(adapter: string, lang: string | undefined): OzLivenessGlobal {
  return {
    version,
    open: (options = {}) => void openCaptureAt(lang !== undefined && options.lang === undefined ? { ...options, lang } : options, adapter),
    close: () => current?.close(),
    hide: () => current?.hide(),
    add_lang: (id, strings) => addLanguage(id, strings),
  };
}
