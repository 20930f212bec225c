// Strings, theming and screens: what is shown, in every language, without a page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codes, initial, type Name, type State } from "../../src/state.js";
import { en, type Key } from "../../src/strings/en.js";
import { addLanguage, isRTL, languages, pickLanguage, stringsOf } from "../../src/strings/index.js";
import type { Action } from "../../src/types.js";
import { guide } from "../../src/ui/guide.js";
import { errorKey, present, taskKey } from "../../src/ui/present.js";
import { properties } from "../../src/ui/theme.js";

const keys = Object.keys(en) as Key[];

test("eight languages are there, none lacks a key, has one too many or leaves one empty", () => {
  assert.deepEqual(Object.keys(languages), ["en", "ru", "kk", "es", "pt-BR", "tr", "hy", "ky"]);
  for (const [id, strings] of Object.entries(languages)) {
    assert.deepEqual(Object.keys(strings).sort(), [...keys].sort(), id);
    for (const key of keys) assert.ok(strings[key].trim() !== "", `${id} ${key}`);
  }
});

test("nothing was left in English", () => {
  const same: Partial<Record<string, string[]>> = { kk: ["camera.unnamed"], ky: ["camera.unnamed", "ui.version"], tr: [], es: [], "pt-BR": [] };
  for (const [id, strings] of Object.entries(languages)) {
    if (id === "en") continue;
    const left = keys.filter((key) => strings[key] === en[key] && !(same[id] ?? []).includes(key));
    assert.deepEqual(left, [], id);
  }
});

test("every script is the language's own", () => {
  const script: Record<string, RegExp> = { ru: /^[а-яё]+$/i, kk: /^[а-яёәғқңөұүһі]+$/i, ky: /^[а-яёңөү]+$/i, hy: /^[\u0531-\u058F]+$/ };
  const borrowed = /^(HTTPS|allow|camera)$/;
  for (const [id, letters] of Object.entries(script)) {
    const words = keys.flatMap((key) => languages[id]?.[key].match(/\p{L}+/gu) ?? []);
    assert.deepEqual(words.filter((w) => !letters.test(w) && !borrowed.test(w)), [], id);
  }
});

test("every error, task and state has its text", () => {
  for (const code of codes) assert.ok(en[errorKey(code)], code);
  const actions: Action[] = ["video_selfie_blank", "video_selfie_best", "video_selfie_oneshot", "video_selfie_scan", "video_selfie_smile", "video_selfie_eyes", "video_selfie_high", "video_selfie_down", "video_selfie_left", "video_selfie_right", "video_selfie_zoom_in", "video_selfie_zoom_out", "photo_id_front", "photo_id_back", "photo_doc_custom"];
  for (const action of actions) assert.ok(en[taskKey(action)], action);
  const names: Name[] = ["loading", "permission", "positioning", "baseline", "gesture", "next", "photo", "review", "sealing", "uploading", "processing", "timeout", "done", "failed", "closed"];
  for (const name of names) {
    for (const action of actions) {
      const plan = { actions: [action], action_ms: 1, camera_ms: 1, expires: null, limits: { min_eye_distance_px: 1, max_face_share: 1 }, attempts: { single: 0, common: 0 }, drawn: false, local: false };
      const state: State = { ...initial(0), name, plan, hint: "far" };
      const screen = present(state, { passive: true, phone: true });
      assert.ok(en[screen.title], `${name} ${action}: ${screen.title}`);
      assert.ok(screen.text === null || en[screen.text], `${name} ${action}: ${screen.text}`);
      for (const button of screen.buttons) assert.ok(en[button.key], button.key);
    }
  }
});

test("only a camera's error may be tried again, and a phone is offered where there is one", () => {
  const failed = (code: (typeof codes)[number], phone: boolean): string[] => present({ ...initial(0), name: "failed", error: { code, message: "", context: {} } }, { passive: false, phone }).buttons.map((b) => b.act);
  assert.deepEqual(failed("camera_permission_denied", true), ["retry", "phone", "close"]);
  assert.deepEqual(failed("license_origin_error", false), ["close"]);
});

test("a language is picked from the page's wish, the browser's and what is allowed", () => {
  assert.equal(pickLanguage("pt", undefined, []), "pt-BR");
  assert.equal(pickLanguage("RU", ["en", "ru"], []), "ru");
  assert.equal(pickLanguage("tr", ["en", "ru"], []), "en");
  assert.equal(pickLanguage(undefined, undefined, ["fr-FR", "es-419", "en"]), "es");
  assert.equal(pickLanguage(undefined, ["kk"], ["ru"]), "kk");
  assert.equal(pickLanguage("xx", undefined, ["ru"]), "en");
});

test("an added language falls back to English, changes shipped ones, and is text alone", () => {
  addLanguage("ar", { "ui.close": "إغلاق", "ui.unknown": "x", "ui.retry": 7 });
  assert.equal(pickLanguage("ar", ["en"], []), "ar");
  assert.equal(stringsOf("ar")["ui.close"], "إغلاق");
  assert.equal(stringsOf("ar")["ui.retry"], "Try again");
  assert.ok(!("ui.unknown" in stringsOf("ar")));
  addLanguage("es", { "ui.close": "Salir" });
  assert.deepEqual([stringsOf("es")["ui.close"], stringsOf("es")["ui.cancel"]], ["Salir", "Cancelar"]);
  assert.deepEqual([isRTL("ar"), isRTL("fa-IR"), isRTL("he"), isRTL("hy"), isRTL("kk")], [true, true, true, false, false]);
});

test("every value of a style is a custom property, and nothing leaves its declaration", () => {
  assert.deepEqual(properties({ baseColor: { textPrimary: "#123456" }, faceFrame: { strokeWidth: 4, strokeAlpha: 80 }, button: { cornerRadius: 8 }, baseFont: { weight: 500, family: "Arial, sans-serif" } }), {
    "--ozl-base-color-text-primary": "#123456",
    "--ozl-face-frame-stroke-width": "4px",
    "--ozl-face-frame-stroke-alpha": "0.8",
    "--ozl-button-corner-radius": "8px",
    "--ozl-base-font-weight": "500",
    "--ozl-base-font-family": "Arial, sans-serif",
  });
  assert.deepEqual(properties({ a: { b: "red; background: url(//evil)", c: "url(https://evil)", d: "}x{", e: Number.NaN } }), {});
});

test("the oval is always whole on the screen, and the picture behind it", () => {
  const screens = [[390, 844], [844, 390], [1280, 720], [320, 568], [1920, 1080], [768, 1024]] as const;
  const videos = [[1280, 720], [720, 1280], [640, 480]] as const;
  for (const [width, height] of screens) {
    for (const [w, h] of videos) {
      const g = guide("face", { width, height }, { width: w, height: h });
      const [x, top, rx, ry] = (/M([\d.]+) ([\d.]+)A([\d.]+) ([\d.]+)/.exec(g.gauge) as RegExpExecArray).slice(1).map(Number) as [number, number, number, number];
      assert.ok(x - rx >= 0 && top >= 60 * (height > 500 ? 1 : 0.5) && top + 2 * ry <= height, `${width}x${height} ${w}x${h}`);
      assert.ok(g.video.width >= 2 * rx - 21 && g.video.height >= 2 * ry - 21);
      const card = guide("document", { width, height }, { width: w, height: h });
      assert.ok(card.video.width <= width + 1 && card.video.height <= height + 1);
    }
  }
});
