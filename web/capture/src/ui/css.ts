/**
 * The look. Lengths in px, so that the page's own font size changes nothing; every value can be
 * set by a custom property --ozl-…, as the style option does. Colours meet 4.5:1 in both schemes.
 */
export const css = `
:host { all: initial; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.root {
  --text: #16202c; --soft: #465463; --ground: #ffffff; --panel: #f2f5f8; --accent: #0b57d0; --on-accent: #ffffff;
  --wrong: #b3261e; --right: #14732d; --line: #6b7785; --mask: rgba(255,255,255,.86);
  position: fixed; inset: 0; z-index: 2147483000; display: flex; flex-direction: column; overflow: hidden;
  color: var(--ozl-base-color-text-primary, var(--text));
  background: var(--ozl-background-color, var(--ozl-base-color-background-primary, var(--ground)));
  font-family: var(--ozl-base-font-family, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Armenian", sans-serif);
  font-size: var(--ozl-base-font-size, 16px); font-weight: var(--ozl-base-font-weight, 400); line-height: 1.4;
  -webkit-text-size-adjust: 100%;
}
@media (prefers-color-scheme: dark) { .root:not(.bright) {
  --text: #eef2f6; --soft: #b9c4cf; --ground: #12181f; --panel: #1e2731; --accent: #8ab4f8; --on-accent: #10203a;
  --wrong: #ff9d94; --right: #7fd694; --line: #8d99a6; --mask: rgba(12,17,22,.80);
} }
.root.bright { --mask: #ffffff; --ground: #ffffff; }
.root[hidden] { display: none; }
.stage { position: absolute; inset: 0; overflow: hidden; }
.stage video { position: absolute; left: 50%; top: 54%; transform: translate(-50%, -50%); background: #000; }
.stage video.mirrored { transform: translate(-50%, -50%) scaleX(-1); }
.stage svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.mask { fill: var(--ozl-background-color, var(--mask)); fill-opacity: var(--ozl-background-alpha, 1); fill-rule: evenodd; }
.ring { fill: none; stroke: var(--ozl-face-frame-stroke-not-aligned, var(--line)); stroke-width: var(--ozl-face-frame-stroke-width, 5px); stroke-opacity: var(--ozl-face-frame-stroke-alpha, 1); }
.pattern { fill: none; stroke: var(--ozl-document-frame-pattern-color, #ffffff); stroke-width: 2px; stroke-opacity: .7; }
.aligned .ring { stroke: var(--ozl-face-frame-stroke-aligned, var(--right)); }
.gauge { fill: none; stroke: var(--ozl-hint-animation-gradient-color, var(--accent)); stroke-width: 11px; stroke-linecap: round; transition: stroke-dashoffset .12s linear; }
header, .say, footer, .panel { position: relative; }
header { display: flex; align-items: center; gap: 8px; min-height: 56px; padding-block: max(6px, env(safe-area-inset-top)) 6px; padding-inline: 18px 10px;
  background: var(--ozl-toolbar-color, transparent); }
h1 { flex: 1; margin: 0; font-size: 17px; font-weight: 600; color: var(--ozl-toolbar-title-color, inherit); }
.over header h1 { visibility: hidden; }
.say { margin: 0 auto; max-width: 560px; padding: 10px 18px; text-align: center; border-radius: var(--ozl-center-hint-corner-radius, 12px);
  background: var(--ozl-center-hint-background-color, var(--ground)); color: var(--ozl-center-hint-color, inherit); }
.over .say { width: max-content; max-width: calc(100% - 24px); }
.say h2 { margin: 0; font-size: var(--ozl-center-hint-size, 22px); font-weight: 600; line-height: 1.25; }
.say p { margin: 4px 0 0; color: var(--ozl-base-color-text-secondary, var(--soft)); }
.say p:empty { display: none; }
/* A text that is missing in a language is English, and reads from left to right. */
.say h2, .say p, button { unicode-bidi: plaintext; }
.failed .say h2 { color: var(--wrong); }
.gap { flex: 1; }
.panel { margin: auto; padding: 20px; max-width: 560px; width: 100%; text-align: center; }
.panel .say { padding: 0; background: none; }
.spinner { width: 44px; height: 44px; margin: 0 auto 20px; border-radius: 50%; border: 5px solid var(--line); border-top-color: var(--accent); animation: turn 1s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }
.bar { height: 10px; margin: 20px auto 0; max-width: 320px; border-radius: 5px; border: 1px solid var(--line); overflow: hidden; }
.bar div { height: 100%; width: 0; background: var(--accent); }
.qr { margin: 18px auto 0; padding: 12px; width: 232px; background: #fff; border-radius: 8px; }
.qr svg { display: block; width: 100%; }
.qr path { fill: #000; }
footer { display: flex; flex-wrap: wrap; gap: 10px; justify-content: center; padding: 14px 18px; padding-bottom: max(36px, env(safe-area-inset-bottom)); }
button { font: inherit; min-height: 48px; min-width: 48px; padding: 8px 20px; border-radius: var(--ozl-button-corner-radius, 24px); border: 2px solid var(--ozl-button-background-color, var(--accent));
  background: var(--ground); color: var(--accent); cursor: pointer; font-weight: 600; }
footer button:first-child:not(.quiet) { background: var(--ozl-button-background-color, var(--accent)); color: var(--ozl-button-text-color, var(--on-accent)); }
header button { padding: 0; display: grid; place-items: center; border-color: transparent; background: var(--ground); color: var(--ozl-toolbar-close-icon, var(--text)); border-radius: 24px; }
header svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
.cameras { position: absolute; inset-inline-end: 62px; top: 58px; z-index: 2; display: grid; gap: 6px; padding: 10px; max-width: calc(100% - 80px); border-radius: 12px; background: var(--panel); box-shadow: 0 4px 18px rgba(0,0,0,.35); }
.cameras button { text-align: start; border-radius: 8px; }
.cameras button[aria-checked=true] { background: var(--accent); color: var(--on-accent); }
.review { position: absolute; inset: 0; display: grid; place-items: center; padding: 110px 18px 124px; }
.review img { max-width: 100%; max-height: 100%; border-radius: 10px; }
.scan { position: absolute; inset-inline: 0; text-align: center; font-size: 22px; font-weight: 600; }
.scan span { padding: 4px 12px; border-radius: 8px; background: var(--ground); }
.version { position: absolute; inset-inline-end: 10px; bottom: 4px; margin: 0; font-size: var(--ozl-version-label-size, 12px); color: var(--ozl-version-label-color, var(--soft)); }
.over .version { display: none; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { .spinner { animation: none; border-top-color: var(--line); border-style: dotted; } .gauge { transition: none; } }
@media (max-width: 480px) { .review { padding-bottom: 180px; } }
@media (max-height: 460px) { .say h2 { font-size: 18px; } header { min-height: 48px; } }
@media (forced-colors: active) { button { border-color: ButtonText; } .ring { stroke: CanvasText; } .gauge { stroke: Highlight; } }
`;
