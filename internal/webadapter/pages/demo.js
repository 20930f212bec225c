// The demo: sign in where that is asked for, capture, and show the whole result. What is
// shown is written as text, never as markup.
"use strict";
(() => {
  const main = document.getElementById("demo");
  const $ = (id) => document.getElementById(id);
  const words = main.dataset;
  let token = "";
  const word = (resolution) => ({ SUCCESS: words.success, DECLINED: words.declined, OPERATOR_REQUIRED: words.operator, FAILED: words.failed })[resolution] || resolution;

  const sign = $("sign");
  if (sign) sign.addEventListener("submit", async (e) => {
    e.preventDefault();
    $("signfault").textContent = "";
    const answer = await fetch("/api/authorize/auth", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ credentials: { email: $("email").value, password: $("password").value } }),
    }).catch(() => null);
    const body = answer && answer.ok ? await answer.json() : null;
    if (!body || !body.access_token) { $("signfault").textContent = words.signfault; return; }
    token = body.access_token;
    sign.hidden = true;
    $("choose").hidden = false;
  });

  const row = (name, analysis) => {
    const tr = document.createElement("tr");
    const reasons = (analysis.reasons || []).map((r) => r.advice || r.code).join("; ");
    for (const text of [words[name] || name, word(analysis.resolution), reasons || words.noreason]) {
      const td = document.createElement("td");
      td.textContent = text;
      tr.append(td);
    }
    return tr;
  };

  const shown = (result) => {
    $("wait").hidden = true;
    const analyses = Object.entries(result.analyses || {});
    $("rows").replaceChildren(...analyses.map(([name, a]) => row(name, a)));
    const verdict = result.system_resolution || (analyses[0] && analyses[0][1].resolution) || "FAILED";
    $("verdict").textContent = word(verdict);
    $("verdict").className = "verdict " + (verdict === "SUCCESS" ? "good" : "bad");
    $("folder").textContent = result.folder_id ? "folder_id " + result.folder_id : "";
    const found = analyses.map(([, a]) => a.result_json?.source_media?.[0]?.images?.[0]?.original_url).find(Boolean);
    $("shot").hidden = !found;
    if (found) $("shot").src = new URL(new URL(found, location.href).pathname, location.href).href;
    $("result").hidden = false;
    $("result").scrollIntoView({ block: "nearest" });
  };

  const start = $("start");
  if (start) start.addEventListener("click", () => {
    start.disabled = true;
    $("fault").hidden = $("result").hidden = true;
    const what = $("what").value;
    const options = {
      lang: words.lang, demo: true,
      headers: token ? { "X-Forensic-Access-Token": token } : {},
      on_submit: () => { $("wait").hidden = false; },
      on_complete: (r) => { start.disabled = false; shown(r); },
      on_error: (e) => { start.disabled = false; $("wait").hidden = true; $("fault").hidden = false; $("fault").textContent = (e && (e.message || e.code)) || "?"; },
      on_close: () => { start.disabled = false; },
    };
    if (what.startsWith("draw:")) options.draw = Number(what.slice(5));
    else options.action = what.split(",");
    window.OzLiveness.open(options);
  });
})();
