/** Loads ahead what a capture will need, as far as the adapter's setting preinit says: off, script or full. */
import { locate } from "./assets.js";
import type { Assets } from "./types.js";
import { Wire, type Config } from "./wire.js";

const scripts: readonly (keyof Assets)[] = ["tracker", "tracker_worker", "encoder"];
const rest: readonly (keyof Assets)[] = ["wasm", "blazeface", "facemesh"];

/** Addresses that are loaded ahead: the scripts, or all that the tracker needs. */
export function ahead(config: Pick<Config, "preinit" | "assets">, adapter: string): string[] {
  const assets = config.preinit === "off" ? undefined : locate(config.assets, adapter, undefined);
  if (assets === undefined) return [];
  const wanted = config.preinit === "full" ? [...scripts, ...rest] : scripts;
  return wanted.map((name) => assets[name]).filter((address) => address !== undefined);
}

/** Fills the browser's cache. Nothing depends on it, so that it fails silently. */
export async function warm(adapter: string, load: typeof fetch = fetch): Promise<void> {
  try {
    const config = await new Wire({ base: adapter, fetch: load }).config(undefined);
    for (const address of ahead(config, adapter)) await (await load(address)).arrayBuffer();
  } catch {
    // The capture loads what it needs itself, and tells what is wrong.
  }
}

/** The same once the page has loaded and is idle; not for people who save data. */
export function warmLater(adapter: string): void {
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true) return;
  const begin = (): void => void (typeof requestIdleCallback === "function" ? requestIdleCallback(() => void warm(adapter), { timeout: 5000 }) : setTimeout(() => void warm(adapter), 300));
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin, { once: true });
}
