/** Where the script came from, and where what it loads later is found. */
import type { Assets } from "./types.js";

declare const BONAFIDE_ASSETS: Assets | undefined;
declare const BONAFIDE_VERSION: string | undefined;

/** Version of the plugin; of a build only. */
export const version: string = typeof BONAFIDE_VERSION === "string" ? BONAFIDE_VERSION : "development";

/** The address up to its last slash. */
export function folderOf(address: string): string {
  const url = new URL(address, location.href);
  url.search = "";
  url.hash = "";
  return url.href.slice(0, url.href.lastIndexOf("/") + 1);
}

/** Address of the adapter from that of a script: an ES module lies one folder below it. */
export function adapterOf(script: string): string {
  const folder = folderOf(script);
  return folder.endsWith("/plugin/") ? folder.slice(0, -"plugin/".length) : folder;
}

/** Absolute addresses of the files: as the adapter names them, or beside one another in the folder that the page names. */
export function locate(named: Partial<Assets> | undefined, adapter: string, folder: string | undefined): Assets | undefined {
  const built = typeof BONAFIDE_ASSETS === "object" ? BONAFIDE_ASSETS : undefined;
  const assets = { ...built, ...named };
  if (assets.tracker === undefined || assets.wasm === undefined || assets.blazeface === undefined || assets.facemesh === undefined) {
    return undefined;
  }
  const out = Object.entries(assets).map(([key, value]) => [key, absolute(value, adapter, folder)]);
  return Object.fromEntries(out) as Assets;
}

function absolute(value: string, adapter: string, folder: string | undefined): string {
  if (folder !== undefined) {
    return new URL(value.slice(value.lastIndexOf("/") + 1), new URL(folder.replace(/\/?$/, "/"), location.href)).href;
  }
  if (/^https?:/.test(value)) {
    return value;
  }
  if (!value.startsWith("/")) {
    return new URL(`plugin/${value}`, adapter).href;
  }
  // The adapter may lie below a prefix that it knows (a tenant's) or one that a proxy took away.
  return new URL(value.startsWith(new URL(adapter).pathname) ? value : value.slice(1), adapter).href;
}
