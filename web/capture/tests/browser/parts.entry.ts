/** What the page of the tests of parts offers; bundled by the tests. */
import { createEncoder } from "../../src/encoder/index.js";
import { seal } from "../../src/seal/index.js";
import type { ContainerKey, Face, TrackerModule } from "../../src/types.js";

const query = new URLSearchParams(location.search);
const base = query.get("base") ?? `${location.origin}/dist/`;
let modules: TrackerModule | undefined;

async function assets() {
  const manifest = (await (await fetch(`${base}manifest.json`)).json()) as Record<string, string>;
  return Object.fromEntries(Object.entries(manifest).map(([name, file]) => [name, base + file])) as { tracker: string; tracker_worker: string; wasm: string; blazeface: string; facemesh: string; encoder: string };
}

interface Part {
  url: string;
  part?: { x: number; y: number; side: number };
}

async function picture({ url, part }: Part): Promise<ImageBitmap> {
  const blob = await (await fetch(url)).blob();
  return part ? createImageBitmap(blob, part.x, part.y, part.side, part.side) : createImageBitmap(blob);
}

const parts = {
  /** Follows each picture for itself; the mesh is waited for. Gives faces, times and where the networks ran. */
  async track(pictures: Part[], options: { timeout?: number; assets?: Record<string, string>; asVideo?: boolean } = {}) {
    const files = { ...(await assets()), ...options.assets };
    modules ??= (await import(/* @vite-ignore */ files.tracker)) as TrackerModule;
    const begun = performance.now();
    const tracker = modules.createTracker({ assets: files, ...(options.timeout === undefined ? {} : { timeout: options.timeout }) });
    try {
      await tracker.start();
      const started = performance.now() - begun;
      const faces: Face[][] = [];
      const followed: Face[][] = [];
      const look = async (each: Part): Promise<Face[]> => {
        const bitmap = await picture(each);
        return tracker.track(options.asVideo ? new VideoFrame(bitmap, { timestamp: 0 }) : bitmap);
      };
      for (const each of pictures) {
        let found: Face[] = [];
        // A face that is held must not decide where the next picture is looked at.
        await tracker.track(await createImageBitmap(new ImageData(64, 64)));
        for (let tries = 0; tries < 100; tries++) {
          found = await look(each);
          if (found[0]?.yaw !== undefined) break;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        faces.push(found);
        followed.push(await look(each));
      }
      return { started, faces, followed, onPage: "__bonafideTracker" in globalThis };
    } finally {
      tracker.close();
    }
  },
  /** Follows the pictures of a clip one after the other; gives the first face of each, and milliseconds per picture. */
  async follow(urls: string[]) {
    const files = await assets();
    modules ??= (await import(/* @vite-ignore */ files.tracker)) as TrackerModule;
    const tracker = modules.createTracker({ assets: files });
    try {
      await tracker.start();
      while ((await tracker.track(await picture({ url: urls[0]! })))[0]?.yaw === undefined && performance.now() < 60_000) await new Promise((resolve) => setTimeout(resolve, 50));
      const faces: (Face | null)[] = [];
      const times: number[] = [];
      for (const url of urls) {
        const frame = await picture({ url });
        const begun = performance.now();
        faces.push((await tracker.track(frame))[0] ?? null);
        times.push(performance.now() - begun);
      }
      return { faces, times };
    } finally {
      tracker.close();
    }
  },
  async jpeg(url: string, worker: boolean) {
    const files = await assets();
    const encoder = createEncoder(worker ? files.encoder : undefined);
    try {
      const [one, two, png] = await Promise.all([encoder.jpeg(await picture({ url }), 0.9), encoder.jpeg(await picture({ url }), 0.8, 0.5), encoder.png(await picture({ url }))]);
      const sizes = await Promise.all([one, two, png].map(async (bytes) => createImageBitmap(new Blob([new Uint8Array(bytes)])).then(({ width, height }) => ({ width, height, bytes: bytes.length }))));
      return { sizes, starts: [one, two, png].map((bytes) => Array.from(bytes.subarray(0, 3))) };
    } finally {
      encoder.close();
    }
  },
  async seal(length: number, key: ContainerKey, token: string) {
    const plain = Uint8Array.from({ length }, (_, i) => (i * 31) % 251);
    const begun = performance.now();
    const sealed = await seal(plain, key, token);
    const took = performance.now() - begun;
    await fetch("/sealed", { method: "POST", body: new Blob([new Uint8Array(sealed)]) });
    return { took, length: sealed.length };
  },
};
(globalThis as unknown as { parts: typeof parts }).parts = parts;
