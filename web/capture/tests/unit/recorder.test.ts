import assert from "node:assert/strict";
import { test } from "node:test";
import type { Offered } from "../../src/frames.js";
import { Recorder } from "../../src/recorder.js";
import type { Encoder, Face, Frame } from "../../src/types.js";

/** An encoder that the test lets answer. */
function encoder(hold = false): Encoder & { made: string[]; go(): void } {
  const waiting: (() => void)[] = [];
  const made: string[] = [];
  const answer = (name: string): Promise<Uint8Array> =>
    new Promise((resolve) => {
      made.push(name);
      if (hold) waiting.push(() => resolve(new Uint8Array([made.length])));
      else resolve(new Uint8Array([made.length]));
    });
  return { jpeg: (_, q, s) => answer(`jpeg ${q} ${s}`), png: () => answer("png"), close: () => undefined, made, go: () => waiting.splice(0).forEach((f) => f()) };
}

const frame = (at: number): Offered => ({ at, captured: at - 20, width: 1280, height: 720, take: () => Promise.resolve({} as Frame) });
const options = { lossless: true, eyes: 45 };
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

test("of a camera's 30 frames a second 20 are kept, with their times from the session's start", async () => {
  const made = encoder();
  const recorder = new Recorder(made, 0, options);
  recorder.zero = 1000;
  recorder.start("video_selfie_blank", 2000);
  for (let i = 0; i < 30; i++) {
    recorder.offer(frame(2000 + (i * 1000) / 30), true);
    await settle();
  }
  const got = await recorder.keep(3000);
  assert.ok(got.shots.length >= 19 && got.shots.length <= 21, `${got.shots.length}`);
  assert.deepEqual([got.started_ms, got.ended_ms, got.shots[0]?.t_ms, got.shots[0]?.capture_ms], [1000, 2000, 1000, 980]);
  assert.ok(got.shots.every((s, i) => i === 0 || s.t_ms > (got.shots[i - 1]?.t_ms ?? 0)));
  assert.equal(made.made.filter((m) => m === "png").length, 1, "one lossless frame");
  assert.ok(got.best !== null && got.best.t_ms >= 1300);
  assert.equal(recorder.recording, false);
});

test("a slow encoder loses frames and never piles them up", async () => {
  const made = encoder(true);
  const recorder = new Recorder(made, 0, { ...options, lossless: false });
  recorder.start("video_selfie_left", 0);
  for (let i = 0; i < 30; i++) recorder.offer(frame(i * 50), true);
  await settle();
  assert.equal(made.made.length, 3);
  made.go();
  await settle();
  recorder.offer(frame(1600), true);
  await settle();
  assert.equal(made.made.length, 4);
});

test("what is thrown away does not come back, and nothing is taken between actions", async () => {
  const made = encoder(true);
  const recorder = new Recorder(made, 0, options);
  recorder.offer(frame(0), true);
  recorder.start("video_selfie_left", 0);
  recorder.offer(frame(0), true);
  recorder.discard();
  made.go();
  recorder.start("video_selfie_right", 100);
  recorder.offer(frame(110), true);
  await settle();
  made.go();
  const got = await recorder.keep(200);
  assert.deepEqual([got.action, got.shots.map((s) => s.t_ms)], ["video_selfie_right", [110]]);
  await assert.rejects(recorder.keep(300), /nothing is being recorded/);
});

test("faces go with the frames they are nearest to; a frame that cannot be encoded is left out", async () => {
  const made = encoder();
  let n = 0;
  const recorder = new Recorder({ ...made, jpeg: () => (++n === 2 ? Promise.reject(new Error("no memory")) : Promise.resolve(new Uint8Array([n]))) }, 0, { ...options, lossless: false });
  const face = (score: number): Face => ({ box: { left: 0, top: 0, right: 1, bottom: 1 }, score });
  recorder.start("video_selfie_left", 0);
  for (const at of [0, 50, 100, 500]) {
    recorder.offer(frame(at), true);
    await settle();
  }
  recorder.saw(face(1), 10, 200);
  recorder.saw(face(2), 95, 200);
  const got = await recorder.keep(600);
  assert.deepEqual(got.shots.map((s) => [s.t_ms, s.face?.score ?? null]), [[0, 1], [100, 2], [500, null]]);
});

test("the rate is told, and what would be kept as the server counts it", async () => {
  const recorder = new Recorder(encoder(), 0, { ...options, lossless: false });
  assert.deepEqual([recorder.rate(900), recorder.recorded], [Infinity, null], "nothing is being recorded");
  recorder.start("video_selfie_left", 0);
  assert.deepEqual([recorder.rate(400), recorder.recorded], [Infinity, { frames: 0, fps: 0 }], "too early to tell");
  assert.equal(recorder.rate(600), 0);
  for (let at = 0; at <= 1000; at += 50) {
    recorder.offer(frame(at), true);
    await settle();
  }
  assert.equal(recorder.rate(1000), 21);
  assert.deepEqual(recorder.recorded, { frames: 21, fps: 20 });
});

test("where faces are followed too seldom the recording leaves time to that, and still has sixteen frames a second", async () => {
  const recorder = new Recorder(encoder(), 0, { ...options, lossless: false });
  recorder.start("video_selfie_left", 0);
  recorder.saw(null, 0, undefined);
  for (let i = 0; i < 90; i++) {
    recorder.offer(frame((i * 1000) / 30), true);
    await settle();
  }
  const fps = recorder.recorded?.fps ?? 0;
  assert.ok(fps > 15.5 && fps < 17.5, `${fps}`);
});

test("a rate that sinks makes the frames smaller, but never a face too small", async () => {
  const made = encoder();
  const recorder = new Recorder(made, 0, { ...options, lossless: false });
  recorder.start("video_selfie_left", 0);
  recorder.offer(frame(0), true);
  recorder.saw(null, 1500, 70);
  recorder.offer(frame(1500), true);
  recorder.saw(null, 1600, 120);
  recorder.offer(frame(1700), true);
  await settle();
  assert.deepEqual(made.made, ["jpeg 0.8 1", "jpeg 0.8 1", "jpeg 0.8 0.75"]);
});
