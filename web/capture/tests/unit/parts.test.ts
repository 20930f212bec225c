// The parts that need no page: camera choice and errors, watchdog, light, zip, names, trimming.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { Camera, CameraError, Watchdog, cameraError, colourOf, constraints, precheck, type Surroundings } from "../../src/camera.js";
import { lightOf } from "../../src/light.js";
import { entries, frameNames, type Capture } from "../../src/manifest.js";
import { trim } from "../../src/recorder.js";
import { jitter } from "../../src/signals.js";
import { crc32, zip } from "../../src/zip.js";

/** A camera that the test drives: which devices there are, and what they answer. */
function devices(answer: (video: MediaTrackConstraints | true) => Promise<MediaStream> | MediaStream, list: Partial<MediaDeviceInfo>[] = []): MediaDevices {
  return { getUserMedia: (c: MediaStreamConstraints) => Promise.resolve(answer(c.video as MediaTrackConstraints | true)), enumerateDevices: () => Promise.resolve(list) } as unknown as MediaDevices;
}

function stream(): MediaStream & { ended: boolean } {
  const track = { stop: () => void (made.ended = true), getSettings: () => ({}) };
  const made = { ended: false, getTracks: () => [track], getVideoTracks: () => [track] };
  return made as unknown as MediaStream & { ended: boolean };
}

function memory(values: Record<string, string> = {}): Pick<Storage, "getItem" | "setItem"> {
  return { getItem: (k) => values[k] ?? null, setItem: (k, v) => void (values[k] = v) };
}

const at: Surroundings = { devices: devices(stream), secure: true, framed: false, allowed: true, store: undefined };
const wish = { facing: "user", width: 1280, height: 720 } as const;
const named = (name: string): Error => Object.assign(new Error(name), { name });

test("no camera is asked for on an insecure origin, in a frame without permission, without getUserMedia", () => {
  const code = (a: Partial<Surroundings>): string => {
    try {
      precheck({ ...at, ...a });
      return "";
    } catch (e) {
      return (e as CameraError).code;
    }
  };
  assert.equal(code({ secure: false, devices: undefined }), "insecure_origin");
  assert.equal(code({ framed: true, allowed: false }), "frame_permission");
  assert.equal(code({ devices: undefined }), "browser_not_supported");
  assert.equal(code({ framed: true, allowed: undefined }), "");
});

test("every error of getUserMedia has its code", () => {
  const of = (name: string, a: Partial<Surroundings> = {}): string => cameraError(named(name), { ...at, ...a }).code;
  assert.equal(of("NotAllowedError"), "camera_permission_denied");
  assert.equal(of("NotAllowedError", { framed: true, allowed: false }), "frame_permission");
  assert.equal(of("NotFoundError"), "camera_not_found");
  assert.equal(of("OverconstrainedError"), "camera_not_found");
  assert.equal(of("NotReadableError"), "camera_busy");
  assert.equal(of("TypeError"), "browser_not_supported");
});

test("a remembered camera is only preferred, and a stale one falls back to any", async () => {
  const asked: (MediaTrackConstraints | true)[] = [];
  const store = memory({ "bonafide.camera": "gone" });
  const camera = new Camera({ ...at, store, devices: devices((v) => {
    asked.push(v);
    if (v !== true && v.deviceId !== undefined) throw named("OverconstrainedError");
    return stream();
  }) }, wish);
  await camera.open();
  assert.deepEqual(asked.map((v) => (v === true ? v : v.deviceId)), [{ ideal: "gone" }, undefined]);
});

test("a refusal of the person is final: nothing else is tried", async () => {
  let asked = 0;
  const camera = new Camera({ ...at, devices: devices(() => {
    asked++;
    throw named("NotAllowedError");
  }) }, wish);
  await assert.rejects(camera.open(), { code: "camera_permission_denied" });
  assert.equal(asked, 1);
});

test("a stream that comes after the end is stopped at once", async () => {
  const late = stream();
  let give: (s: MediaStream) => void = () => undefined;
  const camera = new Camera({ ...at, devices: devices(() => new Promise((r) => (give = r))) }, wish);
  const opening = camera.open();
  camera.close();
  await new Promise((r) => setTimeout(r, 1));
  give(late);
  await assert.rejects(opening, { code: "camera_timeout" });
  assert.ok(late.ended);
});

test("choosing another camera ends the first and is remembered; closing ends the second", async () => {
  const made: (MediaStream & { ended: boolean })[] = [];
  const values: Record<string, string> = {};
  const camera = new Camera({ ...at, store: memory(values), devices: devices(() => {
    const s = stream();
    made.push(s);
    return s;
  }) }, wish);
  await camera.open();
  await camera.choose("b");
  assert.deepEqual(made.map((s) => s.ended), [true, false]);
  assert.equal(values["bonafide.camera"], "b");
  camera.close();
  camera.close();
  assert.deepEqual(made.map((s) => s.ended), [true, true]);
});

test("infrared cameras come last", async () => {
  const list = [{ kind: "videoinput", deviceId: "ir", label: "Integrated IR Camera" }, { kind: "audioinput", deviceId: "m", label: "Mic" }, { kind: "videoinput", deviceId: "rgb", label: "Integrated Camera (04f2:b6d0)" }] as Partial<MediaDeviceInfo>[];
  const camera = new Camera({ ...at, devices: devices(stream, list) }, wish);
  assert.deepEqual((await camera.list()).map((d) => d.id), ["rgb", "ir"]);
  assert.equal(await camera.other(["rgb", "ir"]), undefined);
  assert.equal(await camera.other(["ir"]), "rgb");
});

