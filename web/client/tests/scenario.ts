// Creates a folder, orders analyses and reads results_data of each type, against the
// server and with the account that the environment names. It must compile under strict:
// results_data is known by type, and nothing in it is any.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { ApiError, Client, type components } from "../src/index.js";

type Analysis = components["schemas"]["Analysis"];

const { BONAFIDE_URL = "", BONAFIDE_EMAIL = "", BONAFIDE_PASSWORD = "", BONAFIDE_SELFIE = "", BONAFIDE_REFERENCE = "" } = process.env;

/** The deciding number of an analysis, whatever its type; the compiler proves that no type is forgotten. */
function deciding(analysis: Analysis): number | null {
  switch (analysis.type) {
    case "QUALITY":
      return analysis.results_data.confidence_spoofing;
    case "BIOMETRY":
      return analysis.results_data.min_confidence;
    case "COLLECTION":
      return analysis.results_media[0]?.results_data.confidence ?? analysis.results_data.max_confidence;
    case "DOCUMENTS":
      return analysis.results_data.text_fields.length;
    default:
      return analysis satisfies never;
  }
}

async function photo(path: string): Promise<Blob> {
  return new Blob([new Uint8Array(await readFile(path))], { type: "image/jpeg" });
}

async function ended(client: Client, folder_id: string): Promise<Analysis[]> {
  for (;;) {
    const folder = await client.call("readFolder", { path: { folder_id }, query: { with_analyses: true } });
    const analyses = folder.analyses ?? [];
    if (analyses.every((a) => a.state !== "PROCESSING")) {
      return analyses;
    }
    await new Promise((wake) => setTimeout(wake, 200));
  }
}

const client = new Client({ baseURL: BONAFIDE_URL });
await client.signIn(BONAFIDE_EMAIL, BONAFIDE_PASSWORD);
const folder = await client.call("createFolder", {
  upload: {
    files: { selfie: await photo(BONAFIDE_SELFIE), id: await photo(BONAFIDE_REFERENCE) },
    payload: { "media:tags": { selfie: ["photo_selfie"], id: ["photo_id_front"] } },
  },
});
const collection = await client.call("createCollection", { body: { alias: "wanted" } });
await client.call("orderAnalyses", {
  path: { folder_id: folder.folder_id },
  body: { analyses: [{ type: "QUALITY" }, { type: "BIOMETRY" }, { type: "COLLECTION", collection_id: collection.collection_id }, { type: "DOCUMENTS" }] },
});
const analyses = await ended(client, folder.folder_id);
assert.deepEqual(analyses.map((a) => a.type).sort(), ["BIOMETRY", "COLLECTION", "DOCUMENTS", "QUALITY"]);
for (const analysis of analyses) {
  const reasons = analysis.technical_meta_data.reasons?.map((r) => r.code) ?? [];
  console.log(analysis.type, analysis.resolution, deciding(analysis), reasons.join(" "));
}
const biometry = analyses.find((a) => a.type === "BIOMETRY");
assert.equal(typeof (biometry && deciding(biometry)), "number");
await assert.rejects(client.call("readFolder", { path: { folder_id: "00000000-0000-4000-8000-000000000000" } }), (e: unknown) => e instanceof ApiError && e.code === 10);
await client.call("deleteFolder", { path: { folder_id: folder.folder_id } });
await client.signOut();
