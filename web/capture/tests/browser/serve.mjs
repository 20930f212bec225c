// A server for pages that try parts of the capture alone: dist, pages of tests, media, under a policy of
// content that can be chosen by the query.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";

const types = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm", ".webm": "video/webm", ".jpg": "image/jpeg" };

const rest = "connect-src 'self'; img-src 'self' blob:; media-src 'self' blob:; style-src 'self'";
/** Policies by name; strict is what the documentation asks of pages. */
export const policies = {
  strict: `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; ${rest}`,
  nowasm: `default-src 'none'; script-src 'self'; worker-src 'self'; ${rest}`,
  noworker: `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'; ${rest}`,
};

/**
 * Serves folders by prefix ({"/dist/": path}); handle may answer a request first. Gives the
 * origin, what was asked for, and close.
 */
export async function serve(folders, handle = () => false) {
  const asked = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://local");
    asked.push(url.pathname);
    if (handle(request, response, url)) return;
    const prefix = Object.keys(folders).find((candidate) => url.pathname.startsWith(candidate));
    const file = prefix && path.join(folders[prefix], path.normalize(url.pathname.slice(prefix.length)));
    if (!file || !existsSync(file) || !statSync(file).isFile()) return void response.writeHead(404).end();
    const headers = { "content-type": types[path.extname(file)] ?? "application/octet-stream", "access-control-allow-origin": "*", "cache-control": "no-store" };
    // Workers have the policy of their own script: all is under the page's, as one server would have it.
    const policy = policies[url.searchParams.get("csp") ?? new URL(request.headers.referer ?? url, url).searchParams.get("csp")];
    if (policy) headers["content-security-policy"] = policy;
    response.writeHead(200, headers);
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, asked, close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))) };
}
