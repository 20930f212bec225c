/** Where the networks run: in a worker if there can be one, else on the page. */

import type { Frame } from "../types.js";
import { globalName, type Reply, type Request } from "./protocol.js";
import { spawn } from "./spawn.js";

type Question = Request extends infer R ? (R extends { id: number } ? Omit<R, "id"> : never) : never;

/** Answers questions until it is closed. */
export interface Host {
  /** Rejects with what the networks say, when the host is closed, and when no answer comes in time. */
  ask(question: Question): Promise<Reply>;
  close(): void;
}

/** Opens a worker with the script and starts it; where either fails, the page takes its place. */
export async function openHost(script: string, timeout: number, start: (host: Host) => Promise<unknown>): Promise<Host> {
  let worker: Host | undefined;
  try {
    worker = await inWorker(script, timeout);
    await start(worker);
    return worker;
  } catch (reason) {
    worker?.close();
    try {
      const page = await onPage(script);
      await start(page);
      return page;
    } catch (cause) {
      throw new Error(`the tracker cannot run: ${String(cause)}; in a worker: ${String(reason)}`, { cause });
    }
  }
}

async function inWorker(script: string, timeout: number): Promise<Host> {
  const worker = spawn(script);
  const pending = new Map<number, { resolve(reply: Reply): void; reject(reason: Error): void; timer: ReturnType<typeof setTimeout> }>();
  const settle = (id: number): { resolve(reply: Reply): void; reject(reason: Error): void } | undefined => {
    const waiting = pending.get(id);
    if (waiting) clearTimeout(waiting.timer);
    pending.delete(id);
    return waiting;
  };
  const fail = (message: string): void => {
    worker.terminate();
    for (const id of [...pending.keys()]) settle(id)?.reject(new Error(message));
  };
  // Asking 0 is answered by the worker's first word.
  const wait = (id: number): Promise<Reply> =>
    new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject, timer: setTimeout(() => fail("the tracker's worker does not answer"), timeout) });
    });
  worker.onmessage = ({ data }: MessageEvent<Reply | "ready">) => {
    if (data === "ready") return settle(0)?.resolve({ id: 0 });
    const waiting = settle(data.id);
    if (data.error === undefined) waiting?.resolve(data);
    else waiting?.reject(new Error(data.error));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message || "the tracker's worker cannot be loaded");
  };
  await wait(0);
  let next = 1;
  return {
    async ask(question) {
      // Frames are made ready before the clock starts.
      const frame = question.type === "track" ? await transferable(question.frame) : undefined;
      const id = next++;
      const reply = wait(id);
      if (frame) worker.postMessage({ ...question, id, frame }, [frame]);
      else worker.postMessage({ ...question, id });
      return reply;
    },
    close: () => fail("the tracker was closed"),
  };
}

async function transferable(frame: Frame): Promise<ImageBitmap | VideoFrame> {
  return "videoWidth" in frame ? createImageBitmap(frame) : frame;
}

async function onPage(script: string): Promise<Host> {
  await import(script);
  const open = (globalThis as Record<string, unknown>)[globalName] as (() => (request: Request) => Promise<Reply>) | undefined;
  if (!open) throw new Error("the tracker's script is not what it should be");
  let answer: ReturnType<typeof open> | undefined = open();
  return {
    async ask(question) {
      if (!answer) throw new Error("the tracker was closed");
      const reply = await answer({ ...question, id: 0 } as Request);
      if (reply.error !== undefined) throw new Error(reply.error);
      return reply;
    },
    close: () => {
      answer = undefined;
    },
  };
}
