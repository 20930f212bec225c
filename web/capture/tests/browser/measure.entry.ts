/** The page of scripts/measure.mjs: tracker and encoder on the camera, timed from the beginning of the page. */
import { createEncoder } from "../../src/encoder/index.js";
import { Follower } from "../../src/follow.js";
import { Recorder } from "../../src/recorder.js";
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

  // From here on as in a capture: the tracker takes what it can, then the recorder what is due, too.
  const encoder = createEncoder(assets.encoder);
  const recorder = new Recorder(encoder, 0, { lossless: true, eyes: Infinity });
  const seconds = 4;
  let tracked = 0;
  const follower = new Follower(video, recorder, { look: ({ faces }) => (tracked += faces.length > 0 ? 1 : 0), fault: () => undefined });
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  follower.follow(tracker);
  follower.start((await camera).getVideoTracks()[0] as MediaStreamTrack);
  phase("followed");
  await wait();
  const followed = tracked;
  tracked = 0;
  phase("recorded");
  recorder.start("video_selfie_blank", performance.now());
  await wait();
  const recorded = tracked;
  phase("over");
  const { shots } = await recorder.keep(performance.now());
  // Threads are still there when their time is read.
  await wait();
  follower.stop();
  tracker.close();
  encoder.close();
  const round = (value: number): number => Math.round(10 * value) / 10;
  const bytes = shots.reduce((sum, { data }) => sum + data.length, 0);
  return {
    first_hint_ms: Math.round(first),
    mesh_ms: Math.round(mesh),
    followed_fps: round(followed / seconds),
    tracked_fps: round(recorded / seconds),
    jpeg_fps: round(shots.length / seconds),
    jpeg_kB: Math.round(bytes / Math.max(1, shots.length) / 1000),
  };
}

/** Tells the driver what begins, so that it can read how much time of the processor that takes. */
function phase(name: string): void {
  Object.assign(globalThis, { phase: name });
}

main().then(
  (measured) => Object.assign(globalThis, { measured }),
  (error: unknown) => Object.assign(globalThis, { measured: { error: String(error) } }),
);
