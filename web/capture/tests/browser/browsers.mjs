// Three browsers with one small interface: Chromium (playwright-core), Firefox (puppeteer-core over
// WebDriver BiDi) and WebKitGTK (its own WebDriver). What is not installed is null, said aloud.
import { spawn } from "node:child_process";
import { accessSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const first = (...files) => files.find((file) => existsSync(file));
const binaries = {
  chromium: first("/usr/bin/chromium", "/usr/bin/google-chrome"),
  firefox: first("/usr/bin/firefox-esr", "/usr/bin/firefox"),
  webkit: first("/usr/bin/WebKitWebDriver"),
};

/** Names of the browsers. */
export const names = Object.keys(binaries);

/** missing tells why a browser cannot run here, or gives undefined. */
export function missing(name) {
  if (!binaries[name]) return `${name} is not installed`;
  if (name === "webkit" && !existsSync("/usr/bin/Xvfb")) return "Xvfb is not installed";
  return undefined;
}

/**
 * Opens a browser. camera: an MJPEG or Y4M file that Chromium's camera shows again and again; Firefox
 * has a pattern, WebKit none. permission: false denies the camera (Chromium).
 * Gives {open(url) -> page, close()}; a page has goto, evaluate(expression or function, argument), wait(expression, ms), close.
 */
export function launch(name, options = {}) {
  return { chromium, firefox, webkit }[name](options);
}

/** A machine that is busy takes so many times as long: what is waited for comes, or does not come at all. */
const patience = Number(process.env.PATIENCE ?? 5);

async function waited(evaluate, expression, milliseconds) {
  const end = Date.now() + patience * milliseconds;
  for (;;) {
    const value = await evaluate(expression);
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${patience * milliseconds} ms for ${expression}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function chromium({ camera, permission = true, context = {}, args = [] }) {
  const { chromium: engine } = await import("playwright-core");
  const profile = mkdtempSync(path.join(tmpdir(), "chromium-"));
  const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const media = camera === undefined ? [] : ["--use-fake-device-for-media-stream", ...(camera ? [`--use-file-for-fake-video-capture=${camera}`] : [])];
  const consent = permission ? ["--use-fake-ui-for-media-stream"] : [];
  const browser = await engine.launchPersistentContext(profile, { executablePath: binaries.chromium, headless: true, args: [...quiet, ...media, ...consent, ...args], ...context });
  browser.setDefaultTimeout(30_000 * patience);
  return {
    name: "chromium",
    context: browser,
    async open(url) {
      const page = await browser.newPage();
      const errors = [];
      const requests = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(url);
      const evaluate = (what, argument) => page.evaluate(what, argument);
      return { page, errors, requests, goto: (to) => page.goto(to), evaluate, wait: (what, ms = 30_000) => waited(evaluate, what, ms), close: () => page.close() };
    },
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function firefox({ preferences = {} }) {
  const { default: puppeteer } = await import("puppeteer-core");
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: binaries.firefox,
    headless: true,
    timeout: 30_000 * patience,
    protocolTimeout: 180_000 * patience,
    extraPrefsFirefox: {
      "media.navigator.streams.fake": true,
      "media.navigator.permission.disabled": true,
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
      "app.update.enabled": false,
      "datareporting.policy.dataSubmissionEnabled": false,
      "toolkit.telemetry.enabled": false,
      "browser.safebrowsing.malware.enabled": false,
      "browser.safebrowsing.phishing.enabled": false,
      "services.settings.server": "",
      "extensions.update.enabled": false,
      ...preferences,
    },
  });
  return {
    name: "firefox",
    async open(url) {
      const page = await browser.newPage();
      const errors = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      await page.goto(url);
      const evaluate = (what, argument) => page.evaluate(what, argument);
      return { page, errors, goto: (to) => page.goto(to), evaluate, wait: (what, ms = 30_000) => waited(evaluate, what, ms), close: () => page.close() };
    },
    close: () => browser.close(),
  };
}

/** The browser of WebKitGTK, whose folder depends on machine and version. */
function miniBrowser() {
  for (const libraries of readdirSync("/usr/lib").filter((folder) => folder.endsWith("-linux-gnu"))) {
    for (const version of ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"]) {
      const file = path.join("/usr/lib", libraries, version, "MiniBrowser");
      if (existsSync(file)) return file;
    }
  }
  throw new Error("WebKitGTK has no MiniBrowser here");
}

async function webkit() {
  const started = [];
  const start = (command, ...rest) => started[started.push(spawn(command, ...rest)) - 1];
  const display = process.env.DISPLAY ?? (await virtualDisplay(start));
  const port = 20_000 + (process.pid % 20_000);
  start(binaries.webkit, [`--port=${port}`, "--host=127.0.0.1"], { env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" }, stdio: "ignore" });
  const ask = async (method, to, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${to}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebKit: ${value.error}: ${value.message}`);
    return value;
  };
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] } } };
  const session = await again(() => ask("POST", "/session", { capabilities }));
  const base = `/session/${session.sessionId}`;
  const evaluate = async (what, argument) => {
    const call = typeof what === "function" ? `return (${what})(${JSON.stringify(argument ?? null)})` : `return (${what})`;
    const script = `const done = arguments[0]; (async () => { ${call} })().then((value) => done({ value: value === undefined ? null : value }), (error) => done({ error: String(error) }))`;
    const answer = await ask("POST", `${base}/execute/async`, { script, args: [] });
    if (answer.error) throw new Error(answer.error);
    return answer.value;
  };
  // Everything is drawn by the processor here: a window as small as a phone's leaves time for the rest.
  await ask("POST", `${base}/window/rect`, { width: 420, height: 640 }).catch(() => undefined);
  const goto = (url) => ask("POST", `${base}/url`, { url });
  return {
    name: "webkit",
    async open(url) {
      await ask("POST", `${base}/timeouts`, { script: 120_000 * patience, pageLoad: 60_000 * patience });
      await goto(url);
      return { errors: [], goto, evaluate, wait: (what, ms = 30_000) => waited(evaluate, what, ms), close: async () => undefined };
    },
    async close() {
      await ask("DELETE", base).catch(() => undefined);
      for (const child of started) child.kill();
    },
  };
}

async function virtualDisplay(start) {
  const number = 100 + (process.pid % 400);
  start("/usr/bin/Xvfb", [`:${number}`, "-screen", "0", "1280x900x24", "-nolisten", "tcp"], { stdio: "ignore" });
  await again(() => accessSync(`/tmp/.X11-unix/X${number}`));
  return `:${number}`;
}

/** again calls until it does not fail, for a minute or two. */
async function again(call) {
  for (let left = 100 * patience; ; left--) {
    try {
      return await call();
    } catch (reason) {
      if (left === 0) throw reason;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
