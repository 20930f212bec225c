// Settings of the adapter and options of the page that change what a person sees, in Chromium.
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
const dist = path.join(here, "../../dist");
const selfie = path.resolve(here, "../../../../build/samples/selfie.jpg");

describe("settings in Chromium", { skip: missing("chromium") ?? !existsSync(selfie) }, () => {
  let site;
  let browser;
  let view;
  const folder = mkdtempSync(path.join(tmpdir(), "settings-"));

  before(async () => {
    site = await adapter(dist, { "/tests/": here });
    browser = await launch("chromium", { camera: still(selfie, inFolder(folder)("selfie"), "scale=620:-2,pad=1280:720:-1:-1:color=0x808890") });
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => site.reset());
  afterEach(async () => {
    assert.deepEqual(view.errors, []);
    await view.close();
  });
  const open = async (options) => {
    view = await browser.open(`${site.origin}/tests/host.html?csp=strict`);
    await view.evaluate((o) => openPlugin(o), options);
  };

  test("with photo_source: upload a document is chosen among files and sent", async () => {
    site.config = { photo_source: ["upload"] };
    await open({ action: ["photo_id_front"] });
    await view.wait("!!inside('[data-act=pick]')", 40_000);
    assert.equal(await view.evaluate("!!inside('[data-act=shoot]')"), false);
    const [chooser] = await Promise.all([view.page.waitForEvent("filechooser"), view.evaluate("inside('[data-act=pick]').click()")]);
    await chooser.setFiles({ name: "none.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") });
    await view.page.waitForTimeout(300);
    assert.equal(await view.evaluate("!!inside('.review img') || !!told1('on_error')"), false, "what is no picture changes nothing");
    await Promise.all([view.page.waitForEvent("filechooser").then((second) => second.setFiles(selfie)), view.evaluate("inside('[data-act=pick]').click()")]);
    await view.wait("!!inside('.review img')", 20_000);
    await view.evaluate("inside('[data-act=use]').click()");
    await view.wait("names().includes('on_complete')", 40_000);
    assert.ok(site.got.length > 10_000, "the picture was sent");
  });

  test("overlay_options.show_document_pattern draws the document's pattern, and nothing does without it", async () => {
    await open({ action: ["photo_id_front"], overlay_options: { show_document_pattern: true } });
    await view.wait("!!inside('[data-act=shoot]')", 40_000);
    assert.ok((await view.evaluate("inside('.pattern').getAttribute('d')")).length > 50);
    await view.close();
    await open({ action: ["photo_id_front"], overlay_options: false });
    await view.wait("!!inside('[data-act=shoot]')", 40_000);
    assert.equal(await view.evaluate("!!inside('.pattern')"), false);
  });

  test("where somebody films the person, nothing is mirrored and a desktop shows no oval", async () => {
    site.config = { capture_scenario: "operator" };
    await open({ action: ["video_selfie_blank"] });
    await view.wait("window.asked === 1 && !!inside('.over') && inside('video').videoWidth > 0", 40_000);
    assert.equal(await view.evaluate("inside('video').classList.contains('mirrored') || !!inside('.ring') || !!inside('.mask')"), false);
  });

  /** snap takes the photo of a document, which needs no face. */
  const snap = async (options) => {
    await open({ action: ["photo_id_front"], ...options });
    for (const act of ["shoot", "use"]) {
      await view.wait(`!!inside('[data-act=${act}]')`, 40_000);
      if (act === "use") await view.wait("!!inside('.review img')", 20_000);
      await view.evaluate((a) => inside(`[data-act=${a}]`).click(), act);
    }
  };

  test("options of pages that were written for the vendor's plugin reach the adapter", async () => {
    const asked = { session_token: "a.b.c", token: "api", lang: "ru", meta: { transaction_id: "T-1", end_user_id: "u", iin: "1" }, params: { extract_best_shot: false }, result_mode: "status" };
    await snap({ ...asked, headers: { "X-Tenant": "a" }, debug: true, license: {}, licenseUrl: "/license.json", overlay_options: false });
    await view.wait("names().includes('on_close')", 40_000);
    const { origin, actions, ...sent } = site.inits[0];
    assert.deepEqual([sent, actions, origin], [asked, ["photo_id_front"], site.origin]);
  });

  const quality = (state, resolution) => ({ quality: { state, resolution } });
  const shapes = {
    safe: [{ state: "processing" }, { state: "finished" }],
    status: [{ state: "processing", analyses: quality("processing", "") }, { state: "finished", analyses: quality("finished", "SUCCESS") }],
    folder: [{ state: "processing", analyses: quality("processing", "") }, { state: "finished", analyses: quality("finished", "DECLINED"), folder_id: "f" }],
    full: [{ state: "processing", analyses: quality("processing", "") }, { state: "finished", folder_id: "f", company_id: "c", meta_data: { a: "b" }, analyses: { quality: { state: "finished", resolution: "SUCCESS", group_id: "g", thresholds: { threshold_spoofing: 0.5 }, result_json: { source_media: [{ images: [{ original_url: "https://id.example/x" }] }] } } } }],
  };
  for (const [mode, answers] of Object.entries(shapes)) {
    test(`in mode ${mode} every callback comes once in its turn with the documented shape`, async () => {
      site.answers = structuredClone(answers);
      site.opened = { container: null };
      await snap();
      await view.wait("names().includes('on_close')", 40_000);
      assert.deepEqual(await view.evaluate("names()"), ["on_capture_complete", "on_submit", "on_result", "on_result", "on_complete", "on_close"]);
      assert.deepEqual(await view.evaluate("told.filter((t) => t.name === 'on_result').map((t) => t.detail)"), answers);
      assert.deepEqual(await view.evaluate("told1('on_complete')"), answers[1]);
      const photo = await view.evaluate("told1('on_capture_complete')");
      assert.deepEqual([photo.action, photo.best_frame.slice(0, 22), photo.frame_list.length, typeof photo.additional_info], ["photo_id_front", "data:image/jpeg;base64", 1, "string"]);
    });
  }

  for (const [preinit, files] of Object.entries({ off: [], script: ["tracker", "encoder"], full: ["tracker", "encoder", "blazeface", "facemesh"] })) {
    test(`preinit: ${preinit} loads ${files.join(", ") || "nothing"} ahead`, async () => {
      site.config = { preinit };
      const seen = site.asked.length;
      view = await browser.open(`${site.origin}/tests/host.html?csp=strict`);
      const asked = (name) => site.asked.slice(seen).some((address) => address.startsWith(`/plugin/${name}`));
      for (let i = 0; i < 600 && !(files.every(asked) && site.asked.slice(seen).includes("/config.php")); i++) await new Promise((resolve) => setTimeout(resolve, 100));
      assert.deepEqual(files.filter((name) => !asked(name)), []);
      if (!files.includes("blazeface")) assert.equal(asked("blazeface"), false);
      if (preinit === "off") assert.equal(asked("tracker"), false);
      assert.equal(await view.evaluate("window.asked ?? 0"), 0, "no camera is asked for");
    });
  }
});
