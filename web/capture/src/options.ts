/** What a page may ask for, and what it is told. Names are those of the vendor's plugin where it has one. */
import type { Code } from "./state.js";
import type { Style } from "./ui/theme.js";
import type { Answer, ResultMode } from "./wire.js";
import type { Action } from "./types.js";

/** Argument of on_error. */
export interface CaptureError {
  code: Code;
  event_session_id: string;
  /** In English, for a log; the person sees their own language. */
  message: string;
  context: Record<string, unknown>;
}

/** A face's box in pixels of the frame. */
export interface PixelBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Points of a face in pixels of the frame. */
export type PixelLandmarks = Record<"left_eye" | "right_eye" | "nose_base" | "mouth_bottom" | "left_ear" | "right_ear", [number, number]>;

/** Argument of on_capture_complete for one action, where no sealed container is used. */
export interface Captured {
  action: Action;
  /** JPEG as data URL. */
  best_frame: string;
  /** PNG as data URL; empty where none was wanted. */
  best_frame_png: string;
  best_frame_bounding_box: PixelBox | null;
  best_frame_landmarks: PixelLandmarks | null;
  /** All frames as data URLs. */
  frame_list: string[];
  frame_bounding_box_list: (PixelBox | null)[];
  frame_landmarks: (PixelLandmarks | null)[];
  /** The page's surroundings as JSON; goes to the API with the frames. */
  additional_info: string;
}

export interface CaptureOptions {
  session_token?: string;
  /** API token, only where the adapter is set to api_use_token: client. */
  token?: string;
  /** Accepted and without effect: which pages may capture is said by the licence of the adapter, which no page can change. */
  license?: unknown;
  /** As license. */
  licenseUrl?: string;
  lang?: string;
  meta?: Record<string, string>;
  params?: Record<string, unknown>;
  /** What to capture, in this order; null or absent: as the adapter decides. */
  action?: Action[] | null;
  /** How many gestures the server draws, where no action is named. */
  draw?: number;
  /** What is drawn into the frame of a document: with show_document_pattern where its photo and lines are. */
  overlay_options?: { show_document_pattern?: boolean } | false;
  /** May only narrow what the adapter allows. */
  result_mode?: ResultMode;
  debug?: boolean;
  headers?: Record<string, string>;
  /** Address of the adapter; the script's own when absent. */
  webAdapterUrl?: string;
  /** Folder of the tracker's files where they are not the adapter's. */
  assetsUrl?: string;
  style?: Style;
  device_id?: string;
  cameraFacingMode?: "user" | "environment";
  /** Milliseconds the camera may take, the person's answer included; 40,000 when absent. */
  get_user_media_timeout?: number;
  /** Accepted and without effect: there is no mask to draw. */
  enable_3d_mask?: boolean;
  /** Shows the capture in a frame of the adapter's origin, for pages whose own policy is strict. */
  frame?: boolean;
  /** Address of the same capture for a phone, or what makes one; shown as a QR code. */
  phone?: string | (() => Promise<string>);
  /**
   * Whether the person may ask for a capture without movements. When absent: only where neither
   * page nor adapter wants gestures to be drawn, as a way around the draw must be meant.
   */
  passive?: boolean;
  /** Origin of the page around a frame of the adapter's; the frame's page sets it. */
  origin?: string;
  /** Id of a hosted link. */
  link?: string;
  /** The demo page's wish for the whole result. */
  demo?: boolean;
  on_submit?: () => void;
  on_result?: (result: Answer) => void;
  on_complete?: (result: Answer) => void;
  /** With a sealed container one Blob, else once for each action. */
  on_capture_complete?: (result: Captured | Blob) => void;
  on_error?: (error: CaptureError) => void;
  on_close?: () => void;
}

/** Names of all options; others are met with a warning. */
const known: Record<keyof CaptureOptions, true> = {
  session_token: true, token: true, license: true, licenseUrl: true, lang: true, meta: true, params: true, action: true, draw: true, origin: true, overlay_options: true,
  result_mode: true, debug: true, headers: true, webAdapterUrl: true, assetsUrl: true, style: true, device_id: true, cameraFacingMode: true,
  get_user_media_timeout: true, enable_3d_mask: true, frame: true, phone: true, passive: true, link: true, demo: true,
  on_submit: true, on_result: true, on_complete: true, on_capture_complete: true, on_error: true, on_close: true,
};

/** Names of options that are given and have no effect here. */
export function idleOptions(options: CaptureOptions): string[] {
  return (["license", "licenseUrl", "enable_3d_mask"] as const).filter((name) => options[name] !== undefined && options[name] !== false);
}

/** Names that are no options. */
export function unknownOptions(options: object): string[] {
  return Object.keys(options).filter((name) => !Object.hasOwn(known, name));
}
