// The tracker on recordings of gestures: what the person does is what is measured, on the side where they do it.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch, missing } from "./browsers.mjs";
import { lacking, stills } from "./clips.mjs";
import { serve } from "./serve.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const median = (values) => values.toSorted?.((a, b) => a - b)[values.length >> 1] ?? [...values].sort((a, b) => a - b)[values.length >> 1];

describe("gestures as the tracker sees them", { skip: missing("chromium") ?? lacking() }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), "clips-"));
  let films;
  let site;
  let browser;
  let page;
  before(async () => {
    await build({ entryPoints: [path.join(here, "parts.entry.ts")], bundle: true, format: "esm", outfile: path.join(folder, "parts.js"), tsconfigRaw: {}, logLevel: "warning" });
    films = Object.fromEntries(["left", "right", "up", "down", "smile", "blink"].map((name) => [name, stills(name)]));
    const folders = Object.fromEntries(Object.entries(films).map(([name, to]) => [`/films/${name}/`, to]));
    site = await serve({ "/dist/": path.join(here, "../../dist"), "/tests/parts.js": path.join(folder, "parts.js"), "/tests/": here, ...folders });
    browser = await launch("chromium");
    page = await browser.open(`${site.origin}/tests/parts.html?csp=strict`);
    await page.wait("!!globalThis.parts");
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** follow gives the faces of a film and the median of its first 0.6 s. */
  async function follow(name) {
    const urls = readdirSync(films[name]).sort().map((file) => `/films/${name}/${file}`);
    const { faces } = await page.evaluate((list) => parts.follow(list), urls);
    const seen = faces.filter((face) => face?.yaw !== undefined);
    assert.ok(seen.length >= 0.9 * faces.length, `${name}: a face in ${seen.length} of ${faces.length}`);
    const calm = Object.fromEntries(["yaw", "pitch", "mouth_width", "mouth_lift"].map((measure) => [measure, median(faces.slice(0, 9).map((face) => face[measure]))]));
    return { seen, calm };
  }

  test("a turn to the person's left is positive, one to their right negative", async () => {
    const left = await follow("left");
    const right = await follow("right");
    assert.ok(Math.max(...left.seen.map(({ yaw }) => yaw - left.calm.yaw)) > 25);
    assert.ok(Math.min(...left.seen.map(({ yaw }) => yaw - left.calm.yaw)) > -10);
    assert.ok(Math.min(...right.seen.map(({ yaw }) => yaw - right.calm.yaw)) < -25);
    assert.ok(Math.max(...right.seen.map(({ yaw }) => yaw - right.calm.yaw)) < 10);
  });

  test("a raised head is positive, a lowered one negative", async () => {
    const up = await follow("up");
    const down = await follow("down");
    assert.ok(Math.max(...up.seen.map(({ pitch }) => pitch - up.calm.pitch)) > 30);
    assert.ok(Math.min(...up.seen.map(({ pitch }) => pitch - up.calm.pitch)) > -10);
    assert.ok(Math.min(...down.seen.map(({ pitch }) => pitch - down.calm.pitch)) < -30);
    assert.ok(Math.max(...down.seen.map(({ pitch }) => pitch - down.calm.pitch)) < 10);
  });

  test("a smile widens the mouth and lifts its corners", async () => {
    const { seen, calm } = await follow("smile");
    const smiling = seen.filter((face) => face.mouth_width > 1.18 * calm.mouth_width && face.mouth_lift > calm.mouth_lift + 0.03);
    assert.ok(smiling.length >= 15, `${smiling.length} frames`);
  });

  test("a blink closes the lids", async () => {
    const { seen } = await follow("blink");
    const open = median(seen.map((face) => face.eyes_open));
    assert.ok(Math.min(...seen.map((face) => face.eyes_open)) < 0.75 * open);
  });
});