test("a chosen device is not overruled by the wish for a side", () => {
  const [first] = constraints(wish, "x");
  assert.deepEqual([(first as MediaTrackConstraints).deviceId, (first as MediaTrackConstraints).facingMode], [{ ideal: "x" }, undefined]);
});

test("grey pictures are infrared and black ones black, after enough of them in a row", () => {
  const dog = new Watchdog();
  for (let i = 0; i < 9; i++) assert.equal(dog.see(100, 0.5), null);
  assert.equal(dog.see(100, 0.5), "infrared");
  assert.equal(dog.see(100, 12), null);
  for (let i = 0; i < 9; i++) assert.equal(dog.see(1, 0), null);
  assert.equal(dog.see(1, 0), "black");
  const dark = new Watchdog();
  for (let i = 0; i < 30; i++) assert.equal(dark.see(10, 0.4), null, "a dark room is neither");
});

test("light, evenness, sharpness and colour are measured", () => {
  const make = (f: (x: number, y: number) => [number, number, number]): Uint8ClampedArray => {
    const out = new Uint8ClampedArray(112 * 112 * 4);
    for (let i = 0; i < 112 * 112; i++) out.set([...f(i % 112, Math.floor(i / 112)), 255], 4 * i);
    return out;
  };
  assert.equal(Math.round(lightOf(make(() => [100, 100, 100]), 112).mean), 100);
  assert.equal(Math.round(100 * lightOf(make((x) => (x < 56 ? [200, 200, 200] : [100, 100, 100])), 112).side), 50);
  const flat = lightOf(make((x) => [x, x, x]), 112).sharpness;
  const fine = lightOf(make((x, y) => ((x + y) % 2 ? [90, 90, 90] : [110, 110, 110])), 112).sharpness;
  assert.ok(flat < 1 && fine > 1000, `${flat} ${fine}`);
  assert.equal(Math.round(colourOf(make(() => [200, 150, 120]))), 80);
  assert.equal(colourOf(make(() => [90, 90, 90])), 0);
});

test("archives are read by another program, in order", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
  const dir = mkdtempSync(path.join(tmpdir(), "zip-"));
  const file = path.join(dir, "a.zip");
  const random = new Uint8Array(70_000).map((_, i) => (i * 7919) >> 3);
  writeFileSync(file, Buffer.concat([...zip([{ name: "manifest.json", data: new TextEncoder().encode("{}") }, { name: "f/0/0000.jpg", data: random }, { name: "пусто", data: new Uint8Array() }])]));
  const script = "import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None;print(','.join(z.namelist()));open(sys.argv[1]+'.out','wb').write(z.read('f/0/0000.jpg'))";
  assert.equal(execFileSync("python3", ["-c", script, file], { encoding: "utf8" }).trim(), "manifest.json,f/0/0000.jpg,пусто");
  assert.ok(readFileSync(file + ".out").equals(random));
});

test("frames of the same millisecond have names of their own, in order", () => {
  assert.deepEqual(frameNames([0, 66.4, 66.5, 66.6, 133]), ["000000.jpg", "000066.jpg", "000067.jpg", "000068.jpg", "000133.jpg"]);
});

test("the manifest is the archive's first entry and names every file", () => {
  const shot = { t_ms: 12, capture_ms: null, data: new Uint8Array([1]), face: null };
  const capture: Capture = {
    plugin_version: "1", challenge_id: "c", recorded: [{ action: "video_selfie_smile", started_ms: 10, ended_ms: 20, shots: [shot, { ...shot, t_ms: 15, capture_ms: 14 }], best: shot, width: 1280, height: 720 }],
    photos: [{ tag: "photo_id_front", data: new Uint8Array([2]) }], meta: { a: "b" }, params: {}, analyses: ["quality"], light: null,
    device: { engine: "chromium", user_agent: "", screen: [1, 2], camera: { width: 1280, height: 720, frame_rate: 30, facing: "user" } }, signals: null, log: [],
  };
  const all = entries(capture);
  assert.deepEqual(all.map((e) => e.name), ["manifest.json", "f/0/0000.jpg", "f/0/0001.jpg", "best/0.png", "photo/0.jpg"]);
  const manifest = JSON.parse(new TextDecoder().decode(all[0]?.data)) as Record<string, unknown>;
  assert.equal(manifest["version"], 1);
  assert.deepEqual(manifest["actions"], [{ action: "video_selfie_smile", started_ms: 10, ended_ms: 20, frames: ["f/0/0000.jpg", "f/0/0001.jpg"], t_ms: [12, 15], capture_ms: [null, 14], best: "best/0.png" }]);
  assert.deepEqual(manifest["photos"], [{ tag: "photo_id_front", name: "photo/0.jpg" }]);
});

test("a long recording loses its idle beginning, and still begins with a calm face, without gaps", () => {
  const frames = Array.from({ length: 180 }, (_, i) => ({ at: i * 50, calm: i < 120 }));
  const kept = trim(frames);
  assert.equal((kept.at(-1) as { at: number }).at, 179 * 50);
  assert.ok(kept.slice(0, 13).every((f) => f.calm));
  assert.ok(kept.every((f, i) => i === 0 || f.at - (kept[i - 1] as { at: number }).at === 50));
  assert.ok((kept.at(-1) as { at: number }).at - (kept[0] as { at: number }).at <= 5050);
  assert.equal(trim(frames.slice(0, 90)).length, 90, "a short one is left whole");
  const never = frames.map((f, i) => ({ ...f, calm: i < 13 }));
  assert.equal(trim(never).length, 180, "without another calm beginning all is kept");
});

test("jitter is the deviation of the gaps", () => {
  assert.equal(jitter([0, 33]), null);
  assert.equal(jitter(Array.from({ length: 40 }, (_, i) => i * 33)), 0);
});
