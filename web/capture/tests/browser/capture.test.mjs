// The whole plugin in Chromium with a camera of films, against an adapter of the test's own: complete
// captures, every way to fail, and the problems that others had in the field.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { adapter } from "./adapter.mjs";
import { launch, missing } from "./browsers.mjs";
import { inFolder, still } from "./camera.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../../..");
const dist = path.join(here, "../../dist");
const selfie = path.join(root, "build/samples/selfie.jpg");
/** The face of the photo, upright and in the middle of the frame. */
export const framed = "scale=620:-2,pad=1280:720:-1:-1:color=0x808890";

describe("capture in Chromium", { skip: missing("chromium") ?? !existsSync(selfie) }, () => {
  let site;
  let browser;
  let view;
  const folder = mkdtempSync(path.join(tmpdir(), "capture-"));

  before(async () => {
    site = await adapter(dist, { "/tests/": here });
    browser = await launch("chromium", { camera: still(selfie, inFolder(folder)("selfie"), framed) });
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    site.reset();
    view = await browser.open(`${site.origin}/tests/host.html?csp=strict`);
  });
  afterEach(async () => {
    assert.deepEqual(view.errors, []);
    await view.close();
  });

  const open = (options = {}) => view.evaluate((o) => openPlugin(o), options);
  const over = (ms) => view.wait("names().includes('on_close')", ms);
  const released = async () => assert.equal(await view.evaluate("live()"), 0, "the camera is still on");
  const failed = async (code) => {
    await view.wait("!!told1('on_error')");
    const error = await view.evaluate("told1('on_error')");
    assert.equal(error.code, code, error.message);
    assert.ok("event_session_id" in error && "context" in error);
    await released();
    assert.ok((await view.evaluate("inside('.say p').textContent")).length > 10, "the person is told what to do");
    return error;
  };

  test("a selfie is captured, sealed, sent and answered; callbacks come in order", async () => {
    await open({ meta: { transaction_id: "t-1" } });
    await over(60_000);
    const names = await view.evaluate("names()");
    assert.deepEqual(names, ["on_capture_complete", "on_submit", "on_result", "on_result", "on_complete", "on_close"]);
    assert.deepEqual(await view.evaluate("told1('on_complete')"), { state: "finished" });
    assert.ok((await view.evaluate("told1('on_capture_complete')")).blob > 100_000);
    assert.equal(site.got.subarray(0, 4).toString(), "BFC1");
    const events = site.events.map((e) => e.event);
    for (const wanted of ["liveness_session_initialization", "liveness_check_start", "action_start", "action_face_position_fixed", "action_record_start", "action_record_finish", "action_finish", "liveness_check_finish"]) assert.ok(events.includes(wanted), wanted);
    assert.deepEqual([site.inits[0].meta, site.inits[0].actions], [{ transaction_id: "t-1" }, null]);
    await released();
    assert.deepEqual(view.requests.filter((to) => !to.startsWith(site.origin) && !to.startsWith("blob:") && !to.startsWith("data:")), [], "a request left the origin");
  });

  test("without a container the frames go out as a form, and the page gets lists of frames", async () => {
    site.opened = { container: null };
    await open({ action: ["video_selfie_blank"] });
    await over(60_000);
    const taken = await view.evaluate(() => {
      const c = told1("on_capture_complete");
      return { action: c.action, n: c.frame_list.length, boxes: c.frame_bounding_box_list.length, best: c.best_frame.slice(0, 22), png: c.best_frame_png.slice(0, 21), box: c.best_frame_bounding_box, points: Object.keys(c.best_frame_landmarks ?? {}), info: JSON.parse(c.additional_info).device.engine };
    });
    assert.ok(taken.n >= 8, `${taken.n} frames`);
    assert.equal(taken.boxes, taken.n);
    assert.deepEqual([taken.action, taken.best, taken.png, taken.info], ["video_selfie_blank", "data:image/jpeg;base64", "data:image/png;base64", "chromium"]);
    assert.ok(taken.box.left > 300 && taken.box.right < 980 && taken.box.top < taken.box.bottom);
    assert.deepEqual(taken.points.sort(), ["left_ear", "left_eye", "mouth_bottom", "nose_base", "right_ear", "right_eye"]);
    assert.equal(site.forms, 1);
    assert.match(site.got.toString("latin1"), /name="video0"/);
  });

  test("architecture capture: the page gets the blob, and nothing is uploaded", async () => {
    site.config = { architecture: "capture" };
    await open();
    await over(60_000);
    assert.deepEqual(await view.evaluate("names()"), ["on_capture_complete", "on_close"]);
    assert.ok(!site.asked.includes("/request.php") || site.got.length === 0);
  });

  test("every shape of result reaches both callbacks as the adapter gave it", async () => {
    const finished = { state: "finished", folder_id: "f", analyses: { quality: { state: "finished", resolution: "success" } } };
    site.answers = [{ state: "processing", analyses: { quality: { state: "processing", resolution: "" } } }, finished];
    await open();
    await over(60_000);
    assert.deepEqual(await view.evaluate("told1('on_complete')"), finished);
    assert.deepEqual(await view.evaluate("told.filter((t) => t.name === 'on_result').map((t) => t.detail.state)"), ["processing", "finished"]);
  });

  for (const [name, code] of [["NotAllowedError", "camera_permission_denied"], ["NotFoundError", "camera_not_found"], ["NotReadableError", "camera_busy"], ["OverconstrainedError", "camera_not_found"]]) {
    test(`${name} is ${code}, and trying again works`, async () => {
      await view.evaluate((n) => (window.refuse = [n, n, n, n]), name);
      await open();
      await failed(code);
      await view.evaluate(() => { window.refuse = []; inside("[data-act=retry]").click(); });
      await over(60_000);
      assert.ok((await view.evaluate("names()")).includes("on_complete"));
      await released();
    });
  }

  test("a stale remembered camera falls back to any", async () => {
    await view.evaluate(() => { localStorage.setItem("bonafide.camera", "gone"); window.refuse = ["OverconstrainedError"]; });
    await open();
    await view.wait("live() === 1");
    await view.evaluate(() => { OzLiveness.close(); localStorage.clear(); });
    await released();
  });

  test("opened twice there is one session, one stream and one window", async () => {
    await view.evaluate(() => { openPlugin(); openPlugin(); openPlugin(); });
    await view.wait("live() === 1");
    await view.page.waitForTimeout(500);
    assert.deepEqual(await view.evaluate(() => [asked, document.querySelectorAll("[data-bonafide]").length]), [1, 1]);
    assert.equal(site.inits.length, 1);
    await view.evaluate("OzLiveness.close(), OzLiveness.close()");
    await released();
    assert.deepEqual(await view.evaluate("names()"), ["on_close"]);
  });

  test("a camera that comes after closing is let go at once", async () => {
    await view.evaluate(() => (window.delay = 1500));
    await open();
    await view.wait("window.asked === 1");
    await view.evaluate("OzLiveness.close()");
    await view.wait("tracks.length === 1 && live() === 0", 5000);
    assert.deepEqual(await view.evaluate("names()"), ["on_close"]);
  });

  test("it can be opened again after it was closed, three times, with nothing left over", async () => {
    for (let i = 0; i < 3; i++) {
      await open();
      await view.wait("live() === 1");
      await view.evaluate("OzLiveness.close()");
      await released();
      assert.equal(await view.evaluate("document.querySelectorAll('[data-bonafide]').length"), 0);
    }
  });

  test("an upload that breaks goes on where it was", async () => {
    site.broken = 2;
    await open();
    await over(90_000);
    assert.ok((await view.evaluate("names()")).includes("on_complete"));
    assert.equal(site.got.subarray(0, 4).toString(), "BFC1");
  });

  test("hidden after the upload began, it works on and tells the result", async () => {
    await open({ action: ["video_selfie_blank"] });
    await view.wait("names().includes('on_capture_complete')", 60_000);
    await view.evaluate("OzLiveness.hide()");
    assert.equal(await view.evaluate("getComputedStyle(inside('.root')).display"), "none");
    await view.wait("names().includes('on_complete')");
    await released();
  });

  test("closing during the upload ends everything but on_close", async () => {
    site.hold = new Promise(() => undefined);
    await open();
    await view.wait("text().startsWith('Sending')", 60_000);
    await view.evaluate("told.length = 0, OzLiveness.close()");
    await view.page.waitForTimeout(700);
    assert.deepEqual(await view.evaluate("names()"), ["on_close"]);
    await released();
  });

  test("an origin without licence is told so", async () => {
    site.refuse = { code: "license_origin_error", message: "no", context: { origin: "x" } };
    await open();
    await failed("license_origin_error");
    assert.equal(await view.evaluate("window.asked ?? 0"), 0, "no camera was asked for");
  });

  test("a server that does not answer is server_unreachable, not a spinner for ever", async () => {
    site.blocked = ["config.php"];
    await open();
    await failed("server_unreachable");
  });

  for (const [what, blocked] of [["the tracker", ["tracker-"]], ["wasm", [".wasm"]], ["the networks", [".bin"]]]) {
    test(`without ${what} the capture goes by oval and timer`, async () => {
      site.blocked = blocked;
      await open();
      await over(80_000);
      assert.ok((await view.evaluate("names()")).includes("on_complete"));
      assert.ok(site.events.some((e) => e.event === "tracker_failed"));
    });
  }

  test("under a policy without wasm it goes by oval and timer", async () => {
    await view.goto(`${site.origin}/tests/host.html?csp=nowasm`);
    await open({ action: ["video_selfie_blank"] });
    await over(80_000);
    assert.ok(site.events.some((e) => e.event === "tracker_failed"));
    assert.ok((await view.evaluate("names()")).includes("on_complete"));
  });

  test("an infrared picture gives way to another camera where there is one, and is written down", async () => {
    await view.evaluate(() => {
      // Cameras are listed when one is opened, and again when another one is looked for.
      const list = navigator.mediaDevices.enumerateDevices;
      window.listed = 0;
      navigator.mediaDevices.enumerateDevices = function () { window.listed++; return list.call(this); };
      window.picture = () => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
        const pen = canvas.getContext("2d");
        setInterval(() => { pen.fillStyle = `rgb(${120 + (Date.now() % 9)} ${120 + (Date.now() % 9)} ${120 + (Date.now() % 9)})`; pen.fillRect(0, 0, 640, 480); }, 40);
        return canvas.captureStream(25);
      };
    });
    await open();
    await view.wait("window.listed === 2");
    await view.evaluate("OzLiveness.close()");
    await released();
    for (const end = Date.now() + 60_000; Date.now() < end && site.events.length === 0; ) await view.page.waitForTimeout(50);
    assert.ok(site.events.some((e) => e.event === "camera_fault" && e.context.fault === "infrared"));
  });

  test("a black picture is camera_busy", async () => {
    await view.evaluate(() => {
      window.picture = () => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
        const pen = canvas.getContext("2d");
        setInterval(() => pen.fillRect(0, 0, 640, 480), 40);
        return canvas.captureStream(25);
      };
    });
    await open();
    const error = await failed("camera_busy");
    assert.equal(error.context.fault, "black");
  });

  test("a camera that is pulled out is camera_busy", async () => {
    await open();
    await view.wait("live() === 1");
    await view.evaluate(() => { const [track] = tracks; track.stop(); track.dispatchEvent(new Event("ended")); });
    await failed("camera_busy");
  });

  test("on an insecure origin there is a code of its own before anything else", async () => {
    await view.page.route("http://insecure.test/**", async (route) => {
      const url = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: `${site.origin}${url.pathname}${url.search}` }) });
    });
    await view.goto("http://insecure.test/tests/host.html");
    await open();
    await failed("insecure_origin");
  });

  test("in a frame without permission there is a code of its own, with the attribute to add", async () => {
    await view.goto(`${site.origin}/tests/host.html`);
    await view.evaluate((src) => { const frame = document.createElement("iframe"); frame.src = src; frame.id = "f"; document.body.append(frame); }, `${site.origin.replace("127.0.0.1", "localhost")}/tests/host.html`);
    const inner = await (await view.page.waitForSelector("#f")).contentFrame();
    await inner.waitForFunction("!!window.OzLiveness");
    await inner.evaluate("openPlugin()");
    await inner.waitForFunction("!!told1('on_error')");
    assert.equal(await inner.evaluate("told1('on_error').code"), "frame_permission");
    assert.match(await inner.evaluate("inside('.say p').textContent"), /allow="camera"/);
  });

  test("keyboard alone: focus stays inside, Escape closes, and focus returns", async () => {
    await view.page.focus("#start");
    await open();
    await view.wait("live() === 1");
    for (let i = 0; i < 6; i++) {
      await view.page.keyboard.press("Tab");
      assert.ok(await view.evaluate("document.activeElement.hasAttribute('data-bonafide')"), "focus left the dialog");
    }
    await view.page.keyboard.press("Escape");
    await over(5000);
    assert.equal(await view.evaluate("document.activeElement.id"), "start");
    await released();
  });

  test("unknown options are ignored with a warning, and a callback that throws stops nothing", async () => {
    const warnings = [];
    view.page.on("console", (m) => warnings.push(m.text()));
    await view.evaluate(() => openPlugin({ nonsense: 1, action: ["video_selfie_blank"], on_submit: () => { throw new Error("the page's own"); } }));
    await over(60_000);
    assert.ok((await view.evaluate("names()")).includes("on_complete"));
    assert.ok(warnings.some((w) => w.includes("nonsense")));
  });

  test("a page's font size and styles do not move the oval", async () => {
    const oval = () => view.evaluate(() => { const b = inside(".ring").getBoundingClientRect(); return [b.x, b.y, b.width, b.height].map(Math.round); });
    await open();
    await view.wait("!!inside('.ring')");
    const before = await oval();
    await view.evaluate(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync("html { font-size: 40px } * { box-sizing: content-box; line-height: 3 } svg { width: 10px; height: 10px }"); document.adoptedStyleSheets = [sheet]; });
    await view.page.waitForTimeout(300);
    assert.deepEqual(await oval(), before);
    await view.evaluate("OzLiveness.close()");
  });
});
