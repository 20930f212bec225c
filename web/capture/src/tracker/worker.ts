/**
 * The script that holds the networks. As a worker it answers requests; loaded by a page, where
 * workers are blocked, it leaves `open` for the client to call.
 */

import { Engine } from "./engine.js";
import { globalName, type Reply, type Request } from "./protocol.js";

/** Serves one tracker. */
function open(): (request: Request) => Promise<Reply> {
  let engine: Engine | undefined;
  return async (request) => {
    const { id } = request;
    try {
      switch (request.type) {
        case "start":
          engine = new Engine(canvas);
          await engine.start(request.wasm);
          return { id };
        case "detect":
          engine?.detect(request.blazeface);
          return { id };
        case "refine":
          engine?.refine(request.facemesh);
          return { id };
        case "track": {
          const { frame } = request;
          try {
            return { id, faces: engine?.track({ source: frame, ...size(frame) }) ?? [] };
          } finally {
            if ("close" in frame) frame.close();
          }
        }
      }
    } catch (reason) {
      return { id, error: reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason) };
    }
  };
}

function canvas(side: number): HTMLCanvasElement | OffscreenCanvas {
  if (typeof document === "undefined") return new OffscreenCanvas(side, side);
  return Object.assign(document.createElement("canvas"), { width: side, height: side });
}

function size(frame: ImageBitmap | VideoFrame | HTMLVideoElement): { width: number; height: number } {
  if ("videoWidth" in frame) return { width: frame.videoWidth, height: frame.videoHeight };
  if ("displayWidth" in frame) return { width: frame.displayWidth, height: frame.displayHeight };
  return { width: frame.width, height: frame.height };
}

if (typeof document === "undefined") {
  const answer = open();
  addEventListener("message", (event: MessageEvent<Request>) => void answer(event.data).then((reply) => postMessage(reply)));
  postMessage("ready");
} else {
  (globalThis as Record<string, unknown>)[globalName] = open;
}
