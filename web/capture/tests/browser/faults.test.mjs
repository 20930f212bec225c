// What goes wrong in front of the camera, on the line and with the page: each ends in the documented
// callback and with the camera off. The adapter is the test's own; time is put forward where nobody acts.
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
const samples = path.join(root, "build/samples");
const selfie = path.join(samples, "selfie.jpg");

describe("faults in Chromium", { skip: missing("chromium") ?? !existsSync(selfie) }, () => {
  let site;
  let browser;
  let view;
  const folder = mkdtempSync(path.join(tmpdir(), "faults-"));

  before(async () => {
    site = await adapter(path.join(here, "../../dist"), { "/tests/": here, "/samples/": samples });
    browser = await launch("chromium", { camera: still(selfie, inFolder(folder)("selfie"), "scale=620:-2,pad=1280:720:-1:-1:color=0x808890") });
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
  const released = async () => assert.equal(await view.evaluate("live()"), 0, "the camera is still on");
  const named = () => view.evaluate("names()");
  const hint = (text) => view.wait(`text() === ${JSON.stringify(text)}`);
  const failed = async (code, ms) => {
    await view.wait("!!told1('on_error')", ms);
    const error = await view.evaluate("told1('on_error')");
    assert.equal(error.code, code, error.message);
    await released();
    assert.ok((await view.evaluate("inside('.say p').textContent")).length > 10, "the person is told what to do");
    return error;
  };

  /** The journal is handed in at the end. */
  const journalled = async (wanted) => {
    for (const end = Date.now() + 60_000; Date.now() < end && !site.events.some(wanted); ) await view.page.waitForTimeout(50);
    assert.ok(site.events.some(wanted), JSON.stringify(site.events));
  };

  /** scene makes the camera show photos at places of a grey room, each [url, x, y, width], darkened by dim, so many times a second. */
  const scene = (photos, dim = 0, rate = 20) => view.evaluate(async ([list, dark, fps]) => {
    const images = await Promise.all(list.map(async ([url]) => createImageBitmap(await (await fetch(url)).blob())));
    window.picture = () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
      const pen = canvas.getContext("2d");
      setInterval(() => {
        pen.fillStyle = "#80888f";
        pen.fillRect(0, 0, 1280, 720);
        images.forEach((image, i) => pen.drawImage(image, list[i][1], list[i][2], list[i][3], (list[i][3] * image.height) / image.width));
        pen.fillStyle = `rgba(0,0,0,${dark})`;
        pen.fillRect(0, 0, 1280, 720);
        for (let i = 0; i < 400; i++) { pen.fillStyle = `hsl(${Math.random() * 360} 60% ${dark ? 8 : 50}%)`; pen.fillRect(Math.random() * 1280, Math.random() * 720, 2, 2); }
      }, 50);
      return canvas.captureStream(fps);
    };
  }, [photos, dim, rate]);

  /** An attempt that nobody completes is over after its time; the only one, here. */
  const unattended = async (says) => {
    site.config = { attempts: { single: 1, common: 1 } };
    await view.page.clock.install();
    await open();
    await hint(says);
    await view.page.clock.fastForward(50_000);
    const error = await failed("attempts_exceeded");
    assert.equal(error.context.why, "positioning");
    assert.ok(site.events.every(({ event }) => event !== "action_record_start"), "nothing was recorded");
  };

  test("no face: the person is told, and attempts_exceeded in the end", async () => {
    await scene([]);
    await unattended("No face to be seen");
  });

  test("two faces: the person is told, and attempts_exceeded in the end", async () => {
    await scene([["/samples/selfie.jpg", 90, 60, 520], ["/samples/selfie.jpg", 670, 60, 520]]);
    await unattended("Only one person, please");
  });

  test("a face far behind is none too many", async () => {
    await scene([["/samples/selfie.jpg", 330, 23, 620], ["/samples/selfie.jpg", 20, 20, 150]]);
    await open();
    await view.wait("names().includes('on_complete')", 60_000);
    await released();
  });

  test("a dark clip: the screen lights the face, and after eight seconds the server decides", async () => {
    await scene([["/samples/selfie.jpg", 330, 23, 620]], 0.72);
    await open({ action: ["video_selfie_blank"] });
    await hint("It is too dark. Find more light");
    await view.wait("inside('.root').classList.contains('bright')");
    assert.equal(await view.evaluate("getComputedStyle(inside('.mask')).fill"), "rgb(255, 255, 255)");
    await view.wait("names().includes('on_complete')", 60_000);
    await released();
  });

  test("a camera without colours is left for another one, which is remembered", async () => {
    await scene([["/samples/selfie.jpg", 330, 23, 620]]);
    await view.evaluate(() => {
      const coloured = window.picture;
      const named = (stream, id) => (Object.defineProperty(stream.getVideoTracks()[0], "getSettings", { value: () => ({ deviceId: id, width: 1280, height: 720 }) }), stream);
      navigator.mediaDevices.enumerateDevices = async () => [{ kind: "videoinput", deviceId: "ir", label: "Integrated Camera" }, { kind: "videoinput", deviceId: "colour", label: "Other Camera" }];
      window.picture = () => {
        window.picture = () => named(coloured(), "colour");
        const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
        const pen = canvas.getContext("2d");
        setInterval(() => { const g = 110 + (Date.now() % 40); pen.fillStyle = `rgb(${g} ${g} ${g})`; pen.fillRect(0, 0, 1280, 720); }, 50);
        return named(canvas.captureStream(20), "ir");
      };
    });
    await open();
    await view.wait("window.asked === 2");
    await view.wait("names().includes('on_complete')", 60_000);
    assert.equal(await view.evaluate("localStorage.getItem('bonafide.camera')"), "colour");
    await journalled(({ event, context }) => event === "camera_fault" && context.fault === "infrared");
    await view.evaluate("localStorage.clear()");
    await released();
  });

  test("another camera is chosen with the keyboard, and one stream stays", async () => {
    await view.evaluate(() => { navigator.mediaDevices.enumerateDevices = async () => [{ kind: "videoinput", deviceId: "a", label: "Integrated Camera" }, { kind: "videoinput", deviceId: "b", label: "USB Camera" }]; });
    await open({ action: ["video_selfie_smile"] });
    await view.wait("live() === 1 && !inside('header button').hidden");
    await view.evaluate("inside('header button').focus()");
    for (const key of ["Enter", "ArrowDown", "Enter"]) await view.page.keyboard.press(key);
    await view.wait("window.asked === 2 && live() === 1");
    assert.match(await view.evaluate("localStorage.getItem('bonafide.camera')"), /^[ab]$/);
    await view.evaluate("OzLiveness.close(), localStorage.clear()");
    await released();
  });

  test("a gesture that is not made: time runs out, trying again goes on, attempts_exceeded at the end", async () => {
    site.config = { attempts: { single: 2, common: 6 } };
    await view.page.clock.install();
    await open({ action: ["video_selfie_left"] });
    for (const last of [false, true]) {
      await hint("Turn your head to your left").catch((late) => view.evaluate("[text(), inside('.say p')?.textContent, names().join()]").then((seen) => Promise.reject(new Error(`${late.message}: ${seen}`))));
      await view.page.clock.fastForward(10_500);
      if (last) break;
      await hint("That took too long");
      await view.evaluate("inside('[data-act=retry]').click()");
    }
    const error = await failed("attempts_exceeded");
    assert.deepEqual([error.context.action, error.context.why], ["video_selfie_left", "gesture"]);
    assert.equal(site.got.length, 0);
  });

  test("a machine that records six frames a second sends nothing: the person is told, tries again, and attempts_exceeded at the end", async () => {
    site.config = { attempts: { single: 2, common: 6 } };
    await scene([["/samples/selfie.jpg", 330, 23, 620]], 0, 6);
    await open({ action: ["video_selfie_scan"] });
    await hint("This device was too slow");
    await view.evaluate("inside('[data-act=retry]').click()");
    const error = await failed("attempts_exceeded", 60_000);
    assert.deepEqual([error.context.action, error.context.why], ["video_selfie_scan", "frames_too_few"]);
    await journalled(({ event, context }) => event === "action_timeout" && context.why === "frames_too_few");
    assert.equal(site.got.length, 0);
    assert.ok(!(await named()).includes("on_capture_complete"));
  });

  test("a network that is lost in the middle of the upload and comes back", async () => {
    site.hold = new Promise(() => undefined);
    await open();
    await view.wait("text().startsWith('Sending')", 60_000);
    const had = site.got.length;
    await browser.context.setOffline(true);
    site.hold = undefined;
    for (const socket of site.held) socket.destroy();
    await view.page.waitForTimeout(2000);
    assert.equal(site.got.length, had);
    await browser.context.setOffline(false);
    await view.wait("names().includes('on_complete')", 60_000);
    assert.ok(had > 0 && had < site.got.length);
    assert.deepEqual((await named()).filter((name) => /submit|complete$/.test(name)), ["on_capture_complete", "on_submit", "on_complete"]);
    await released();
  });

  test("a network that is lost for good is upload_failed", async () => {
    site.hold = new Promise(() => undefined);
    await view.page.clock.install();
    await open();
    await view.wait("text().startsWith('Sending')", 60_000);
    await browser.context.setOffline(true);
    try {
      // Each try of the upload has to fail before the next one waits.
      for (let i = 0; i < 200 && !(await view.evaluate("!!told1('on_error')")); i++) {
        await view.page.clock.fastForward(31_000);
        await view.page.waitForTimeout(200);
      }
      await failed("upload_failed");
    } finally {
      await browser.context.setOffline(false);
    }
    assert.ok(!(await named()).includes("on_complete"));
  });

  test("a closed tab: on_close, the camera off, and the journal is handed in", async () => {
    await view.evaluate(() => openPlugin({ action: ["video_selfie_smile"], on_close: () => sessionStorage.setItem("closed", "1") }));
    await view.wait("text() === 'Smile'", 40_000);
    await view.evaluate(() => addEventListener("pagehide", () => sessionStorage.setItem("live", String(live()))));
    await view.goto(`${site.origin}/tests/host.html`);
    assert.deepEqual(await view.evaluate("[sessionStorage.getItem('closed'), sessionStorage.getItem('live')]"), ["1", "0"]);
    await journalled(({ event }) => event === "action_record_start");
    assert.equal(site.got.length, 0);
  });

  test("a page in the background loses the recording and begins it anew", async () => {
    await open({ action: ["video_selfie_smile"] });
    await view.wait("text() === 'Smile'", 40_000);
    await view.evaluate(() => {
      const shown = (state) => { Object.defineProperty(document, "visibilityState", { value: state, configurable: true }); document.dispatchEvent(new Event("visibilitychange")); };
      shown("hidden");
      shown("visible");
    });
    assert.notEqual(await view.evaluate("text()"), "Smile");
    await view.wait("text() === 'Smile'");
    await view.evaluate("OzLiveness.close()");
    await released();
  });

  test("three captures one after the other leave no memory behind", async () => {
    const devtools = await browser.context.newCDPSession(view.page);
    const used = async () => {
      await devtools.send("HeapProfiler.collectGarbage");
      return (await devtools.send("Runtime.getHeapUsage")).usedSize;
    };
    const sizes = [];
    for (let i = 0; i < 3; i++) {
      Object.assign(site, { got: Buffer.alloc(0), answers: [{ state: "finished" }] });
      await view.evaluate("told.length = 0, tracks.length = 0");
      await open();
      await view.wait("names().includes('on_close')", 60_000);
      sizes.push(await used());
    }
    assert.ok(Math.max(...sizes) < 150e6, `${sizes}`);
    assert.ok(sizes[2] - sizes[0] < 5e6, `${sizes}`);
  });
});

for (const [what, options, code] of [
  ["a refused camera", { camera: "", permission: false, args: ["--deny-permission-prompts"] }, "camera_permission_denied"],
  ["a machine without a camera", {}, "camera_not_found"],
]) {
  test(`${what}, by the browser's own word, is ${code}`, { skip: missing("chromium") }, async () => {
    const site = await adapter(path.join(here, "../../dist"), { "/tests/": here });
    const browser = await launch("chromium", options);
    try {
      const view = await browser.open(`${site.origin}/tests/host.html?csp=strict`);
      await view.evaluate("openPlugin()");
      await view.wait("!!told1('on_error')");
      assert.equal(await view.evaluate("told1('on_error').code"), code);
      assert.equal(await view.evaluate("live()"), 0);
    } finally {
      await browser.close();
      await site.close();
    }
  });
}
