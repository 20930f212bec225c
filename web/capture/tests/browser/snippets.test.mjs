// Pages as they were written for the vendor's plugin, against the built server: its stylesheet and its script, and a
// call of open() with the options of its documentation. Nothing but the address is another.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, missing } from "./browsers.mjs";
import { film, lacking } from "./clips.mjs";
import { serve } from "./serve.mjs";
import { startServer, unbuilt } from "./server.mjs";

const tags = (origin, query = "") => `<link rel="stylesheet" href="${origin}/plugin/ozliveness.css" />
<script src="${origin}/plugin_liveness.php${query}"></script>`;

/** A page with the current call: the session comes from the page's own server. */
const current = (origin, session, transaction) => `<!doctype html>
<html>
<head>
${tags(origin)}
</head>
<body>
<script>
const session_token = '${session}';
OzLiveness.open({
  session_token,
  lang: 'en',
  action: [
    'photo_id_front',
    'video_selfie_blank'
  ],
  meta: {
    'end_user_id': 'user-1',
    'transaction_id': '${transaction}',
    'iin': '123456789012',
    'meta_key': 'meta_value',
  },
  on_error: function (result) {
    console.error('on_error', result);
  },
  on_complete: function (result) {
    console.log('on_complete', result);
    window.complete = result;
  },
  on_capture_complete: function (result) {
    console.log('on_capture_complete', result);
    window.captured = result;
  }
});
</script>
</body>
</html>`;

/** A page of the time before containers: languages in the address, every callback, no session. */
const older = (origin, transaction) => `<!doctype html>
<html>
<head>
${tags(origin, "?lang=ru|en")}
</head>
<body>
<script>
OzLiveness.open({
  lang: 'en',
  meta: { 'transaction_id': '${transaction}' },
  params: { extract_best_shot: true },
  overlay_options: false,
  action: ['video_selfie_blank'],
  result_mode: 'safe',
  on_submit: function () { window.submitted = true; },
  on_result: function (result) { (window.results = window.results || []).push(result); },
  on_complete: function (result) { window.complete = result; },
  on_error: function (error) { console.error('on_error', error); },
  on_close: function () { window.closed_ = true; }
});
</script>
</body>
</html>`;

describe("pages written for the vendor's plugin", { skip: missing("chromium") ?? lacking() ?? unbuilt() }, () => {
  let server;
  let site;
  let token;
  let pages;
  const call = async (to, body) => (await fetch(server.origin + to, { method: body ? "POST" : "GET", headers: { "content-type": "application/json", "x-forensic-access-token": token ?? "" }, body: body && JSON.stringify(body) })).json();

  before(async () => {
    server = await startServer({ settings: { WA_RESULT_MODE: "safe" } });
    const [email, password] = readFileSync(path.join(server.data, "admin-password"), "utf8").trim().split(/\s+/);
    token = (await call("/api/authorize/auth", { credentials: { email, password } })).access_token;
    const { session_token: session } = await call("/api/authorize/session_token");
    pages = { "/current": current(server.origin, session, "snippet-1"), "/older": older(server.origin, "snippet-2") };
    site = await serve({}, (request, response, url) => {
      const page = pages[url.pathname];
      if (page) response.writeHead(200, { "content-type": "text/html" }).end(page);
      // Browsers ask for it, and would write down that it is missing.
      else if (url.pathname === "/favicon.ico") response.writeHead(204).end();
      else return false;
      return true;
    });
  });
  after(async () => {
    await site?.close();
    await server?.close();
  });

  /** opened gives a page with what it said and what it was answered. */
  async function opened(t, to, seed) {
    const browser = await launch("chromium", { camera: film("calm", "mjpeg", seed) });
    t.after(() => browser.close());
    const said = [];
    const answers = new Map();
    browser.context.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
    browser.context.on("response", (response) => answers.set(new URL(response.url()).pathname, response));
    return Object.assign(await browser.open(site.origin + to), { said, answers });
  }

  /** loaded holds that the page's tags are answered as what they are. */
  async function loaded(page) {
    await page.wait("!!globalThis.OzLiveness");
    for (const [name, type] of [["/plugin/ozliveness.css", "text/css"], ["/plugin_liveness.php", "text/javascript"]]) {
      const response = page.answers.get(name);
      assert.equal(response?.status(), 200, name);
      assert.ok(response.headers()["content-type"].startsWith(type), name);
    }
    assert.equal(await page.evaluate("document.querySelector('link').sheet !== null"), true, "the stylesheet is one");
    assert.deepEqual(await page.evaluate("['open', 'close', 'hide'].map((name) => typeof OzLiveness[name])"), ["function", "function", "function"]);
  }

  /** folder gives what the page's own server finds by the transaction. */
  const folder = async (transaction) => (await call(`/api/folders/?meta_data=transaction_id%3D%3D${transaction}&with_analyses=true`)).items;

  test("the call with a session of the page's server captures a document and a selfie", async (t) => {
    const page = await opened(t, "/current", 21);
    await loaded(page);
    const inside = (selector) => `document.querySelector("[data-bonafide]")?.shadowRoot.querySelector("${selector}")`;
    await page.wait(`!!${inside("[data-act=shoot]")}`);
    await page.evaluate(`${inside("[data-act=shoot]")}.click()`);
    await page.wait(`!!${inside(".review img")}`);
    await page.evaluate(`${inside("[data-act=use]")}.click()`);
    await page.wait("!!window.complete", 120_000).catch((late) => Promise.reject(new Error(`${late.message}\n${page.said.join("\n")}`)));
    assert.deepEqual(await page.evaluate("[complete.state, captured instanceof Blob]"), ["finished", true]);
    assert.deepEqual([page.said.filter((line) => line.startsWith("error")), page.errors], [[], []]);
    const [found, ...others] = await folder("snippet-1");
    assert.deepEqual(others, []);
    assert.deepEqual([found.meta_data.end_user_id, found.meta_data.iin, found.meta_data.meta_key], ["user-1", "123456789012", "meta_value"]);
    assert.deepEqual(found.media.map(({ tags: all }) => all.find((tag) => /^(photo_id_front|video_selfie_blank)$/.test(tag))).sort(), ["photo_id_front", "video_selfie_blank"]);
    assert.ok(found.analyses.some(({ type, state }) => type === "QUALITY" && state === "FINISHED"));
  });

  test("the call from before containers gets every callback, and no verdict in mode safe", async (t) => {
    const page = await opened(t, "/older", 22);
    await loaded(page);
    await page.wait("!!window.complete && !!window.closed_", 120_000).catch((late) => Promise.reject(new Error(`${late.message}\n${page.said.join("\n")}`)));
    const [submitted, results, complete] = await page.evaluate("[window.submitted, window.results, window.complete]");
    assert.deepEqual([submitted, complete.state, complete.analyses], [true, "finished", undefined]);
    assert.ok(results.every(({ state, analyses }) => /^(processing|finished)$/.test(state) && analyses === undefined), JSON.stringify(results));
    assert.deepEqual([page.said.filter((line) => line.startsWith("error")), page.errors], [[], []]);
    assert.equal((await folder("snippet-2")).length, 1);
  });
});
