// The built server for tests: an empty folder of data, the whole result for pages.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../..");
const binary = path.join(root, "build/bonafide");

/** unbuilt tells why there is no server, or gives undefined. */
export const unbuilt = () => (existsSync(binary) ? undefined : "run make build first");

const freePort = () =>
  new Promise((resolve) => {
    const taken = createServer().listen(0, "127.0.0.1", () => {
      const { port } = taken.address();
      taken.close(() => resolve(port));
    });
  });

/** Starts it. Gives its origin and close; settings are WA_ variables, args further ones of the command. */
export async function startServer({ settings = {}, args = [] } = {}) {
  const data = mkdtempSync(path.join(tmpdir(), "captures-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let log = "";
  const child = spawn(binary, ["serve", "--data", data, "--assets", path.join(root, "build"), "--listen", `127.0.0.1:${port}`, ...args], {
    env: { ...process.env, WA_RESULT_MODE: "full", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (log += piece));
  const ready = () => fetch(`${origin}/config.php`).then(({ ok }) => ok, () => false);
  for (const end = Date.now() + 300_000; !(await ready()); ) {
    if (Date.now() > end || child.exitCode !== null) throw new Error(`the server does not answer:\n${log}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    origin,
    data,
    log: () => log,
    async close() {
      child.kill();
      await new Promise((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve()));
      rmSync(data, { recursive: true, force: true });
    },
  };
}
