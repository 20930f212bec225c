/** Frames to JPEG and PNG: in a worker, so that the page stays fluent, or on the page where workers are blocked. */

import type { CreateEncoder, Frame } from "../types.js";
import { spawn } from "../tracker/spawn.js";
import { Drawing, type Order } from "./encode.js";

type Encode = (frame: Frame, order: Order) => Promise<Uint8Array>;

/** Milliseconds that a worker may take to load. */
const patience = 10_000;

/** Makes an encoder; frames that come while the worker loads wait for it. */
export const createEncoder: CreateEncoder = (url) => {
  let end = (): void => undefined;
  let closed = false;
  const ready: Promise<Encode> = (url === undefined ? Promise.reject(new Error("no worker")) : worker(url)).then(
    ({ encode, close }) => {
      end = close;
      if (closed) close();
      return encode;
    },
    () => page(),
  );
  const run = async (frame: Frame, order: Order): Promise<Uint8Array> => {
    // What a video shows now must not be what it shows once the worker is there.
    const still = "videoWidth" in frame && url !== undefined ? await createImageBitmap(frame) : frame;
    const encode = await ready;
    if (!closed) return encode(still, order);
    if ("close" in still) still.close();
    throw new Error("the encoder was closed");
  };
  return {
    jpeg: (frame, quality, scale = 1) => run(frame, { type: "image/jpeg", quality, scale }),
    png: (frame) => run(frame, { type: "image/png", quality: 1, scale: 1 }),
    close() {
      closed = true;
      end();
    },
  };
};

/** Encodes on the page; calls take turns, as there is one canvas. */
function page(): Encode {
  const drawing = new Drawing((width, height) => Object.assign(document.createElement("canvas"), { width, height }));
  let turn: Promise<unknown> = Promise.resolve();
  return (frame, order) => {
    const mine = turn.then(() => drawing.encode(frame, order));
    turn = mine.catch(() => undefined);
    return mine;
  };
}

function worker(url: string): Promise<{ encode: Encode; close(): void }> {
  return new Promise((resolve, reject) => {
    const worker = spawn(url);
    const pending = new Map<number, { resolve(bytes: Uint8Array): void; reject(reason: Error): void }>();
    let next = 1;
    const fail = (message: string): void => {
      worker.terminate();
      clearTimeout(timer);
      reject(new Error(message));
      for (const waiting of pending.values()) waiting.reject(new Error(message));
      pending.clear();
    };
    const timer = setTimeout(() => fail("the encoder's worker did not load"), patience);
    const encode: Encode = (frame, order) =>
      new Promise((resolve, reject) => {
        const id = next++;
        pending.set(id, { resolve, reject });
        worker.postMessage({ id, frame, order }, [frame as ImageBitmap]);
      });
    worker.onerror = (event) => {
      event.preventDefault();
      fail(event.message || "the encoder's worker cannot be loaded");
    };
    worker.onmessage = ({ data }: MessageEvent<"ready" | { id: number; bytes?: Uint8Array; error?: string }>) => {
      if (data === "ready") {
        clearTimeout(timer);
        return resolve({ encode, close: () => fail("the encoder was closed") });
      }
      const waiting = pending.get(data.id);
      pending.delete(data.id);
      if (data.bytes) waiting?.resolve(data.bytes);
      else waiting?.reject(new Error(data.error));
    };
  });
}
