// Writes src/api.gen.ts from api/openapi.json. The first line names the document that
// it was made from, so that `go test` can tell without node that it is fresh.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const document = new URL("../../../api/openapi.json", import.meta.url);
const target = new URL("../src/api.gen.ts", import.meta.url);

const raw = await readFile(document);
const api = JSON.parse(raw.toString("utf8"));
const types = astToString(await openapiTS(api, { alphabetize: false }));

const routes = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId }]) => `  ${operationId}: { method: "${method.toUpperCase()}", path: "${path}" },`),
);

await writeFile(
  target,
  `// Made by "npm run generate" from api/openapi.json, SHA-256 ${createHash("sha256").update(raw).digest("hex")}.
${types}
/** Where each operation is found. */
export const routes = {
${routes.sort().join("\n")}
} as const satisfies Record<keyof operations, { method: string; path: string }>;
`,
);
