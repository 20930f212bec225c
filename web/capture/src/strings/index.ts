/** The languages: eight complete ones, and those that a page adds. Missing keys are English. */
import { en, type Strings } from "./en.js";
import { es } from "./es.js";
import { hy } from "./hy.js";
import { kk } from "./kk.js";
import { ky } from "./ky.js";
import { ptBR } from "./pt-br.js";
import { ru } from "./ru.js";
import { tr } from "./tr.js";

/** The languages that come with the plugin. */
export const languages: Readonly<Record<string, Strings>> = { en, ru, kk, es, "pt-BR": ptBR, tr, hy, ky };

const added = new Map<string, Partial<Strings>>();

/** Adds a language or changes one. Values are text: nothing in them is read as HTML. */
export function addLanguage(id: string, strings: Record<string, unknown>): void {
  const known = Object.keys(en);
  const kept = Object.entries(strings).filter(([key, value]) => known.includes(key) && typeof value === "string");
  added.set(id.toLowerCase(), { ...added.get(id.toLowerCase()), ...Object.fromEntries(kept) });
}

/** What pages added so far. */
export function addedLanguages(): [id: string, strings: Partial<Strings>][] {
  return [...added];
}

/** The strings of a language, complete in any case. */
export function stringsOf(id: string): Strings {
  return { ...en, ...languages[canonical(id) ?? ""], ...added.get(id.toLowerCase()) };
}

/** The first that there is of: the page's wish, the browser's wishes; both only as the adapter allows. */
export function pickLanguage(wish: string | undefined, allowed: readonly string[] | undefined, browser: readonly string[] = navigator.languages): string {
  const fits = (id: string): string | undefined => {
    const found = added.has(id.toLowerCase()) ? id : canonical(id);
    return found !== undefined && (allowed === undefined || allowed.length === 0 || added.has(id.toLowerCase()) || allowed.some((a) => a.toLowerCase() === found.toLowerCase())) ? found : undefined;
  };
  for (const id of wish === undefined ? browser : [wish]) {
    const found = fits(id);
    if (found !== undefined) return found;
  }
  return canonical(allowed?.[0] ?? "en") ?? "en";
}

/** The id of a shipped language for one such as "pt", "RU" or "es-419". */
function canonical(id: string): string | undefined {
  const ids = Object.keys(languages);
  const low = id.toLowerCase().replace("_", "-");
  return ids.find((k) => k.toLowerCase() === low) ?? ids.find((k) => k.toLowerCase().split("-")[0] === low.split("-")[0]);
}

/** Whether a language is written from right to left. */
export function isRTL(id: string): boolean {
  return /^(ar|he|iw|fa|ur|ps|sd|ug|yi|dv|ckb)\b/i.test(id);
}
