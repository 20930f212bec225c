// An adapter of one's own, as small as the wire allows: it draws what the test says, keeps what it is
// sent, and can fail in every way that a test needs. The real one is tried by its own tests.
import { createECDH, createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { serve } from "./serve.mjs";

/** Starts it over the built files; folders are further ones. */
export async function adapter(dist, folders = {}) {
  const pair = createECDH("prime256v1");
  const point = pair.generateKeys();
  const manifest = JSON.parse(readFileSync(path.join(dist, "manifest.json"), "utf8"));
  const assets = Object.fromEntries(Object.entries(manifest).map(([key, name]) => [key, `/plugin/${name}`]));
  const it = {
    config: {}, opened: {}, actions: ["video_selfie_blank"], answers: [{ state: "processing" }, { state: "finished" }],
    got: Buffer.alloc(0), forms: 0, inits: [], events: [], held: [], hold: undefined, refuse: undefined, broken: 0, blocked: [],
  };
  const json = (response, status, body) => void response.writeHead(status, { "content-type": "application/json", "access-control-allow-origin": "*", "access-control-allow-headers": "*" }).end(JSON.stringify(body));
  const body = (request) => new Promise((resolve) => {
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece)).on("end", () => resolve(Buffer.concat(pieces)));
  });
  const calls = {
    "/config.php": (request, response) => json(response, 200, {
      version: "1", architecture: "normal", use_wasm_container: true, result_mode: "safe", lang: "en", lang_allow: [], capture_scenario: "self", save_lossless_frame: true, preinit: "off", photo_source: ["capture"],
      actions: { video: ["video_selfie_blank", "video_selfie_smile"], photo: ["photo_id_front"], default: ["video_selfie_blank"] },
      limits: { min_eye_distance_px: 45, max_face_share: 0.6, min_lines: 240, max_upload_bytes: 50_000_000 }, attempts: { single: 3, common: 6 }, light: false, assets, ...it.config,
    }),
    "/init.php": async (request, response) => {
      const asked = JSON.parse(await body(request));
      it.inits.push(asked);
      if (it.refuse) return json(response, 403, it.refuse);
      json(response, 200, {
        event_session_id: "esid-1", session_token: "a.session.token", expires_at: Math.floor(Date.now() / 1000) + 600, challenge_id: "c1", action_seconds: 10, light: null,
        container: { kid: createHash("sha256").update(point).digest("hex").slice(0, 16), public_key: point.toString("base64"), suite: { kem: 16, kdf: 1, aead: 2 } },
        actions: asked.actions ?? it.actions, ...it.opened,
      });
    },
    "/request.php": async (request, response, url) => {
      if (request.method === "POST") {
        const piece = await body(request);
        if (it.broken > 0 && it.broken--) return void request.socket.destroy();
        if (String(request.headers["content-type"]).startsWith("multipart/")) return it.forms++, (it.got = piece), json(response, 200, { state: "processing" });
        if (Number(url.searchParams.get("offset")) !== it.got.length) return json(response, 409, { received: it.got.length });
        it.got = Buffer.concat([it.got, piece]);
        if (it.hold) {
          it.held.push(request.socket);
          await it.hold;
        }
        return json(response, 200, it.got.length === Number(url.searchParams.get("total")) ? { state: "processing" } : { state: "uploading", received: it.got.length });
      }
      if (url.searchParams.get("received")) return json(response, 200, { state: "uploading", received: it.got.length });
      json(response, 200, it.answers.length > 1 ? it.answers.shift() : it.answers[0]);
    },
    "/event.php": async (request, response) => {
      it.events.push(...JSON.parse(await body(request)).events);
      response.writeHead(204).end();
    },
  };
  const site = await serve({ "/plugin/": dist, ...folders }, (request, response, url) => {
    if (it.blocked.some((part) => url.pathname.includes(part))) return void response.writeHead(503).end(), true;
    if (request.method === "OPTIONS") return json(response, 200, {}), true;
    if (url.pathname === "/plugin_liveness.php") {
      response.writeHead(200, { "content-type": "text/javascript", "access-control-allow-origin": "*" }).end(readFileSync(path.join(dist, "plugin_liveness.js")));
      return true;
    }
    const call = calls[url.pathname];
    if (call) void call(request, response, url);
    return call !== undefined;
  });
  return Object.assign(it, { origin: site.origin, asked: site.asked, close: site.close, reset: () => Object.assign(it, { config: {}, opened: {}, actions: ["video_selfie_blank"], answers: [{ state: "processing" }, { state: "finished" }], got: Buffer.alloc(0), forms: 0, inits: [], events: [], held: [], hold: undefined, refuse: undefined, broken: 0, blocked: [] }) });
}
