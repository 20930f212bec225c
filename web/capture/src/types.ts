/**
 * What the parts of the capture say to each other: the tracker, the encoder and the seal on
 * one side, camera, recorder, state machine and screens on the other. Names of fields that
 * also travel to the server are written as the server reads them.
 */

/** A picture that a part takes over: the callee closes bitmaps and video frames, never a video element. */
export type Frame = ImageBitmap | VideoFrame | HTMLVideoElement;

/** A rectangle in shares of the frame, 0..1, as the camera sees it: never mirrored. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A point in shares of the frame, 0..1, never mirrored. */
export type Point = readonly [x: number, y: number];

/** Named points of a face; eyes and ears are the person's own left and right. */
export interface Landmarks {
  left_eye: Point;
  right_eye: Point;
  nose_base: Point;
  mouth_bottom: Point;
  left_ear: Point;
  right_ear: Point;
}

/** A face of a frame. What needs the mesh is absent while only the detector has run. */
export interface Face {
  box: Box;
  /** How sure the detector is, 0..1. */
  score: number;
  /** Degrees; positive: the person turns to their own left. Needs the mesh. */
  yaw?: number;
  /** Degrees; positive: the person looks up. Needs the mesh. */
  pitch?: number;
  /** Degrees; positive: the head leans to the person's own left shoulder. */
  roll?: number;
  /** The detector's six points serve as well as the mesh's. */
  landmarks?: Landmarks;
  /** Mouth width (mesh points 61-291) in units of the face's width (33-263), in three dimensions. */
  mouth_width?: number;
  /** How far the corners of the mouth are above the middle of the lips, in units of 33-263. */
  mouth_lift?: number;
  /** Larger of both eyes' opening by the mesh's lids (lid distance / corner distance). */
  eyes_open?: number;
}

/** Follows faces. Largest face first. One call at a time; start() before track(). */
export interface Tracker {
  /** Resolves when the detector can answer; the mesh may come later. Rejects where wasm or its files cannot be had. */
  start(): Promise<void>;
  /** Finds the faces of a frame and takes the frame over. Rejects after close(). */
  track(frame: Frame): Promise<Face[]>;
  /** Frees the worker and all memory; may be called more than once. */
  close(): void;
}

/** Where the tracker's files are, as config.php names them; relative to the adapter's address. */
export interface Assets {
  /** ES module that exports a TrackerModule; loaded by import() when the camera is asked for. */
  tracker: string;
  /** Classic worker script of the tracker. */
  tracker_worker?: string;
  /** The networks' kernels, for browsers whose wasm has vectors. */
  wasm: string;
  /** The same for the others. */
  wasm_basic?: string;
  blazeface: string;
  facemesh: string;
  /** Classic worker script of the encoder; without it pictures are encoded on the page. */
  encoder?: string;
}

/** How a tracker is made. Every address is absolute. */
export interface TrackerOptions {
  assets: Assets;
  /** Milliseconds after which a file that has not arrived is given up, once tried again; 10,000 when absent. */
  timeout?: number;
}

/** What the lazily loaded bundle exports. */
export interface TrackerModule {
  createTracker(options: TrackerOptions): Tracker;
}

/** Encodes pictures, in a worker where one can be had. Calls may overlap; answers come in order. */
export interface Encoder {
  /** JPEG of the frame, not mirrored, of the camera's size times scale. Takes the frame over. */
  jpeg(frame: Frame, quality: number, scale?: number): Promise<Uint8Array>;
  /** PNG of the frame, for the measures that lossy pictures spoil. Takes the frame over. */
  png(frame: Frame): Promise<Uint8Array>;
  close(): void;
}

/** Makes an encoder; url is the absolute address of the worker's script, or undefined to encode on the page. */
export type CreateEncoder = (url: string | undefined) => Encoder;

/** The server's key that a capture is sealed to. */
export interface ContainerKey {
  /** First 8 bytes of the SHA-256 of the public key, 16 hexadecimal digits. */
  kid: string;
  /** Base64 of the uncompressed P-256 point, 65 bytes. */
  public_key: string;
  suite: { kem: number; kdf: number; aead: number };
}

/** Seals a capture as a BFC1 container that is bound to the session token. */
export type Seal = (plain: AsyncIterable<Uint8Array> | Uint8Array, key: ContainerKey, token: string) => Promise<Uint8Array>;

/** Gestures by the name of their action. */
export type Gesture =
  | "video_selfie_blank"
  | "video_selfie_best"
  | "video_selfie_oneshot"
  | "video_selfie_scan"
  | "video_selfie_smile"
  | "video_selfie_eyes"
  | "video_selfie_high"
  | "video_selfie_down"
  | "video_selfie_left"
  | "video_selfie_right"
  | "video_selfie_zoom_in"
  | "video_selfie_zoom_out";

/** Documents and other still pictures by the name of their action. */
export type Photo = "photo_id_front" | "photo_id_back" | "photo_doc_custom";

/** One step of a capture. */
export type Action = Gesture | Photo;

/** An entry of the journal: event names are those of the vendor's SDKs; t_ms is relative to the start of the session. */
export interface JournalEntry {
  event: string;
  t_ms: number;
  context: Record<string, unknown>;
}
