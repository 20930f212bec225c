// Recordings as films for a camera: calm face first, then the gesture, again and again. They are cut
// from clips beside the repository (../shared/data), which have no licence to be part of it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../..");
const shared = process.env.BONAFIDE_SHARED ?? path.join(root, "../shared");
const folder = path.join(tmpdir(), "bonafide-clips");

// Parts are [from, to] in seconds; to < from runs backwards.
const zubair = { file: "pad/video/live__ZubairCracksCode__videos_real.mov", crop: "ih*0.74:ih*0.74:(iw-ow)/2:ih-oh" };
const driving = { file: "clips/lp_driving_d9.mp4", crop: "iw:ih:0:0", height: 580 };
const there = (from, to) => [[from, to], [to, from]];
const films = {
  calm: { ...zubair, parts: there(0, 1.1) },
  left: { ...zubair, parts: [...there(12.7, 13.25), ...there(12.7, 13.25), ...there(12.7, 13.25), [13.25, 11.62], [11.62, 13.25]] },
  right: { ...zubair, parts: [...there(0, 1.1), ...there(0, 1.1), ...there(6.7, 7.35)] },
  smile: { ...zubair, parts: [...there(0, 1.1), [0, 3.3], [3.3, 0]] },
  blink: { ...driving, parts: there(0, 2.2) },
};

/** lacking tells why there are no films, or gives undefined. */
export function lacking() {
  const gone = [zubair, driving].find(({ file }) => !existsSync(path.join(shared, "data", file)));
  return gone && `no evaluation media: ${path.join(shared, "data", gone.file)}`;
}

/**
 * cut gives the ffmpeg filter of a film: its parts one after the other, with the noise of a sensor, as
 * no two frames of a camera are the same.
 */
function cut({ crop, parts, height = 720 }, fps) {
  const each = parts.map(([from, to], i) => {
    const backwards = to < from ? ",reverse" : "";
    return `[v${i}]trim=${Math.min(from, to)}:${Math.max(from, to)},setpts=PTS-STARTPTS${backwards},setpts=PTS-STARTPTS[p${i}]`;
  });
  const split = `[0:v]fps=${fps},crop=${crop},scale=-2:${height},split=${parts.length}${parts.map((_, i) => `[v${i}]`).join("")}`;
  return `${split};${each.join(";")};${parts.map((_, i) => `[p${i}]`).join("")}concat=n=${parts.length}:v=1,pad=1280:720:(ow-iw)/2:(oh-ih)/2,noise=alls=7:allf=t`;
}

/** film gives the path of a film for Chromium's camera (mjpeg) or for a video element (webm). */
export function film(name, kind = "mjpeg") {
  const file = path.join(folder, `${name}.${kind}`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const source = films[name];
  const codec = kind === "mjpeg" ? ["-c:v", "mjpeg", "-q:v", "3"] : ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "4M"];
  const made = `${file}.new.${kind}`;
  execFileSync("ffmpeg", ["-v", "error", "-y", "-i", path.join(shared, "data", source.file), "-filter_complex", cut(source, 30), "-an", ...codec, made]);
  execFileSync("mv", [made, file]);
  return file;
}

/** stills gives a film as pictures, 15 a second, in a folder, and their names in order. */
export function stills(name) {
  const to = path.join(folder, name);
  mkdirSync(to, { recursive: true });
  execFileSync("ffmpeg", ["-v", "error", "-y", "-i", film(name), "-vf", "fps=15", "-q:v", "3", path.join(to, "%04d.jpg")]);
  return to;
}
