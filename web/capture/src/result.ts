/** on_capture_complete as pages know it: data URLs, boxes and points in pixels. */
import type { Captured, PixelBox, PixelLandmarks } from "./options.js";
import type { Recorded, Shot } from "./recorder.js";
import type { Face } from "./types.js";

/** One action as the page is told of it. */
export function captured(recorded: Recorded, additional: unknown): Captured {
  const { shots, best, width, height } = recorded;
  // The frame that belongs to the lossless one, or the first.
  const at = best?.t_ms ?? shots[0]?.t_ms ?? 0;
  const frame = shots.reduce<Shot | undefined>((near, s) => (near === undefined || Math.abs(s.t_ms - at) < Math.abs(near.t_ms - at) ? s : near), undefined);
  const box = (face: Face | null): PixelBox | null => pixelBox(face, width, height);
  const points = (face: Face | null): PixelLandmarks | null => pixelPoints(face, width, height);
  return {
    action: recorded.action,
    best_frame: frame === undefined ? "" : dataURL(frame.data, "image/jpeg"),
    best_frame_png: best === null ? "" : dataURL(best.data, "image/png"),
    best_frame_bounding_box: box(frame?.face ?? null),
    best_frame_landmarks: points(frame?.face ?? null),
    frame_list: shots.map((s) => dataURL(s.data, "image/jpeg")),
    frame_bounding_box_list: shots.map((s) => box(s.face)),
    frame_landmarks: shots.map((s) => points(s.face)),
    additional_info: JSON.stringify(additional),
  };
}

/** A photo of a document in the same shape. */
export function photographed(action: Captured["action"], data: Uint8Array, additional: unknown): Captured {
  const url = dataURL(data, "image/jpeg");
  return { action, best_frame: url, best_frame_png: "", best_frame_bounding_box: null, best_frame_landmarks: null, frame_list: [url], frame_bounding_box_list: [null], frame_landmarks: [null], additional_info: JSON.stringify(additional) };
}

function pixelBox(face: Face | null, width: number, height: number): PixelBox | null {
  return face === null ? null : { left: Math.round(face.box.left * width), top: Math.round(face.box.top * height), right: Math.round(face.box.right * width), bottom: Math.round(face.box.bottom * height) };
}

function pixelPoints(face: Face | null, width: number, height: number): PixelLandmarks | null {
  if (face?.landmarks === undefined) {
    return null;
  }
  const all = Object.entries(face.landmarks).map(([name, [x, y]]) => [name, [Math.round(x * width), Math.round(y * height)]]);
  return Object.fromEntries(all) as PixelLandmarks;
}

/** Bytes as data URL, in steps that no argument list is too long for. */
export function dataURL(data: Uint8Array, type: string): string {
  let text = "";
  for (let i = 0; i < data.length; i += 0x8000) text += String.fromCharCode(...data.subarray(i, i + 0x8000));
  return `data:${type};base64,${btoa(text)}`;
}
