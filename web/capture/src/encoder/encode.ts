/** Draws a frame and encodes it, in a worker or on a page. */

/** JPEG of a quality and a scale of the frame's size, or PNG of the whole frame. */
export interface Order {
  type: "image/jpeg" | "image/png";
  quality: number;
  scale: number;
}

/** A frame that belongs to the encoder. */
export type Picture = ImageBitmap | VideoFrame | HTMLVideoElement;

type Canvas = HTMLCanvasElement | OffscreenCanvas;

/** Encodes one frame after the other on one canvas. */
export class Drawing {
  #canvas: Canvas | undefined;
  readonly #create: (width: number, height: number) => Canvas;

  /** create makes a canvas; it throws where there is none. */
  constructor(create: (width: number, height: number) => Canvas) {
    this.#create = create;
  }

  /** Gives the encoded bytes and closes the frame. */
  async encode(frame: Picture, { type, quality, scale }: Order): Promise<Uint8Array<ArrayBuffer>> {
    try {
      this.#draw(frame, scale);
    } finally {
      if ("close" in frame) frame.close();
    }
    const blob = await toBlob(this.#canvas!, type, quality);
    if (blob.type !== type) throw new Error(`this browser does not write ${type}`);
    return new Uint8Array(await blob.arrayBuffer());
  }

  #draw(frame: Picture, scale: number): void {
    const size = sizeOf(frame);
    const width = Math.max(1, Math.round(size.width * scale));
    const height = Math.max(1, Math.round(size.height * scale));
    if (this.#canvas?.width !== width || this.#canvas.height !== height) this.#canvas = this.#create(width, height);
    // Every picture is read back: in WebKit that takes 6 ms instead of 32 where the canvas is not the graphics card's.
    const context = this.#canvas.getContext("2d", { alpha: false, willReadFrequently: true }) as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
    if (!context) throw new Error("there is no canvas to draw on");
    context.imageSmoothingQuality = "high";
    context.drawImage(frame, 0, 0, width, height);
  }
}

/** A frame's size in pixels as it is to be seen. */
function sizeOf(frame: Picture): { width: number; height: number } {
  if ("videoWidth" in frame) return { width: frame.videoWidth, height: frame.videoHeight };
  if ("displayWidth" in frame) return { width: frame.displayWidth, height: frame.displayHeight };
  return { width: frame.width, height: frame.height };
}

function toBlob(canvas: Canvas, type: string, quality: number): Promise<Blob> {
  if ("convertToBlob" in canvas) return canvas.convertToBlob({ type, quality });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture could not be encoded"))), type, quality);
  });
}
