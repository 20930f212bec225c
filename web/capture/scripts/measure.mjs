// Prints what capture costs in Chromium: first hint and tracked frames on a slow machine and a slow
// link, JPEG frames at 720p, sizes. Times depend on the machine and what else it does: ratios count.
//   node scripts/measure.mjs [runs]
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch } from "../tests/browser/browsers.mjs";
import { film, lacking } from "../tests/browser/clips.mjs";
import { serve } from "../tests/browser/serve.mjs";

const here = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(here, "dist");
const runs = Number(process.argv[2] ?? 3);
const why = lacking();
if (why) throw new Error(why);

const manifest = JSON.parse(readFileSync(path.join(dist, "manifest.json"), "utf8"));
let first = 0;
for (const [name, file] of Object.entries(manifest)) {
  const size = (ending) => statSync(path.join(dist, file + ending)).size;
  if (!["module", "wasm_basic"].includes(name)) first += size(".gz");
  console.log(`${name.padEnd(16)} ${String(size("")).padStart(9)} bytes ${String(size(".gz")).padStart(9)} gzip ${String(size(".br")).padStart(9)} brotli`);
}
console.log(`first load: ${first} bytes gzip`);

const folder = mkdtempSync(path.join(tmpdir(), "measure-"));
await build({ entryPoints: [path.join(here, "tests/browser/measure.entry.ts")], bundle: true, format: "esm", outfile: path.join(folder, "measure.js"), tsconfigRaw: {} });
// Compressed, as the server sends it: bytes on the link are what is measured.
const site = await serve({ "/dist/": dist, "/tests/measure.js": path.join(folder, "measure.js") }, (request, response, url) => {
  if (url.pathname === "/page") return response.writeHead(200, { "content-type": "text/html" }).end('<!doctype html><script type="module" src="/tests/measure.js"></script>'), true;
  if (!url.pathname.startsWith("/dist/") || url.pathname === "/dist/manifest.json") return false;
  const name = path.join(dist, path.basename(url.pathname));
  const type = { ".js": "text/javascript", ".wasm": "application/wasm" }[path.extname(name)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "content-encoding": "gzip", "cache-control": "no-store" }).end(readFileSync(`${name}.gz`));
  return true;
});
const conditions = [
  { cpu: 1, kbits: 0 },
  { cpu: 4, kbits: 0 },
  { cpu: 4, kbits: 4000 },
];
for (const { cpu, kbits } of conditions) {
  for (let run = 0; run < runs; run++) {
    const browser = await launch("chromium", { camera: film("calm") });
    const page = await browser.open("about:blank");
    const devtools = await browser.context.newCDPSession(page.page);
    await devtools.send("Network.enable");
    if (cpu > 1) await devtools.send("Emulation.setCPUThrottlingRate", { rate: cpu });
    if (kbits) await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 80, downloadThroughput: kbits * 125, uploadThroughput: 1e6 });
    await page.goto(`${site.origin}/page`);
    await page.wait("!!globalThis.measured", 120_000);
    console.log(`cpu 1/${cpu}, ${kbits ? `${kbits} kbit/s` : "no limit"}:`, JSON.stringify(await page.evaluate("globalThis.measured")));
    await browser.close();
  }
}
await site.close();
rmSync(folder, { recursive: true, force: true });
