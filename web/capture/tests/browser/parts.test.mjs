// Tracker, encoder and seal alone, in all browsers that are here, on what was built.
import assert from "node:assert/strict";
import { createECDH, createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch, missing, names } from "./browsers.mjs";
import { serve } from "./serve.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../../..");
const dist = path.join(here, "../../dist");
const photos = path.join(root, "build/node_modules/@vladmandic/face-api/demo");
const measured = JSON.parse(readFileSync(path.join(root, "api/capture/faces.json"), "utf8"));

let site;
let sealed = [];
const folder = mkdtempSync(path.join(tmpdir(), "parts-"));

before(async () => {
  assert.ok(existsSync(path.join(dist, "manifest.json")), "run npm run build --prefix web/capture first");
  await build({ entryPoints: [path.join(here, "parts.entry.ts")], bundle: true, format: "esm", outfile: path.join(folder, "parts.js"), tsconfigRaw: {}, logLevel: "warning" });
  site = await serve({ "/dist/": dist, "/photos/": photos, "/tests/parts.js": path.join(folder, "parts.js"), "/tests/": here }, (request, response, url) => {
    if (url.pathname === "/never") return true; // is not answered
    if (url.pathname !== "/sealed") return false;
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece)).on("end", () => (sealed.push(Buffer.concat(pieces)), response.writeHead(204).end()));
    return true;
  });
});
after(async () => {
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const name of names) {
  describe(name, { skip: missing(name) }, () => {
    let browser;
    let page;
    before(async () => {
      browser = await launch(name);
      page = await browser.open(`${site.origin}/tests/parts.html?csp=strict`);
      await page.wait("!!globalThis.parts");
    });
    after(() => browser?.close());

    test("the tracker measures what the server does", async () => {
      const { faces, followed, onPage } = await page.evaluate((list) => parts.track(list), measured.map(pictured));
      assert.equal(onPage, false, "the networks should run in a worker");
      measured.forEach((want, i) => {
        compare(want, faces[i][0]);
        // A face that is followed is placed by its last mesh instead of by the detector.
        for (const angle of ["yaw", "pitch"]) assert.ok(Math.abs(followed[i][0][angle] - want.pose[angle]) < 6, `${want.photo}: ${angle} is ${followed[i][0][angle]} when followed, ${want.pose[angle]} on the server`);
      });
    });

    test("of a video frame, of which a part is drawn, the same is measured as of a picture", async (t) => {
      if (!(await page.evaluate("'MediaStreamTrackProcessor' in globalThis"))) return t.skip("cameras give pictures here");
      const list = measured.slice(0, 6).map(pictured);
      const [whole, video] = [await page.evaluate((of) => parts.track(of), list), await page.evaluate((of) => parts.track(of, { asVideo: true }), list)];
      for (const kind of ["faces", "followed"]) {
        whole[kind].forEach(([face], i) => {
          for (const angle of ["yaw", "pitch", "roll"]) assert.ok(Math.abs(face[angle] - video[kind][i][0][angle]) < 1, `${list[i].url}: ${angle} of ${kind} is ${face[angle]}, of a video frame ${video[kind][i][0][angle]}`);
          for (const side of ["left", "right", "top", "bottom"]) assert.ok(Math.abs(face.box[side] - video[kind][i][0].box[side]) < 0.01, `${list[i].url}: ${side}`);
        });
      }
    });

    test("JPEG and PNG are written, in a worker and on the page", async () => {
      for (const worker of [true, false]) {
        const { sizes, starts } = await page.evaluate((inWorker) => parts.jpeg("/photos/sample1.jpg", inWorker), worker);
        assert.deepEqual(starts, [[0xff, 0xd8, 0xff], [0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e]]);
        assert.deepEqual(sizes.map(({ width, height }) => [width, height]), [[1920, 1280], [960, 640], [1920, 1280]]);
        assert.ok(sizes[1].bytes < sizes[0].bytes && sizes[0].bytes < sizes[2].bytes);
      }
    });

    test("the seal is written", async () => {
      const pair = createECDH("prime256v1");
      const point = pair.generateKeys();
      const key = { kid: createHash("sha256").update(point).digest("hex").slice(0, 16), public_key: point.toString("base64"), suite: { kem: 16, kdf: 1, aead: 2 } };
      const { length } = await page.evaluate(([size, to]) => parts.seal(size, to, "a.session.token"), [700_000, key]);
      assert.equal(sealed.pop().length, length);
    });

    test("where workers are blocked the networks run on the page", async () => {
      await page.goto(`${site.origin}/tests/parts.html?csp=noworker`);
      await page.wait("!!globalThis.parts");
      const { faces, onPage } = await page.evaluate((list) => parts.track(list), [pictured(measured[1])]);
      assert.equal(onPage, true);
      compare(measured[1], faces[0][0]);
    });

    test("where wasm is blocked start fails at once", async () => {
      await page.goto(`${site.origin}/tests/parts.html?csp=nowasm`);
      await page.wait("!!globalThis.parts");
      const begun = Date.now();
      const error = await page.evaluate(() => parts.track([]).then(() => "", String));
      assert.match(error, /the tracker cannot run/);
      assert.ok(Date.now() - begun < 60_000);
    });

    test("a file that never arrives is given up, once tried again", async () => {
      await page.goto(`${site.origin}/tests/parts.html?csp=strict`);
      await page.wait("!!globalThis.parts");
      const before = site.asked.filter((to) => to === "/never").length;
      const error = await page.evaluate(() => parts.track([], { timeout: 700, assets: { blazeface: `${location.origin}/never` } }).then(() => "", String));
      assert.match(error, /did not arrive/);
      assert.equal(site.asked.filter((to) => to === "/never").length - before, 2);
    });

    test("a page of another origin has the networks in a worker, too", async () => {
      const other = site.origin.replace("127.0.0.1", "localhost");
      await page.goto(`${other}/tests/parts.html?base=${encodeURIComponent(`${site.origin}/dist/`)}`);
      await page.wait("!!globalThis.parts");
      const { faces, onPage } = await page.evaluate((list) => parts.track(list), [pictured(measured[1])]);
      assert.equal(onPage, false);
      compare(measured[1], faces[0][0]);
    });
  });
}

/** pictured is what the page looks at. */
const pictured = ({ photo, part }) => ({ url: `/photos/${photo}`, part });

/** compare holds a face of the tracker to the server's measures. Browsers shrink pictures in other ways than the server. */
function compare(want, got) {
  assert.ok(got?.yaw !== undefined, `${want.photo}: no mesh`);
  // Points of a face that is not level in the network's square are drawn towards the level: rolls differ more.
  for (const [angle, most] of [["yaw", 3], ["pitch", 3], ["roll", 6]]) {
    assert.ok(Math.abs(got[angle] - want.pose[angle]) < most, `${want.photo}: ${angle} is ${got[angle].toFixed(1)}, the server has ${want.pose[angle].toFixed(1)}`);
  }
  const face = want.box.right - want.box.left;
  for (const side of ["left", "right", "top", "bottom"]) {
    const at = got.box[side] * want.part.side;
    assert.ok(Math.abs(at - want.box[side]) < 0.08 * face, `${want.photo}: ${side} is ${at}, the server has ${want.box[side]}`);
  }
}
