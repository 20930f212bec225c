import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, test } from "node:test";
import { PIECE, Wire, WireError, type Opened } from "../../src/wire.js";

type Handler = (request: IncomingMessage, body: Buffer, answer: ServerResponse) => void;

let server: Server;
let base: string;
let handle: Handler;

beforeEach(async () => {
  server = createServer(async (request, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    handle(request, Buffer.concat(chunks), answer);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const opened: Opened = { event_session_id: "e1", session_token: "t1", expires_at: null, container: null, actions: [], challenge_id: null, action_seconds: 10, light: null };

function json(answer: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  answer.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** An adapter that keeps what it was sent. */
class Adapter {
  got = Buffer.alloc(0);
  take(url: URL, body: Buffer, answer: ServerResponse): void {
    if (url.searchParams.get("received") === "1") {
      json(answer, 200, { state: "uploading", received: this.got.length });
      return;
    }
    if (Number(url.searchParams.get("offset")) !== this.got.length) {
      json(answer, 409, { received: this.got.length });
      return;
    }
    this.got = Buffer.concat([this.got, body]);
    const all = this.got.length === Number(url.searchParams.get("total"));
    json(answer, 200, all ? { state: "processing" } : { state: "uploading", received: this.got.length });
  }
}

const bytes = new Uint8Array(3 * PIECE + 17).map((_, i) => i * 31);

test("an upload goes piece by piece, with the session's headers", async () => {
  const adapter = new Adapter();
  const tokens = new Set<unknown>();
  handle = (request, body, answer) => {
    tokens.add(`${request.headers["esid"]} ${request.headers["x-session-token"]} ${request.headers["x-tenant"]}`);
    adapter.take(new URL(request.url ?? "", base), body, answer);
  };
  const shares: number[] = [];
  const answer = await new Wire({ base, headers: { "X-Tenant": "a" } }).upload(opened, bytes, (s) => shares.push(s));
  assert.equal(answer.state, "processing");
  assert.ok(adapter.got.equals(bytes));
  assert.deepEqual([...tokens], ["e1 t1 a"]);
  assert.equal(shares.length, 4);
  assert.equal(shares.at(-1), 1);
});

test("a line that breaks in the middle of a piece goes on where the server is", async () => {
  const adapter = new Adapter();
  let posts = 0;
  handle = (request, body, answer) => {
    if (request.method === "POST" && ++posts === 2) {
      adapter.got = Buffer.concat([adapter.got, body]); // it arrived, but the answer is lost
      request.socket.destroy();
      return;
    }
    if (request.method === "POST" && posts === 3) {
      request.socket.destroy(); // and this one never arrived
      return;
    }
    adapter.take(new URL(request.url ?? "", base), body, answer);
  };
  await new Wire({ base, pause: 0.01 }).upload(opened, bytes, () => undefined);
  assert.ok(adapter.got.equals(bytes));
  assert.equal(posts, 5);
});

test("when the last answer is lost the poll goes on", async () => {
  const adapter = new Adapter();
  handle = (request, body, answer) => {
    const url = new URL(request.url ?? "", base);
    if (url.searchParams.get("received") === "1" && adapter.got.length === bytes.length) {
      json(answer, 200, { state: "processing" });
      return;
    }
    adapter.take(url, body, adapter.got.length + body.length === bytes.length ? ({ writeHead: () => ({ end: () => request.socket.destroy() }) } as unknown as ServerResponse) : answer);
  };
  assert.deepEqual(await new Wire({ base, pause: 0.01 }).upload(opened, bytes, () => undefined), { state: "processing" });
});

test("a server that wants another offset gets it", async () => {
  const adapter = new Adapter();
  adapter.got = Buffer.from(bytes.slice(0, 1000));
  handle = (request, body, answer) => adapter.take(new URL(request.url ?? "", base), body, answer);
  await new Wire({ base }).upload(opened, bytes, () => undefined);
  assert.ok(adapter.got.equals(bytes));
});

test("a refused container is not sent again, and its code and context arrive", async () => {
  let calls = 0;
  handle = (_, __, answer) => {
    calls++;
    json(answer, 400, { code: "session_token_error", message: "used before", context: { error_code: 13 } });
  };
  await assert.rejects(new Wire({ base }).upload(opened, bytes, () => undefined), (e: unknown) => e instanceof WireError && e.code === "session_token_error" && e.context["error_code"] === 13);
  assert.equal(calls, 1);
});

test("an aborted upload ends at once, also while it waits", async () => {
  handle = (request) => request.socket.destroy();
  const wire = new Wire({ base });
  const upload = wire.upload(opened, bytes, () => undefined);
  setTimeout(() => wire.abort(), 50);
  const began = Date.now();
  await assert.rejects(upload, { name: "AbortError" });
  assert.ok(Date.now() - began < 400);
});

test("an origin without licence is told so, and not asked again", async () => {
  let calls = 0;
  handle = (_, __, answer) => {
    calls++;
    json(answer, 403, { code: "license_origin_error", message: "origin" });
  };
  await assert.rejects(new Wire({ base }).init({ actions: null, lang: "en", meta: {}, params: {}, session_token: null, origin: "https://a.example" }), (e: unknown) => e instanceof WireError && e.code === "license_origin_error");
  assert.equal(calls, 1);
});

test("too many draws: the server's pause is kept, then it is tried again", async () => {
  let calls = 0;
  handle = (_, __, answer) => (++calls === 1 ? json(answer, 429, { code: "session_token_error", message: "slow down" }, { "Retry-After": "2" }) : json(answer, 200, opened));
  assert.equal((await new Wire({ base, pause: 0.02 }).init({ actions: null, lang: "en", meta: {}, params: {}, session_token: null, origin: "" })).event_session_id, "e1");
  assert.equal(calls, 2);
});

test("a dead server and the page of a proxy are server_unreachable", async () => {
  handle = (_, __, answer) => answer.writeHead(502, { "Content-Type": "text/html" }).end("<h1>Bad gateway</h1>");
  await assert.rejects(new Wire({ base, pause: 0.001 }).config("en"), (e: unknown) => e instanceof WireError && e.code === "server_unreachable");
  await assert.rejects(new Wire({ base: "http://127.0.0.1:1/", pause: 0.001 }).config("en"), (e: unknown) => e instanceof WireError && e.code === "server_unreachable");
});

test("polling tells every answer and ends with the result", async () => {
  let calls = 0;
  handle = (request, _, answer) => {
    assert.equal(request.headers["esid"], "e1");
    json(answer, 200, ++calls < 3 ? { state: "processing", analyses: { quality: { state: "processing", resolution: "" } } } : { state: "finished" });
  };
  const seen: string[] = [];
  const result = await new Wire({ base, pause: 0.001 }).poll(opened, (a) => seen.push(a.state));
  assert.deepEqual([seen, result], [["processing", "processing"], { state: "finished" }]);
});

test("the journal is worth no error", async () => {
  handle = (request) => request.socket.destroy();
  await new Wire({ base }).events(opened, [{ event: "error", t_ms: 1, context: {} }]);
});
