// The server's own pages: axe-core finds nothing in any look, nothing reaches out of the screen, and the
// hosted link is good for one capture. With SHOTS=<folder> a picture of each is kept.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, missing } from "./browsers.mjs";
import { film, lacking } from "./clips.mjs";
import { startServer, unbuilt } from "./server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
const looks = {
  light: { media: { colorScheme: "light" }, size: { width: 1024, height: 720 } },
  dark: { media: { colorScheme: "dark" }, size: { width: 1024, height: 720 } },
  phone: { media: { colorScheme: "light" }, size: { width: 390, height: 844 } },
  rtl: { media: { colorScheme: "dark" }, size: { width: 390, height: 844 }, dir: "rtl" },
};

describe("pages of the server", { skip: missing("chromium") ?? lacking() ?? unbuilt() }, () => {
  let server;
  let browser;
  let token;
  const call = async (to, body) => (await fetch(server.origin + to, { method: body ? "POST" : "GET", headers: { "content-type": "application/json", "x-forensic-access-token": token ?? "" }, body: body && JSON.stringify(body) })).json();
  before(async () => {
    if (shots) mkdirSync(shots, { recursive: true });
    server = await startServer();
    const [email, password] = readFileSync(path.join(server.data, "admin-password"), "utf8").trim().split(/\s+/);
    token = (await call("/api/authorize/auth", { credentials: { email, password } })).access_token;
    browser = await launch("chromium", { camera: film("calm", "mjpeg", 5) });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const link = async (more = {}) => new URL((await call("/api/captures/links/", { actions: ["video_selfie_blank"], brand: { color: "#8a1f5f", name: "Bank" }, ...more })).url).pathname;

  async function check(page, name, look) {
    if (shots) await page.page.screenshot({ path: path.join(shots, `${name}-${look}.png`), fullPage: true });
    // The pages' own policy keeps scripts out: the driver brings this one.
    await page.page.evaluate(axe);
    const { violations } = await page.page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ").slice(0, 300)}`), []);
    assert.ok(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "something reaches out of the screen");
    assert.deepEqual(page.errors, []);
  }

  for (const [look, { media, size, dir }] of Object.entries(looks)) {
    test(`home, demo and links, ${look}`, async () => {
      const places = { home: "/", demo: "/demo", link: await link(), gone: "/c/unknown" };
      for (const [name, to] of Object.entries(places)) {
        const page = await browser.open(server.origin + to);
        await page.page.setViewportSize(size);
        await page.page.emulateMedia(media);
        if (dir) await page.evaluate((to) => (document.documentElement.dir = to), dir);
        await check(page, name, look);
        await page.close();
      }
    });
  }

  test("the demo captures and shows the verdict with its reasons, in every look", async () => {
    const page = await browser.open(`${server.origin}/demo`);
    await page.page.click("#start");
    await page.wait("!document.getElementById('result').hidden", 90_000);
    assert.match(await page.evaluate("document.getElementById('folder').textContent"), /^folder_id [0-9a-f-]{36}$/);
    assert.match(await page.evaluate("document.getElementById('verdict').textContent"), /^(Passed|Declined)$/);
    await page.wait("![...document.querySelectorAll('[data-bonafide]')].length", 10_000);
    await page.wait("(() => { const shot = document.getElementById('shot'); return shot.hidden || shot.naturalWidth > 0; })()");
    for (const [look, { media, size, dir }] of Object.entries(looks)) {
      await page.page.setViewportSize(size);
      await page.page.emulateMedia(media);
      await page.evaluate((to) => (document.documentElement.dir = to), dir ?? "ltr");
      await check(page, "demo-result", look);
    }
    await page.close();
  });

  test("a hosted link is captured once, and then leads nowhere", async () => {
    const to = await link();
    const page = await browser.open(server.origin + to);
    await page.page.click("#start");
    await page.wait("!document.getElementById('done').hidden", 90_000);
    await page.wait("![...document.querySelectorAll('[data-bonafide]')].length", 10_000);
    assert.equal(await page.evaluate("document.body.textContent.includes('Declined')"), false, "the person sees no verdict");
    await check(page, "link-done", "light");
    await page.goto(server.origin + to);
    assert.match(await page.evaluate("document.body.textContent"), /It has been used already/);
    await page.close();
  });
});
