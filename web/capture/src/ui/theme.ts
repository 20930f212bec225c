/** The style option as CSS custom properties: every value has one, so that a page's own CSS can do the same. */

/** Nested blocks of values, as the mobile SDKs name them: baseColor, button, faceFrame … */
export interface Style {
  [block: string]: string | number | boolean | Style;
}

/** Numbers of these names are shares; of 0..100 where they are above 1. */
const share = /(alpha|opacity)$/i;
/** Numbers of these names are no lengths. */
const plain = /(weight|alpha|opacity|position)$/i;
/** What could leave its declaration or fetch something. */
const forbidden = /[;{}<>\\]|url\s*\(|expression|@import/i;

/** Custom properties of a style, such as --ozl-face-frame-stroke-width: 4px. Values that are not plain are left out. */
export function properties(style: Style, path = "--ozl"): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(style)) {
    const key = `${path}-${kebab(name)}`;
    if (typeof value === "object") {
      Object.assign(out, properties(value, key));
    } else {
      const text = typeof value === "number" ? number(name, value) : String(value);
      if (text !== "" && !forbidden.test(text)) out[key] = text;
    }
  }
  return out;
}

function number(name: string, value: number): string {
  if (!Number.isFinite(value)) return "";
  if (share.test(name)) return String(value > 1 ? value / 100 : value);
  return plain.test(name) ? String(value) : `${value}px`;
}

function kebab(name: string): string {
  return name.replace(/[^a-zA-Z0-9-]/g, "").replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}
