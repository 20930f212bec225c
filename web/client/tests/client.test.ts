import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { ApiError, Client, type Tokens } from "../src/index.js";

let server: Server;
let baseURL: string;
let seen: { method: string | undefined; url: string | undefined; token: string | undefined; type: string | undefined; body: string }[] = [];
let answers: ((answer: ServerResponse, request: IncomingMessage) => void)[] = [];

before(async () => {
  server = createServer(async (request, answer) => {
    let body = "";
    for await (const chunk of request) {
      body += String(chunk);
    }
    const token = request.headers["x-forensic-access-token"];
    seen.push({ method: request.method, url: request.url, token: String(token), type: request.headers["content-type"], body });
    const next = answers.shift();
    assert.ok(next, `unexpected ${request.method} ${request.url}`);
    next(answer, request);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());
beforeEach(() => {
  seen = [];
  answers = [];
});

function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (answer: ServerResponse) => {
    answer.writeHead(status, { "Content-Type": "application/json; charset=utf8", ...headers }).end(JSON.stringify(body));
  };
}

const expired = { error_code: 8, error_message: "Access token has expired", error_details: null, details: null };
const old: Tokens = { access_token: "old", expire_token: "e1" };
const fresh = { access_token: "new", expire_token: "e2" };

test("an expired token is refreshed once for all calls that found it so", async () => {
  const kept: (Tokens | undefined)[] = [];
  const client = new Client({ baseURL, tokens: old, onTokens: (t) => kept.push(t) });
  answers = [json(401, expired), json(401, expired), json(200, fresh), json(200, { core: "1" }), json(200, { core: "1" })];
  await Promise.all([client.call("readVersion", {}), client.call("readVersion", {})]);
  assert.deepEqual(seen.map((s) => `${s.url} ${s.token}`).slice(2), ["/api/authorize/refresh old", "/api/version new", "/api/version new"]);
  assert.deepEqual(kept, [fresh]);
});

test("an error answer is an ApiError with number, details and pause", async () => {
  answers = [json(429, { error_code: 101, error_message: "Too many attempts", error_details: "Wait", details: "Wait" }, { "Retry-After": "30" })];
  await assert.rejects(new Client({ baseURL }).signIn("a@b.example", "wrong"), (error: unknown) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.message, error.status, error.code, error.details, error.retryAfter], ["Too many attempts", 429, 101, "Wait", 30]);
    return true;
  });
});

test("the page of a proxy and a dead server are ApiErrors, too", async () => {
  answers = [(answer) => answer.writeHead(502, { "Content-Type": "text/html" }).end("<h1>Bad gateway</h1>")];
  await assert.rejects(new Client({ baseURL }).call("readVersion", {}), (e: unknown) => e instanceof ApiError && e.status === 502 && e.code === undefined);
  await assert.rejects(new Client({ baseURL: "http://127.0.0.1:1" }).call("readVersion", {}), (e: unknown) => e instanceof ApiError && e.status === 0);
});

test("an abort stays an abort", async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(new Client({ baseURL }).call("readVersion", { signal }), { name: "AbortError" });
});

test("paths are filled, lists are joined by commas, uploads are forms", async () => {
  const client = new Client({ baseURL, tokens: fresh });
  answers = [json(200, {}), json(200, { items: [] }), json(201, {})];
  await client.call("readFolder", { path: { folder_id: "a/b" }, query: { with_analyses: true } });
  await client.call("listFolders", { query: { sorting: ["time_created{asc}", "folder_id"], limit: 5 } });
  await client.call("createFolder", { upload: { files: { selfie: new Blob(["jpeg"]) }, payload: { "media:tags": { selfie: ["photo_selfie"] } } } });
  assert.equal(seen[0]?.url, "/api/folders/a%2Fb?with_analyses=true");
  assert.equal(seen[1]?.url, "/api/folders?sorting=time_created%7Basc%7D%2Cfolder_id&limit=5");
  assert.match(seen[2]?.type ?? "", /^multipart\/form-data/);
  assert.match(seen[2]?.body ?? "", /name="payload"[^]*photo_selfie[^]*name="selfie"; filename="selfie"/);
});
