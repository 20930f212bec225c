import assert from "node:assert/strict";
import { test } from "node:test";
import { idleOptions, unknownOptions } from "../../src/options.js";
import { initial, type State } from "../../src/state.js";
import { guide } from "../../src/ui/guide.js";
import { present } from "../../src/ui/present.js";
import { ahead, warm } from "../../src/warm.js";
import type { Assets } from "../../src/types.js";

const page = "https://id.example/bank/";
Object.assign(globalThis, { location: { href: page } });
const assets = Object.fromEntries(["tracker", "tracker_worker", "encoder", "wasm", "wasm_basic", "blazeface", "facemesh"].map((name) => [name, `/bank/plugin/${name}-1`])) as unknown as Assets;

test("preinit says what is loaded ahead: nothing, the scripts, or all that the tracker needs", () => {
  const names = (preinit: "off" | "script" | "full"): string[] => ahead({ preinit, assets }, page).map((address) => address.slice(`${page}plugin/`.length));
  assert.deepEqual(names("off"), []);
  assert.deepEqual(names("script"), ["tracker-1", "tracker_worker-1", "encoder-1"]);
  assert.deepEqual(names("full"), ["tracker-1", "tracker_worker-1", "encoder-1", "wasm-1", "blazeface-1", "facemesh-1"]);
});

test("what is loaded ahead comes from the adapter alone, and that it fails disturbs nobody", async () => {
  const asked: string[] = [];
  await warm(page, async (address) => {
    asked.push(String(address));
    return new Response(JSON.stringify({ preinit: "script", assets }));
  });
  assert.deepEqual(asked.map((address) => new URL(address).pathname), ["/bank/config.php", "/bank/plugin/tracker-1", "/bank/plugin/tracker_worker-1", "/bank/plugin/encoder-1"]);
  await warm(page, () => Promise.reject(new DOMException("gone", "AbortError")));
});

test("options without effect are named, and are not unknown", () => {
  const options = { license: {}, licenseUrl: "/l.json", enable_3d_mask: true, lang: "en" };
  assert.deepEqual(idleOptions(options), ["license", "licenseUrl", "enable_3d_mask"]);
  assert.deepEqual(idleOptions({ enable_3d_mask: false }), []);
  assert.deepEqual(unknownOptions(options), []);
});

test("photos are taken, chosen among files, or both, as the adapter says", () => {
  const photo: State = { ...initial(0), name: "photo" };
  const acts = (sources?: string[]): string[] => present(photo, { passive: false, phone: false, ...(sources === undefined ? {} : { sources }) }).buttons.map((b) => b.act);
  assert.deepEqual(acts(), ["shoot"]);
  assert.deepEqual(acts(["capture"]), ["shoot"]);
  assert.deepEqual(acts(["capture", "upload"]), ["shoot", "pick"]);
  assert.deepEqual(acts(["upload"]), ["pick"]);
  assert.deepEqual(acts([]), ["shoot"]);
});

test("the pattern of a document lies in its frame, and a face has none", () => {
  const drawn = guide("document", { width: 400, height: 800 }, { width: 1280, height: 720 });
  const numbers = (path: string): number[][] => [...path.matchAll(/M(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  const frame = drawn.ring.match(/M([\d.]+) ([\d.]+)h([\d.]+)/);
  assert.ok(frame !== null);
  const [left, top, width] = [Number(frame[1]) - 14, Number(frame[2]), Number(frame[3]) + 28];
  for (const path of [drawn.front, drawn.back]) {
    assert.ok(numbers(path).length >= 6);
    for (const [x, y] of numbers(path)) assert.ok((x as number) >= left && (x as number) <= left + width && (y as number) >= top && (y as number) <= top + width / 1.5);
  }
  assert.equal(guide("face", { width: 400, height: 800 }, { width: 1280, height: 720 }).front, "");
});
