/** The page of scripts/measure.mjs: tracker and encoder on the camera, timed from the beginning of the page. */
import { createEncoder } from "../../src/encoder/index.js";
import type { Assets, TrackerModule } from "../../src/types.js";

async function main(): Promise<Record<string, unknown>> {
  const names = (await (await fetch("/dist/manifest.json")).json()) as Record<string, string>;
  const assets = Object.fromEntries(Object.entries(names).map(([name, file]) => [name, `${location.origin}/dist/${file}`])) as unknown as Assets;
  const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
  const camera = navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 } }).then(async (stream) => {
    video.srcObject = stream;
    await video.play();
    return stream;
  });
  const { createTracker } = (await import(assets.tracker)) as TrackerModule;
  const tracker = createTracker({ assets });
  await Promise.all([tracker.start(), camera]);
  await tracker.track(video);
  const first = performance.now();
  while ((await tracker.track(video))[0]?.yaw === undefined && performance.now() < 60_000) await new Promise((resolve) => setTimeout(resolve, 20));
  const mesh = performance.now();

  const encoder = createEncoder(assets.encoder);
  let tracked = 0;
  let encoded = 0;
  let bytes = 0;
  let tracking = false;
  let encoding = 0;
  const seconds = 4;
  const end = performance.now() + 1000 * seconds;
  await new Promise<void>((resolve) => {
    const frame = (): void => {
      if (performance.now() > end) return resolve();
      if (!tracking) {
        tracking = true;
        void tracker.track(video).then((faces) => {
          tracking = false;
          if (faces.length > 0) tracked++;
        });
      }
      if (encoding < 3) {
        encoding++;
        void createImageBitmap(video).then((bitmap) => encoder.jpeg(bitmap, 0.9)).then((jpeg) => {
          encoding--;
          encoded++;
          bytes += jpeg.length;
        });
      }
      video.requestVideoFrameCallback(frame);
    };
    video.requestVideoFrameCallback(frame);
  });
  tracker.close();
  encoder.close();
  const round = (value: number): number => Math.round(10 * value) / 10;
  return { first_hint_ms: Math.round(first), mesh_ms: Math.round(mesh), tracked_fps: round(tracked / seconds), jpeg_fps: round(encoded / seconds), jpeg_kB: Math.round(bytes / Math.max(1, encoded) / 1000) };
}

main().then(
  (measured) => Object.assign(globalThis, { measured }),
  (error: unknown) => Object.assign(globalThis, { measured: { error: String(error) } }),
);
