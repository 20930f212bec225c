// Builds what browsers load into dist: the plugin (plugin_liveness.js, a classic script), the ES
// module, and beside them under names with digests what they load later. manifest.json tells the
// names; every file also lies there compressed. Fails when a budget of size is exceeded.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { pack } from "./pack.mjs";

const here = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const root = path.resolve(here, "../..");
const dist = path.join(here, "dist");
const staged = path.join(here, "dist.new");
const published = process.env.BONAFIDE_NPM ?? path.join(root, "build/node_modules");
const version = readFileSync(path.join(root, "VERSION"), "utf8").trim();
const budgets = { core: 60_000, first: 2_200_000 }; // bytes, gzip

/** Kernels for threads need pages that are isolated from other origins, which embedded plugins never are. */
const withoutThreads = {
  name: "without-threads",
  setup({ onLoad }) {
    onLoad({ filter: /tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/ }, () => ({ contents: "export default undefined; export const wasmWorkerContents = '';" }));
  },
};

async function bundle(entry, format, options = {}) {
  const { outputFiles } = await build({
    entryPoints: [path.join(here, "src", entry)],
    bundle: true,
    minify: true,
    write: false,
    legalComments: "none",
    charset: "utf8",
    target: ["chrome87", "firefox90", "safari15"],
    format,
    platform: "browser",
    external: ["fs", "path", "os", "util", "worker_threads", "perf_hooks", "crypto"],
    plugins: [withoutThreads],
    tsconfigRaw: {}, // its paths are for types alone
    logLevel: "warning",
    ...options,
  });
  return outputFiles[0].contents;
}

/** The networks, out of the package that the server's models come from, by the digests of their cards. */
function network(name, outputs) {
  const card = JSON.parse(readFileSync(path.join(root, "models", name, "model.json"), "utf8"));
  const [graph, weights] = card.origin.files.map(({ path: file, sha256 }) => {
    const bytes = readFileSync(path.join(published, "@vladmandic/human", file));
    if (createHash("sha256").update(bytes).digest("hex") !== sha256) throw new Error(`${file} is not what models/${name} says`);
    return bytes;
  });
  return pack(graph.toString(), weights, outputs);
}

function kernels(file) {
  const require = createRequire(import.meta.url);
  return readFileSync(path.join(path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist", file));
}

const sizes = {};

/** write puts a file and its compressed forms into dist. */
function write(name, bytes) {
  const gzip = gzipSync(bytes, { level: 9 });
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  writeFileSync(path.join(staged, name), bytes);
  writeFileSync(path.join(staged, `${name}.gz`), gzip);
  writeFileSync(path.join(staged, `${name}.br`), brotli);
  sizes[name] = { bytes: bytes.length, gzip: gzip.length, brotli: brotli.length };
  return name;
}

function hashed(name, bytes) {
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const { name: base, ext } = path.parse(name);
  return write(`${base}-${digest}${ext}`, bytes);
}

async function main() {
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  const assets = {
    tracker: hashed("tracker.js", await bundle("tracker/index.ts", "esm")),
    tracker_worker: hashed("tracker-worker.js", await bundle("tracker/worker.ts", "iife")),
    encoder: hashed("encoder.js", await bundle("encoder/worker.ts", "iife")),
    wasm: hashed("kernels.wasm", kernels("tfjs-backend-wasm-simd.wasm")),
    wasm_basic: hashed("kernels-basic.wasm", kernels("tfjs-backend-wasm.wasm")),
    blazeface: hashed("blazeface.bin", network("blazeface", ["Identity", "Identity_1", "Identity_2", "Identity_3"])),
    facemesh: hashed("facemesh.bin", network("facemesh", ["output_mesh", "output_faceflag"])),
  };
  // What a page finds beside the script when the adapter's configuration names nothing else.
  const define = { BONAFIDE_ASSETS: JSON.stringify(assets), BONAFIDE_VERSION: JSON.stringify(version) };
  const core = write("plugin_liveness.js", await bundle("iife.ts", "iife", { define }));
  const module = write("bonafide-capture.js", await bundle("index.ts", "esm", { define }));
  execFileSync(process.execPath, [createRequire(import.meta.url).resolve("typescript/bin/tsc"), "-p", here, "--emitDeclarationOnly", "--outDir", path.join(staged, "types")], { stdio: "inherit" });
  rmSync(path.join(staged, "types/tests"), { recursive: true, force: true });
  writeFileSync(path.join(staged, "bonafide-capture.d.ts"), 'export * from "./types/src/index.js";\n');
  writeFileSync(path.join(staged, "manifest.json"), JSON.stringify({ core, module, ...assets }, null, 2) + "\n");
  weigh(core, assets);
  rmSync(dist, { recursive: true, force: true });
  renameSync(staged, dist);
}

/** weigh holds the budgets; with SIZES=1 it prints what there is. */
function weigh(core, assets) {
  const { wasm_basic: _, ...loaded } = assets;
  const first = [core, ...Object.values(loaded)].reduce((sum, name) => sum + sizes[name].gzip, 0);
  if (process.env.SIZES) {
    console.table(sizes);
    console.log(`first load: ${first} bytes gzip, ${[core, ...Object.values(loaded)].reduce((sum, name) => sum + sizes[name].brotli, 0)} brotli; ${readdirSync(staged).length} files`);
  }
  if (sizes[core].gzip > budgets.core) throw new Error(`the plugin has ${sizes[core].gzip} bytes (gzip), ${budgets.core} are allowed`);
  if (first > budgets.first) throw new Error(`the first load has ${first} bytes (gzip), ${budgets.first} are allowed`);
}

await main();
