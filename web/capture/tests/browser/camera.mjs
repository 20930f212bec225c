// Films for Chromium's fake camera, made of photos and clips by ffmpeg.
import { execFileSync } from "node:child_process";
import path from "node:path";

/** A still photo as a film that breathes a little, as no camera is quite still. */
export function still(photo, file, filter = "null", size = "1280x720") {
  const [w, h] = size.split("x");
  film(["-loop", "1", "-t", "3", "-i", photo], file, `${filter},scale=${w}:${h}:force_original_aspect_ratio=increase,crop=${w}:${h},noise=alls=6:allf=t`);
  return file;
}

/** A clip as it is, filled up to 720p. */
export function clip(source, file, filter = "null") {
  film(["-i", source], file, `${filter},scale=1280:720:force_original_aspect_ratio=decrease,pad=1280:720:-1:-1:color=gray,fps=30`);
  return file;
}

function film(input, file, filter) {
  execFileSync("ffmpeg", ["-v", "error", "-y", ...input, "-vf", filter, "-r", "30", "-an", "-pix_fmt", "yuvj420p", "-q:v", "3", "-f", "mjpeg", file], { stdio: ["ignore", "ignore", "inherit"] });
}

/** Folder for films of one run. */
export const inFolder = (folder) => (name) => path.join(folder, `${name}.mjpeg`);
