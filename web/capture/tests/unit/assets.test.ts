import assert from "node:assert/strict";
import { test } from "node:test";

// The module reads the page's address, which a test has to give it.
Object.assign(globalThis, { location: { href: "https://shop.example/pay" } });
const { adapterOf, folderOf, locate } = await import("../../src/assets.js");

const named = { tracker: "/plugin/t.js", wasm: "/plugin/k.wasm", blazeface: "/plugin/b.bin", facemesh: "/plugin/f.bin" };

test("the adapter is found from the script's address, also below a prefix", () => {
  assert.equal(adapterOf("https://id.example/plugin_liveness.php?lang=ru"), "https://id.example/");
  assert.equal(adapterOf("https://id.example/acme/plugin_liveness.php"), "https://id.example/acme/");
  assert.equal(adapterOf("https://id.example/plugin/bonafide-capture.js"), "https://id.example/");
  assert.equal(folderOf("/a/b?c=/d"), "https://shop.example/a/");
});

test("files are found where the adapter says, with a tenant, behind a proxy's prefix, in the page's own folder", () => {
  const of = (adapter: string, value = named, folder?: string): string | undefined => locate(value, adapter, folder)?.tracker;
  assert.equal(of("https://id.example/"), "https://id.example/plugin/t.js");
  assert.equal(of("https://id.example/acme/", { ...named, tracker: "/acme/plugin/t.js" }), "https://id.example/acme/plugin/t.js");
  assert.equal(of("https://id.example/prefix/"), "https://id.example/prefix/plugin/t.js");
  assert.equal(of("https://id.example/", { ...named, tracker: "t.js" }), "https://id.example/plugin/t.js");
  assert.equal(of("https://id.example/", { ...named, tracker: "https://cdn.example/t.js" }), "https://cdn.example/t.js");
  assert.equal(of("https://id.example/", named, "/vendor/bonafide"), "https://shop.example/vendor/bonafide/t.js");
  assert.equal(locate({}, "https://id.example/", undefined), undefined);
});
