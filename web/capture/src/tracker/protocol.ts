/** What the tracker's client and its worker say to each other. */

import type { Face, Frame } from "../types.js";

/** A request; every one is answered by a Reply of the same id. */
export type Request = { id: number } & (
  | { type: "start"; wasm: ArrayBuffer }
  | { type: "detect"; blazeface: ArrayBuffer }
  | { type: "refine"; facemesh: ArrayBuffer }
  | { type: "track"; frame: Frame }
);

/** The answer: faces of a track, or what went wrong. */
export interface Reply {
  id: number;
  faces?: Face[];
  error?: string;
}

/** Where the worker's script leaves its entry when a page loads it. */
export const globalName = "__bonafideTracker";
