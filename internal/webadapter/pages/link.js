"use strict";
(() => {
  const main = document.getElementById("link");
  const show = (id, on = true) => { document.getElementById(id).hidden = !on; };
  const { link, color, lang } = main.dataset;
  if (/^#[0-9a-fA-F]{6}$/.test(color)) {
    const [r, g, b] = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
    const dark = 0.299 * r + 0.587 * g + 0.114 * b < 150;
    document.documentElement.style.setProperty("--brand", color);
    document.documentElement.style.setProperty("--on-brand", dark ? "#fff" : "#000");
  }
  const start = document.getElementById("start");
  if (!start) return;
  start.addEventListener("click", () => {
    start.disabled = true;
    show("fault", false);
    window.OzLiveness.open({
      link, lang,
      on_submit: () => { show("ask", false); show("wait"); },
      on_complete: () => { show("ask", false); show("wait", false); show("done"); },
      on_error: (e) => { start.disabled = false; show("wait", false); show("fault"); document.getElementById("why").textContent = e && e.message ? e.message : ""; },
      on_close: () => { start.disabled = false; },
    });
  });
})();
