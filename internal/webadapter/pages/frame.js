// The frame's side of the bridge between a page and the capture in a frame. The page's
// origin is taken from its first message, and nobody else is answered afterwards.
"use strict";
(() => {
  const host = window.parent;
  if (host === window) return;
  const names = ["on_submit", "on_result", "on_complete", "on_capture_complete", "on_error", "on_close"];
  let origin = "*"; // "ready" says nothing that others may not know
  const say = (message) => host.postMessage(message, origin);
  window.addEventListener("message", (e) => {
    if (e.source !== host || !e.data || typeof e.data.bonafide !== "string") return;
    if (origin !== "*" && e.origin !== origin) return;
    const { bonafide: what, options } = e.data;
    if (what === "open") {
      origin = e.origin === "null" ? "*" : e.origin;
      const own = { ...options, webAdapterUrl: undefined, origin: e.origin };
      delete own.webAdapterUrl;
      for (const name of names) own[name] = (detail) => say({ bonafide: "callback", name, detail });
      if (!window.OzLiveness) {
        say({ bonafide: "callback", name: "on_error", detail: { code: "config_error", event_session_id: "", message: "The capture script is not part of this build", context: {} } });
        return;
      }
      window.OzLiveness.open(own);
    } else if (window.OzLiveness && what === "close") window.OzLiveness.close();
    else if (window.OzLiveness && what === "hide") window.OzLiveness.hide();
    else if (window.OzLiveness && what === "add_lang" && window.OzLiveness.add_lang) window.OzLiveness.add_lang(e.data.id, e.data.pack);
  });
  say({ bonafide: "ready" });
})();
