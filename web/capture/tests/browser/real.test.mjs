// Whole captures in Chromium against the built server: the camera shows clips, the page is of another
// origin, and the folder's result is what the server makes of it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, missing } from "./browsers.mjs";
import { film, lacking } from "./clips.mjs";
import { serve } from "./serve.mjs";
import { startServer, unbuilt } from "./server.mjs";

const quiet = 60_000; // for so long after a capture nothing may be sent elsewhere

describe("captures against the server", { skip: missing("chromium") ?? lacking() ?? unbuilt() }, () => {
  let server;
  let site;

  before(async () => {
    server = await startServer();
    // What the documentation asks of pages, and the same without wasm.
    const documented = (wasm) => `default-src 'none'; script-src ${server.origin}${wasm}; worker-src blob:; connect-src ${server.origin}; img-src blob:; media-src blob:; frame-src ${server.origin}`;
    const pages = {
      "/page": [documented(" 'wasm-unsafe-eval'"), `<script src="${server.origin}/plugin_liveness.php"></script>`],
      "/nowasm": [documented(""), `<script src="${server.origin}/plugin_liveness.php"></script>`],
      "/framing": [`default-src 'none'; frame-src ${server.origin}`, `<iframe src="${server.origin}/capture/frame?lang=en" allow="camera" title="capture" width="900" height="640"></iframe>`],
    };
    site = await serve({}, (request, response, url) => {
      const [policy, body] = pages[url.pathname] ?? [];
      if (body !== undefined) response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy }).end(`<!doctype html><title>shop</title>${body}`);
      return body !== undefined;
    });
  });
  after(async () => {
    await site?.close();
    await server?.close();
  });

  /** opened gives a page whose camera shows a film. */
  async function opened(t, video, to) {
    const browser = await launch("chromium", { camera: video });
    t.after(() => browser.close());
    const sent = [];
    const said = [];
    browser.context.on("request", (request) => sent.push(request.url()));
    browser.context.on("console", (message) => said.push(message.text()));
    return Object.assign(await browser.open(`${site.origin}${to}`), { sent, said });
  }

  /** capture shows a film to a page that asks for an action, and gives what its callbacks got. */
  async function capture(t, video, action, to = "/page") {
    const page = await opened(t, video, to);
    await page.wait("!!globalThis.OzLiveness");
    await page.evaluate((wanted) => {
      globalThis.told = {};
      const keep = (callback) => (value) => (told[callback] = value ?? true);
      // Whose time runs out tries again: the film goes on without asking, and slowly on a busy machine.
      setInterval(() => document.querySelector("[data-bonafide]")?.shadowRoot.querySelector("[data-act=retry]")?.click(), 500);
      OzLiveness.open({ lang: "en", debug: true, action: [wanted], on_submit: keep("submit"), on_result: keep("result"), on_complete: keep("complete"), on_error: keep("error"), on_close: keep("close") });
    }, action);
    await page.wait("!!(told.complete || told.error)", 150_000).catch((late) => Promise.reject(new Error(`${late.message}\n${page.said.join("\n")}`)));
    await page.wait("![...document.querySelectorAll('[data-bonafide]')].some((host) => host.shadowRoot.querySelector('video')?.srcObject?.active)");
    const told = await page.evaluate("told");
    const quality = told.complete?.analyses?.quality;
    t.diagnostic(JSON.stringify({ error: told.error, resolution: quality?.resolution, reasons: quality?.reasons?.map(({ code }) => code), gesture: { ...quality?.results_data?.gesture, eyes_open: undefined }, injection: quality?.results_data?.injection, spoof: quality?.results_data?.confidence_spoofing }));
    if (to === "/page") assert.deepEqual(page.said.filter((line) => /Content Security Policy/.test(line)), [], "the documented policy is enough");
    return { told, page, quality };
  }

  /** What is said of gestures and the way that pictures came: how alive they look is another matter. */
  const codes = (quality) => quality.reasons.map(({ code }) => code).filter((code) => /^(gesture|frames|action|injection)_/.test(code));

  const gestures = [
    ["calm", "video_selfie_blank"],
    ["smile", "video_selfie_smile"],
    ["blink", "video_selfie_eyes"],
    ["left", "video_selfie_left"],
    ["right", "video_selfie_right"],
    ["up", "video_selfie_high"],
    ["down", "video_selfie_down"],
  ];
  for (const [name, action] of gestures) {
    test(`${action} ends in an analysed folder`, async (t) => {
      const { told, quality } = await capture(t, film(name), action);
      assert.equal(told.error, undefined);
      assert.ok(told.submit && told.complete);
      assert.equal(told.complete.state, "finished");
      assert.ok(told.complete.folder_id);
      assert.equal(quality.state, "finished");
      assert.deepEqual(codes(quality), []);
      if (action !== "video_selfie_blank") assert.equal(quality.results_data.gesture.verified, true);
    });
  }

  test("without tracking, a calm face that should smile is gesture_missing", async (t) => {
    const { told, quality } = await capture(t, film("calm", "mjpeg", 2), "video_selfie_smile", "/nowasm");
    assert.equal(told.error, undefined);
    assert.equal(quality.resolution, "DECLINED");
    assert.deepEqual(codes(quality), ["gesture_missing"]);
  });

  test("a film that begins anew within a recording is told as such", async (t) => {
    const { quality } = await capture(t, film("loop"), "video_selfie_smile", "/nowasm");
    assert.equal(quality.resolution, "DECLINED");
    assert.ok(codes(quality).includes("injection_duplicate_frames"), `${codes(quality)}`);
  });

  test("in a frame of the server's origin the page's own policy needs nothing but frame-src", async (t) => {
    const page = await opened(t, film("calm", "mjpeg", 3), "/framing");
    const frame = await (await page.page.waitForSelector("iframe")).contentFrame();
    await frame.waitForFunction("!!globalThis.OzLiveness");
    // The page has no script of its own: what it would send is sent for it.
    const told = await page.page.evaluate(() => new Promise((resolve) => {
      const callbacks = [];
      addEventListener("message", ({ data }) => {
        if (data.bonafide !== "callback") return;
        callbacks.push(data.name);
        if (data.name === "on_complete" || data.name === "on_error") resolve({ callbacks, detail: data.detail });
      });
      document.querySelector("iframe").contentWindow.postMessage({ bonafide: "open", options: { lang: "en", action: ["video_selfie_blank"] } }, "*");
    }));
    assert.equal(told.callbacks.at(-1), "on_complete", JSON.stringify(told.detail));
    assert.ok(told.callbacks.includes("on_submit"));
    assert.ok(told.detail.folder_id);
  });

  test("nothing is sent elsewhere, in a capture and a minute after", async (t) => {
    const { page } = await capture(t, film("calm", "mjpeg", 4), "video_selfie_blank");
    await new Promise((resolve) => setTimeout(resolve, quiet));
    const here = (url) => url.startsWith(server.origin) || url.startsWith(site.origin) || /^(blob|data|about):/.test(url);
    assert.ok(page.sent.some((url) => url.startsWith(`${server.origin}/request.php`)));
    assert.deepEqual(page.sent.filter((url) => !here(url)), []);
  });
});
