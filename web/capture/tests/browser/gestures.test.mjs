// Gestures of real people, from clips beside the repository, through the whole plugin: what the clip
// shows is found, and the frames carry it. Without the clips it is skipped aloud.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { adapter } from "./adapter.mjs";
import { launch, missing } from "./browsers.mjs";
import { clip, inFolder } from "./camera.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "../../dist");
const source = path.resolve(here, "../../../../../shared/data/pad/video/live__Apfol__videos_real2.webm");

describe("gestures of a clip", { skip: missing("chromium") ?? (existsSync(source) ? false : "no clips beside the repository") }, () => {
  let site;
  let browser;
  const folder = mkdtempSync(path.join(tmpdir(), "gestures-"));
  before(async () => {
    site = await adapter(dist, { "/tests/": here });
    // The man sits far from his camera: the middle of the picture is enlarged.
    browser = await launch("chromium", { camera: clip(source, inFolder(folder)("clip"), "crop=480:270:100:100") });
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const action of ["video_selfie_left", "video_selfie_right", "video_selfie_smile", "video_selfie_high"]) {
    test(action, { timeout: 130_000 }, async () => {
      site.reset();
      site.config = { attempts: { single: 0, common: 0 } };
      site.opened = { container: null };
      const view = await browser.open(`${site.origin}/tests/host.html?csp=strict`);
      await view.evaluate((a) => {
        openPlugin({ action: [a] });
        setInterval(() => inside("[data-act=retry]")?.click(), 500);
      }, action);
      await view.wait("names().includes('on_complete')", 120_000).catch(async (error) => {
        throw new Error(`${error.message}; ${await view.evaluate("text()")}; ${site.events.map((e) => e.event).slice(-6)}`);
      });
      const taken = await view.evaluate(() => { const c = told1("on_capture_complete"); return { action: c.action, n: c.frame_list.length }; });
      assert.equal(taken.action, action);
      assert.ok(taken.n >= 10, `${taken.n} frames`);
      assert.equal(await view.evaluate("live()"), 0);
      await view.close();
    });
  }
});
