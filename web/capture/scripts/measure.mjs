// Prints what capture costs in Chromium: first hint and followed faces on a slow machine and a slow
// link, JPEG frames at 720p, sizes; at the end the four figures that are asked for. Chromium slows the
// page's own thread, which spins for three quarters of its time, and not the workers. The camera
// is a film without compression, as Chromium would have to decode one at the cost of what is measured.
// Figures depend on the machine and what else it does: its load is told.
//   node scripts/measure.mjs [runs]
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch } from "../tests/browser/browsers.mjs";
import { film, lacking } from "../tests/browser/clips.mjs";
import { serve } from "../tests/browser/serve.mjs";

const here = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(here, "dist");
const runs = Number(process.argv[2] ?? 3);
const before = loadavg()[0].toFixed(1);
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
  const [encoding, ending] = /\bbr\b/.test(request.headers["accept-encoding"] ?? "") ? ["br", ".br"] : ["gzip", ".gz"];
  response.writeHead(200, { "content-type": type, "content-encoding": encoding, "cache-control": "no-store" }).end(readFileSync(name + ending));
  return true;
});
const conditions = [
  { cpu: 1, kbits: 0 },
  { cpu: 4, kbits: 0 },
  { cpu: 4, kbits: 4000 },
];
const results = [];
for (const condition of conditions) for (let run = 0; run < runs; run++) results.push({ ...condition, ...(await measure(condition)) });
await site.close();
rmSync(folder, { recursive: true, force: true });

const of = (name, test) => results.filter(test).map((result) => result[name]).sort((a, b) => a - b);
const figure = (title, wanted, values) => console.log(`${title.padEnd(60)} wanted ${wanted.padEnd(8)} ${values.length ? `median ${values[values.length >> 1]}, ${values[0]} to ${values.at(-1)}, n = ${values.length}` : "not measured"}`);
console.log();
figure("first hint, ms, processor at a quarter, 4 Mbit/s", "<= 3000", of("first_hint_ms", ({ cpu, kbits }) => cpu === 4 && kbits));
figure("faces followed a second while recording, at a quarter", ">= 10", of("tracked_fps", ({ cpu }) => cpu === 4));
figure("JPEG frames of 1280x720 a second while followed", ">= 15", of("jpeg_fps", ({ cpu }) => cpu === 1));
figure("the same, at a quarter", ">= 15", of("jpeg_fps", ({ cpu }) => cpu === 4));
console.log(`load of the machine: ${loadavg()[0].toFixed(1)} of ${cpus().length} processors; it was ${before}`);

async function measure({ cpu, kbits }) {
  const browser = await launch("chromium", { camera: film("loop", "y4m") });
  const page = await browser.open("about:blank");
  const devtools = await browser.context.newCDPSession(page.page);
  await devtools.send("Network.enable");
  if (cpu > 1) await devtools.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  if (kbits) await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 80, downloadThroughput: kbits * 125, uploadThroughput: 1e6 });
  await page.goto(`${site.origin}/page`);
  const times = {};
  for (const phase of ["followed", "recorded", "over"]) {
    await page.wait(`globalThis.phase === ${JSON.stringify(phase)} || !!globalThis.measured`, 120_000);
    times[phase] = processorTime();
  }
  await page.wait("!!globalThis.measured", 120_000);
  const measured = await page.evaluate("globalThis.measured");
  await browser.close();
  console.log(`processor 1/${cpu}, ${kbits ? `${kbits} kbit/s` : "no limit"}:`, JSON.stringify(measured));
  // Time that the processor spent does not depend on what else it does, as frames a second do.
  console.log("  ms of the processor a second while following:", shares(times.followed, times.recorded), "and recording:", shares(times.recorded, times.over));
  return measured;
}

/** Milliseconds that each kind of the browser's threads has had of the processor (Linux). */
function processorTime() {
  const spent = { at: Date.now(), page: 0, workers: 0, camera: 0, rest: 0 };
  const stat = (file) => {
    const text = readFileSync(file, "utf8");
    return { name: text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")), fields: text.slice(text.lastIndexOf(")") + 2).split(" ") };
  };
  try {
    const parents = new Map(readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((pid) => [pid, gone(() => stat(`/proc/${pid}/stat`).fields[1])]));
    const mine = (pid) => pid !== undefined && pid !== "0" && (parents.get(pid) === String(process.pid) || mine(parents.get(pid)));
    for (const pid of [...parents.keys()].filter(mine)) gone(() => {
      const kind = /--type=([a-z-]+)/.exec(readFileSync(`/proc/${pid}/cmdline`, "utf8"))?.[1];
      for (const thread of readdirSync(`/proc/${pid}/task`)) gone(() => {
        const { name, fields } = stat(`/proc/${pid}/task/${thread}/stat`);
        const to = name === "CaptureThread" ? "camera" : kind !== "renderer" ? "rest" : thread === pid ? "page" : name === "DedicatedWorker" ? "workers" : "rest";
        spent[to] += 10 * (Number(fields[11]) + Number(fields[12]));
      });
    });
  } catch {
    return undefined; // no Linux
  }
  return spent;
}

/** What has ended meanwhile is left out. */
function gone(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function shares(from, to) {
  if (!from || !to) return "not told";
  const seconds = (to.at - from.at) / 1000;
  return ["page", "workers", "camera", "rest"].map((name) => `${name} ${Math.round((to[name] - from[name]) / seconds)}`).join(", ");
}
