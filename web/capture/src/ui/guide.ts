/** Where the oval and the document's frame are on the screen, and how large the picture is behind them. */

interface Size {
  width: number;
  height: number;
}

export interface Guide {
  width: number;
  height: number;
  /** Size of the video; it is centred. */
  video: Size;
  /** Paths of an SVG of the screen's size. */
  mask: string;
  ring: string;
  gauge: string;
  /** What a document has on its front and its back; empty around a face. */
  front: string;
  back: string;
}

/** The face's box is about this share of the frame's short side when it fills the oval. */
const FACE = 0.47;
/** The oval also holds forehead and chin. */
const TALL = 1.5;
const SLIM = 1.32;
/** The picture's middle is a little below the screen's: the hint is above it. */
const MIDDLE = 0.54;
/** A card of ISO/IEC 7810 ID-1. */
const CARD = 85.6 / 53.98;

/** The video covers the screen unless the oval would not fit. */
export function guide(kind: "face" | "document", screen: Size, video: Size): Guide {
  const cover = Math.max(screen.width / video.width, screen.height / video.height);
  return kind === "face" ? face(screen, video, cover) : card(screen, video);
}

function face(screen: Size, video: Size, cover: number): Guide {
  const short = Math.min(video.width, video.height);
  const ry = (FACE * TALL) / 2;
  const rx = ry / SLIM;
  const scale = Math.min(cover, (0.44 * screen.width) / (rx * short), (0.31 * screen.height) / (ry * short));
  const oval = (grow: number): string => ellipse(screen.width / 2, screen.height * MIDDLE, rx * short * scale + grow, ry * short * scale + grow);
  return { ...screen, video: { width: video.width * scale, height: video.height * scale }, mask: outside(screen) + oval(0), ring: oval(0), gauge: oval(10), front: "", back: "" };
}

function card(screen: Size, video: Size): Guide {
  const scale = Math.min(screen.width / video.width, screen.height / video.height);
  const shown = { width: video.width * scale, height: video.height * scale };
  const width = Math.min(shown.width * 0.86, shown.height * 0.8 * CARD, screen.height * 0.5 * CARD);
  const height = width / CARD;
  const [left, top] = [(screen.width - width) / 2, screen.height * MIDDLE - height / 2];
  const frame = rounded(left, top, width, height, 14);
  const line = (y: number, from: number, to: number): string => `M${round(left + width * from)} ${round(top + height * y)}H${round(left + width * to)}`;
  // Photo on the left and lines beside it; three lines for machines at the foot of the back.
  const front = rounded(left + width * 0.06, top + height * 0.26, width * 0.28, height * 0.56, 8) + [0.3, 0.42, 0.54, 0.66, 0.78].map((y) => line(y, 0.42, 0.92)).join("");
  const back = [0.2, 0.32, 0.44].map((y) => line(y, 0.08, 0.92)).join("") + [0.68, 0.78, 0.88].map((y) => line(y, 0.06, 0.94)).join("");
  return { ...screen, video: shown, mask: outside(screen) + frame, ring: frame, gauge: "", front, back };
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}

function outside({ width, height }: Size): string {
  return `M0 0H${width}V${height}H0Z`;
}

/** Begins at the top and goes around clockwise. */
function ellipse(x: number, y: number, rx: number, ry: number): string {
  const [a, b, c, d] = [x, y - ry, rx, ry].map((n) => Math.round(n * 10) / 10);
  const bottom = Math.round((y + ry) * 10) / 10;
  return `M${a} ${b}A${c} ${d} 0 0 1 ${a} ${bottom}A${c} ${d} 0 0 1 ${a} ${b}Z`;
}

function rounded(x: number, y: number, w: number, h: number, r: number): string {
  const q = [x, y, w, h].map((n) => Math.round(n * 10) / 10) as [number, number, number, number];
  return `M${q[0] + r} ${q[1]}h${q[2] - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${q[3] - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - q[2]}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - q[3]}a${r} ${r} 0 0 1 ${r} ${-r}Z`;
}
