/**
 * The tracker as pages see it: fetches its files, the detector first, and has the networks run in
 * a worker, or on the page where workers are blocked.
 */

import type { Face, Frame, Tracker, TrackerOptions } from "../types.js";
import { openHost, type Host } from "./host.js";
import { hasVectors, load } from "./load.js";

/** Makes a tracker; nothing is fetched before start(). */
export function createTracker({ assets, timeout = 10_000 }: TrackerOptions): Tracker {
  const stop = new AbortController();
  const script = assets.tracker_worker ?? new URL("tracker-worker.js", assets.tracker).href;
  const kernels = !hasVectors() && assets.wasm_basic ? assets.wasm_basic : assets.wasm;
  let starting: Promise<Host> | undefined;

  const begin = async (): Promise<Host> => {
    if (typeof WebAssembly !== "object") throw new Error("WebAssembly is missing");
    const blazeface = load(assets.blazeface, timeout, stop.signal);
    const wasm = load(kernels, timeout, stop.signal);
    // The mesh is four fifths of all bytes: it waits, so that the first hint need not.
    const facemesh = Promise.all([blazeface, wasm]).then(() => load(assets.facemesh, timeout, stop.signal));
    facemesh.catch(() => undefined);
    const [host] = await Promise.all([
      // The kernels are compiled while the detector is still on its way.
      openHost(script, timeout, async (opened) => {
        await opened.ask({ type: "start", wasm: await wasm });
        await opened.ask({ type: "detect", blazeface: await blazeface });
      }),
      blazeface,
      wasm,
    ]);
    if (stop.signal.aborted) host.close();
    else void refine(host, facemesh);
    return host;
  };

  /** Without the mesh there still are boxes; every minute it is tried again. */
  const refine = async (host: Host, facemesh: Promise<ArrayBuffer>): Promise<void> => {
    try {
      await host.ask({ type: "refine", facemesh: await facemesh });
    } catch {
      setTimeout(() => {
        if (!stop.signal.aborted) void refine(host, load(assets.facemesh, timeout, stop.signal));
      }, 60_000);
    }
  };

  return {
    async start(): Promise<void> {
      starting ??= begin().catch((reason: unknown) => {
        starting = undefined;
        throw reason;
      });
      await starting;
    },
    async track(frame: Frame): Promise<Face[]> {
      const host = await starting;
      if (!host || stop.signal.aborted) {
        if ("close" in frame) frame.close();
        throw new Error("the tracker is not running");
      }
      return (await host.ask({ type: "track", frame })).faces ?? [];
    },
    close(): void {
      stop.abort(new Error("the tracker was closed"));
      starting?.then((host) => host.close(), () => undefined);
    },
  };
}
