/**
 * The host's side of the capture in a frame of the adapter's origin: the page needs frame-src
 * and nothing else. Only messages of that frame and that origin count.
 */
import type { CaptureError, CaptureOptions } from "./options.js";
import { addedLanguages } from "./strings/index.js";

const callbacks = ["on_submit", "on_result", "on_complete", "on_capture_complete", "on_error", "on_close"] as const;
/** The frame's page must answer within this time. */
const READY_MS = 20_000;

interface Message {
  bonafide: "ready" | "callback";
  name?: (typeof callbacks)[number];
  detail?: unknown;
}

/** Opens the frame over the page. */
export function openFrame(options: CaptureOptions, adapter: string, ended: () => void): { close(): void; hide(): void } {
  const page = new URL("capture/frame", new URL((options.webAdapterUrl ?? adapter).replace(/\/?$/, "/"), location.href));
  const frame = document.createElement("iframe");
  frame.allow = "camera";
  frame.title = "Bonafide";
  frame.src = page.href;
  Object.assign(frame.style, { position: "fixed", inset: "0", width: "100%", height: "100%", border: "0", zIndex: "2147483000" });
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    clearTimeout(late);
    window.removeEventListener("message", heard);
    frame.remove();
    options.on_close?.();
    ended();
  };
  const post = (message: object): void => frame.contentWindow?.postMessage(message, page.origin);
  const heard = (event: MessageEvent): void => {
    const message = event.data as Message | null;
    if (event.source !== frame.contentWindow || event.origin !== page.origin || typeof message !== "object" || message === null) return;
    if (message.bonafide === "ready") {
      clearTimeout(late);
      for (const [id, pack] of addedLanguages()) post({ bonafide: "add_lang", id, pack });
      post({ bonafide: "open", options: plain(options) });
    } else if (message.bonafide === "callback" && message.name === "on_close") {
      end();
    } else if (message.bonafide === "callback" && callbacks.includes(message.name as never)) {
      (options[message.name as "on_result"] as ((detail: unknown) => void) | undefined)?.(message.detail);
    }
  };
  const late = setTimeout(() => {
    const error: CaptureError = { code: "server_unreachable", event_session_id: "", message: "the frame did not load", context: { address: page.href } };
    options.on_error?.(error);
    end();
  }, READY_MS);
  window.addEventListener("message", heard);
  document.body.append(frame);
  frame.focus();
  return {
    close: () => {
      // The frame may be stuck: the page must not be.
      post({ bonafide: "close" });
      setTimeout(end, 500);
    },
    hide: () => {
      frame.style.display = "none";
      post({ bonafide: "hide" });
    },
  };
}

/** What may be posted: no functions, and no frame within the frame. */
function plain(options: CaptureOptions): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([name, value]) => typeof value !== "function" && name !== "frame"));
}
