// Recordings as films for a camera: calm face first, then the gesture, again and again. They are cut
// from clips beside the repository (../shared/data), which have no licence to be part of it.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../..");
const shared = process.env.BONAFIDE_SHARED ?? path.join(root, "../shared");
const folder = path.join(tmpdir(), "bonafide-clips");

// Parts are [from, to] in seconds; to < from runs backwards.
const zubair = { file: "pad/video/live__ZubairCracksCode__videos_real.mov", crop: "ih*0.74:ih*0.74:(iw-ow)/2:ih-oh" };
const alaa = { file: "pad/field/AlaaAElshafei__test_video.mp4", crop: "iw:ih:0:0" };
const driving = { file: "clips/lp_driving_d9.mp4", crop: "iw:ih:0:0", height: 580 };
const there = (from, to) => [[from, to], [to, from]];
/** Again, before the film begins anew: within one recording no picture may come back, as none does in life. */
const twice = (parts) => [...parts, ...parts];
const calm = there(0, 1.1);
const films = {
  calm: { ...alaa, parts: twice(twice(calm)) },
  loop: { ...alaa, parts: calm },
  left: { ...alaa, parts: twice([...calm, ...there(5, 6.6)]) },
  right: { ...alaa, parts: twice([...calm, ...there(0.6, 2.2)]) },
  up: { ...alaa, parts: twice([...calm, ...there(9, 10.6)]) },
  down: { ...alaa, parts: twice([...calm, ...there(12.4, 13.6)]) },
  smile: { ...zubair, parts: [...calm, ...there(0, 3.3)] },
  blink: { ...driving, parts: twice(there(0, 2.2)) },
};

/** lacking tells why there are no films, or gives undefined. */
export function lacking() {
  const gone = [zubair, alaa, driving].find(({ file }) => !existsSync(path.join(shared, "data", file)));
  return gone && `no evaluation media: ${path.join(shared, "data", gone.file)}`;
}

/**
 * cut gives the ffmpeg filter of a film: its parts one after the other, with the noise of a sensor, as
 * no two frames of a camera are the same, nor are two recordings.
 */
function cut({ crop, parts, height = 720 }, seed) {
  const each = parts.map(([from, to], i) => {
    const backwards = to < from ? ",reverse" : "";
    return `[v${i}]trim=${Math.min(from, to)}:${Math.max(from, to)},setpts=PTS-STARTPTS${backwards},setpts=PTS-STARTPTS[p${i}]`;
  });
  const split = `[0:v]fps=30,crop=${crop},scale=-2:${height},split=${parts.length}${parts.map((_, i) => `[v${i}]`).join("")}`;
  return `${split};${each.join(";")};${parts.map((_, i) => `[p${i}]`).join("")}concat=n=${parts.length}:v=1,pad=1280:720:(ow-iw)/2:(oh-ih)/2,noise=all_seed=${seed}:alls=7:allf=t`;
}

const digest = (text) => createHash("sha256").update(text).digest("hex").slice(0, 7);

/**
 * film gives the path of a film for Chromium's camera (mjpeg, or large and without compression y4m) or for a video element (webm). Each
 * film and each seed has noise of its own: a server remembers the frames that it has seen.
 */
export function film(name, kind = "mjpeg", seed = 1) {
  const source = films[name];
  const filter = cut(source, parseInt(digest(`${name} ${seed}`), 16) >> 1);
  const file = path.join(folder, `${name}-${digest(filter)}.${kind}`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const codec = kind === "mjpeg" ? ["-c:v", "mjpeg", "-q:v", "3"] : kind === "y4m" ? ["-pix_fmt", "yuv420p"] : ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "4M"];
  const made = `${file}.new.${kind}`;
  execFileSync("ffmpeg", ["-v", "error", "-y", "-i", path.join(shared, "data", source.file), "-filter_complex", filter, "-an", ...codec, made]);
  renameSync(made, file);
  return file;
}

/** stills gives a film as pictures, so many a second, in a folder of names in order. */
export function stills(name, { fps = 15, size } = {}) {
  const source = film(name);
  const to = `${source}.${fps}.${size?.replace(":", "x") ?? "full"}`;
  if (existsSync(to)) return to;
  rmSync(`${to}.new`, { recursive: true, force: true });
  mkdirSync(`${to}.new`);
  execFileSync("ffmpeg", ["-v", "error", "-y", "-framerate", "30", "-i", source, "-vf", `fps=${fps}${size ? `,scale=${size}` : ""}`, "-q:v", "3", path.join(`${to}.new`, "%04d.jpg")]);
  renameSync(`${to}.new`, to);
  return to;
}
