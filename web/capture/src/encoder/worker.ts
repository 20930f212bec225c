/** The encoder's worker: one order after the other, answered in order. */

import { Drawing, type Order } from "./encode.js";

const drawing = new Drawing((width, height) => new OffscreenCanvas(width, height));
let turn: Promise<void> = Promise.resolve();

addEventListener("message", ({ data }: MessageEvent<{ id: number; frame: ImageBitmap | VideoFrame; order: Order }>) => {
  turn = turn.then(async () => {
    try {
      const bytes = await drawing.encode(data.frame, data.order);
      postMessage({ id: data.id, bytes }, { transfer: [bytes.buffer] });
    } catch (reason) {
      postMessage({ id: data.id, error: String(reason) });
    }
  });
});
// Where a worker has no canvas, the constructor throws and the page encodes.
new OffscreenCanvas(1, 1).getContext("2d");
postMessage("ready");
