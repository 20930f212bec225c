// Whole captures in Chromium against the built server: the camera shows clips, the page is of another
// origin, and the folder's result is what the server makes of it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, missing } from "./browsers.mjs";
import { film, lacking } from "./clips.mjs";
import { serve } from "./serve.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../..");
const binary = path.join(root, "build/bonafide");
const quiet = 60_000; // for so long after a capture nothing may be sent elsewhere

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

describe("captures against the server", { skip: process.env.WHOLE_CAPTURES ? (missing("chromium") ?? lacking() ?? (existsSync(binary) ? undefined : "run make build first")) : "set WHOLE_CAPTURES=1: not proved on a quiet machine yet" }, () => {
  const data = mkdtempSync(path.join(tmpdir(), "captures-"));
  let server;
  let origin;
  let site;
  let log = "";
  const outside = [];
  let last = 0;

  before(async () => {
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    server = spawn(binary, ["serve", "--data", data, "--assets", path.join(root, "build"), "--listen", `127.0.0.1:${port}`], {
      env: { ...process.env, WA_RESULT_MODE: "full" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [server.stdout, server.stderr]) stream.on("data", (piece) => (log += piece));
    await until(async () => (await fetch(`${origin}/config.php`)).ok, 60_000);
    site = await serve({}, (request, response, url) => {
      if (url.pathname !== "/page") return false;
      response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html><title>shop</title><script src="${origin}/plugin_liveness.php"></script>`);
      return true;
    });
  });
  after(async () => {
    server?.kill();
    await site?.close();
    rmSync(data, { recursive: true, force: true });
  });

  async function until(ready, milliseconds) {
    for (const end = Date.now() + milliseconds; ; ) {
      if (await ready().catch(() => false)) return;
      if (Date.now() > end || server.exitCode !== null) throw new Error(`the server does not answer:\n${log}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** capture shows a film to a page that asks for an action, and gives what its callbacks got. */
  async function capture(name, action) {
    const browser = await launch("chromium", { camera: film(name) });
    const page = await browser.open(`${site.origin}/page`);
    try {
      await page.wait("!!globalThis.OzLiveness");
      await page.evaluate((wanted) => {
        globalThis.told = {};
        const keep = (callback) => (value) => (told[callback] = value ?? true);
        OzLiveness.open({ lang: "en", action: [wanted], on_submit: keep("submit"), on_result: keep("result"), on_complete: keep("complete"), on_error: keep("error") });
      }, action);
      await page.wait("!!(told.complete || told.error)", 150_000);
      const told = await page.evaluate("told");
      await page.wait("![...document.querySelectorAll('video')].some((video) => video.srcObject?.active)");
      last = Date.now();
      return { told, page, browser };
    } finally {
      const stray = (url) => !url.startsWith(origin) && !url.startsWith(site.origin) && !/^(blob|data|about):/.test(url);
      page.requests.filter(stray).forEach((url) => outside.push(url));
      page.page.on("request", (request) => stray(request.url()) && outside.push(request.url()));
    }
  }

  const gestures = [
    ["calm", "video_selfie_blank"],
    ["left", "video_selfie_left"],
    ["right", "video_selfie_right"],
    ["smile", "video_selfie_smile"],
    ["blink", "video_selfie_eyes"],
  ];
  for (const [name, action] of gestures) {
    test(`${action} ends in an analysed folder`, async (t) => {
      const { told, browser } = await capture(name, action);
      await browser.close();
      t.diagnostic(JSON.stringify(told).slice(0, 1500));
      assert.equal(told.error, undefined);
      assert.ok(told.submit && told.complete);
      assert.equal(told.complete.state, "finished");
      assert.ok(told.complete.folder_id && Object.keys(told.complete.analyses).length > 0);
    });
  }

  test("nothing is sent elsewhere, in a capture and a minute after", async () => {
    const { browser } = await capture("calm", "video_selfie_blank");
    await new Promise((resolve) => setTimeout(resolve, quiet - (Date.now() - last)));
    await browser.close();
    assert.deepEqual(outside, []);
  });
});
