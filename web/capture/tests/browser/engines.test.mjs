// Whole captures against the built server in the engines whose cameras take no film: the camera is a
// canvas that shows one, and what is sealed there the server opens.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, missing, names } from "./browsers.mjs";
import { lacking, stills } from "./clips.mjs";
import { serve } from "./serve.mjs";
import { startServer, unbuilt } from "./server.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));

describe("captures in every engine", { skip: lacking() ?? unbuilt() }, () => {
  let server;
  let site;
  let films;
  before(async () => {
    server = await startServer();
    films = Object.fromEntries(["calm", "left", "right"].map((name) => [name, stills(name, { fps: 20, size: "640:-2" })]));
    const folders = Object.fromEntries(Object.entries(films).map(([name, folder]) => [`/films/${name}/`, folder]));
    site = await serve({ "/tests/": here, ...folders }, (request, response, url) => {
      if (url.pathname !== "/page") return false;
      // Blocked to wasm: nobody follows the face, the server decides.
      const policy = url.searchParams.get("csp") === "nowasm" ? { "content-security-policy": `script-src 'self' ${server.origin}` } : {};
      const script = `<script src="/tests/host.js"></script><script src="/tests/person.js"></script><script src="${server.origin}/plugin_liveness.php"></script>`;
      response.writeHead(200, { "content-type": "text/html", ...policy }).end(`<!doctype html><html lang="en"><title>shop</title>${script}<body><h1>shop</h1></body></html>`);
      return true;
    });
  });
  after(async () => {
    await site?.close();
    await server?.close();
  });

  const pictures = (name, from, to) => readdirSync(films[name]).sort().slice(Math.round(20 * from), Math.round(20 * to)).map((file) => `/films/${name}/${file}`);

  /** capture gives what the page was told at the end, by a person who does a gesture when they are told to. */
  async function capture(t, page, { action, person, wants = "", slow = false }) {
    await page.wait("!!(globalThis.OzLiveness && globalThis.person)");
    if (person) await page.evaluate((what) => person(what), { ...person, wants });
    await page.evaluate((wanted) => {
      // Who was too slow tries again, as a person would.
      setInterval(() => inside("[data-act=retry]")?.click(), 500);
      openPlugin({ lang: "en", action: [wanted], debug: true });
    }, action);
    await page.wait("!!(told1('on_complete') || told1('on_error'))", 90_000).catch(async (late) => {
      throw new Error(`${late.message}: ${await page.evaluate("[text(), inside('.say p')?.textContent, inside('.gauge')?.style.strokeDashoffset, names().join(), inside('.root')?.className].join(' | ')")}`);
    });
    const [complete, error, live] = await page.evaluate("[told1('on_complete') ?? null, told1('on_error') ?? null, live()]");
    t.diagnostic(JSON.stringify({ size: await page.evaluate("[innerWidth, innerHeight]"), error, resolution: complete?.analyses?.quality?.resolution, reasons: complete?.analyses?.quality?.reasons?.map(({ code }) => code), gesture: { ...complete?.analyses?.quality?.results_data?.gesture, eyes_open: undefined } }));
    assert.equal(live, 0, "the camera is still on");
    if (slow && error?.context.why === "frames_too_few") return undefined;
    assert.equal(error, null);
    assert.equal(complete.state, "finished");
    assert.ok(complete.folder_id);
    return complete.analyses.quality;
  }
  const codes = (quality) => quality.reasons.map(({ code }) => code).filter((code) => /^(gesture|frames|action|injection)_/.test(code));

  for (const name of names) {
    describe(name, { skip: missing(name) }, () => {
      let browser;
      before(async () => (browser = await launch(name)));
      after(() => browser?.close());

      test(`${name}: a turn to the left is captured, sealed, opened and found`, async (t) => {
        const page = await browser.open(`${site.origin}/page`);
        const quality = await capture(t, page, { slow: name === "webkit", action: "video_selfie_left", wants: "Turn your head to your left", person: { calm: pictures("left", 0, 1), gesture: pictures("left", 2.2, 3.8) } });
        // WebKitGTK without a graphics card, on a busy machine: fewer frames than a gesture needs are not sent.
        if (!quality) return t.diagnostic("too few frames, in every attempt");
        assert.deepEqual(codes(quality), []);
        assert.equal(quality.results_data.gesture.verified, true);
        assert.ok(quality.results_data.gesture.left_deg > 30);
      });

      test(`${name}: without tracking, a person who does nothing is told so by the server`, async (t) => {
        const page = await browser.open(`${site.origin}/page?csp=nowasm`);
        const quality = await capture(t, page, { action: "video_selfie_right", person: { calm: pictures("left", 0, 1) } });
        assert.equal(quality.resolution, "DECLINED");
        assert.deepEqual(codes(quality), ["gesture_missing"]);
      });

      test(`${name}: without tracking, a turn to the wrong side is told so by the server`, async (t) => {
        const page = await browser.open(`${site.origin}/page?csp=nowasm`);
        const quality = await capture(t, page, { action: "video_selfie_right", wants: "Turn your head to your right", person: { calm: pictures("right", 0, 1), gesture: pictures("left", 2.2, 3.8) } });
        assert.equal(quality.resolution, "DECLINED");
        assert.deepEqual(codes(quality), ["gesture_wrong"]);
      });

      if (name === "firefox") test("firefox: its own camera shows a pattern, in which the server finds nobody", async (t) => {
        const quality = await capture(t, await browser.open(`${site.origin}/page?csp=nowasm`), { action: "video_selfie_blank" });
        assert.equal(quality.resolution, "DECLINED");
        assert.ok(quality.reasons.some(({ code }) => code === "no_face"), JSON.stringify(quality.reasons));
      });

      if (name === "webkit") test("webkit: it has no camera here, which is camera_not_found", async () => {
        const page = await browser.open(`${site.origin}/page`);
        await page.wait("!!globalThis.OzLiveness");
        await page.evaluate("void openPlugin({ lang: 'en' })");
        await page.wait("!!told1('on_error')");
        assert.equal(await page.evaluate("told1('on_error').code"), "camera_not_found");
      });
    });
  }
});
