/**
 * Capture of faces, gestures and documents in the browser, as an ES module. Importing it does
 * nothing; openCapture() opens the dialog.
 */
import { adapterOf, version } from "./assets.js";
import { openCaptureAt, type Handle } from "./compat.js";
import type { CaptureOptions } from "./options.js";

export type { Handle } from "./compat.js";
export type { Captured, CaptureError, CaptureOptions, PixelBox, PixelLandmarks } from "./options.js";
export type { Code } from "./state.js";
export type { Strings } from "./strings/en.js";
export type { Action, Gesture, Photo } from "./types.js";
export type { Style } from "./ui/theme.js";
export type { Answer, ResultMode } from "./wire.js";
export { addLanguage, languages } from "./strings/index.js";
export { version };

/** Opens a capture. While one is open, it is given back instead of a second one. */
export function openCapture(options: CaptureOptions = {}): Handle {
  return openCaptureAt(options, options.webAdapterUrl ?? adapterOf(import.meta.url));
}
