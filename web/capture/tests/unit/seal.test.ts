// A container as node's own cryptography reads it: HPKE by hand, so that the library is not its own judge.
// internal/capture opens what browsers seal in the browser tests.
import assert from "node:assert/strict";
import { createDecipheriv, createECDH, createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import { chunkSize, seal } from "../../src/seal/bfc1.js";
import type { ContainerKey } from "../../src/types.js";

const suite = { kem: 16, kdf: 1, aead: 2 };
const recipient = createECDH("prime256v1");
const point = recipient.generateKeys();
const key: ContainerKey = { kid: createHash("sha256").update(point).digest("hex").slice(0, 16), public_key: point.toString("base64"), suite };
const token = "header.claims.signature";

const hmac = (salt: Uint8Array, data: Uint8Array): Buffer => createHmac("sha256", salt).update(data).digest();
const number = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);

function extract(id: Buffer, salt: Uint8Array, label: string, input: Uint8Array): Buffer {
  return hmac(salt, Buffer.concat([Buffer.from("HPKE-v1"), id, Buffer.from(label), input]));
}

function expand(id: Buffer, secret: Uint8Array, label: string, info: Uint8Array, length: number): Buffer {
  const labelled = Buffer.concat([number(length), Buffer.from("HPKE-v1"), id, Buffer.from(label), info]);
  return hmac(secret, Buffer.concat([labelled, Buffer.from([1])])).subarray(0, length);
}

/** Opens a container by RFC 9180; throws where it is not whole or not for this token. */
function open(container: Uint8Array, forToken: string): Buffer {
  const all = Buffer.from(container);
  assert.equal(all.subarray(0, 4).toString(), "BFC1");
  const length = all.readUInt16BE(4);
  const header = JSON.parse(all.subarray(6, 6 + length).toString()) as { v: number; suite: typeof suite; kid: string; enc: string };
  assert.deepEqual({ ...header, enc: "" }, { v: 1, suite, kid: key.kid, enc: "" });
  const enc = Buffer.from(header.enc, "base64");
  const kem = Buffer.concat([Buffer.from("KEM"), number(16)]);
  const hpke = Buffer.concat([Buffer.from("HPKE"), number(16), number(1), number(2)]);
  const none = Buffer.alloc(0);
  const shared = expand(kem, extract(kem, none, "eae_prk", recipient.computeSecret(enc)), "shared_secret", Buffer.concat([enc, point]), 32);
  const info = Buffer.concat([Buffer.from("bonafide-capture-v1"), createHash("sha256").update(forToken).digest()]);
  const context = Buffer.concat([Buffer.from([0]), extract(hpke, none, "psk_id_hash", none), extract(hpke, none, "info_hash", info)]);
  const secret = extract(hpke, shared, "secret", none);
  const [aes, base] = [expand(hpke, secret, "key", context, 32), expand(hpke, secret, "base_nonce", context, 12)];
  const plain: Buffer[] = [];
  for (let at = 6 + length, index = 0; at < all.length; index++) {
    const size = all.readUInt32BE(at);
    const chunk = all.subarray(at + 4, at + 4 + size);
    at += 4 + size;
    const nonce = Buffer.from(base);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ index) >>> 0, 8);
    const bound = Buffer.alloc(5);
    bound.writeUInt32BE(index);
    bound[4] = at === all.length ? 1 : 0;
    const decipher = createDecipheriv("aes-256-gcm", aes, nonce).setAAD(bound).setAuthTag(chunk.subarray(-16));
    assert.ok(size - 16 <= chunkSize);
    plain.push(Buffer.concat([decipher.update(chunk.subarray(0, -16)), decipher.final()]));
  }
  return Buffer.concat(plain);
}

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31) % 251);

test("what is sealed opens, of every size around the chunk's", async () => {
  for (const size of [0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 3 * chunkSize + 7]) {
    assert.ok(open(await seal(bytes(size), key, token), token).equals(bytes(size)), `${size} bytes`);
  }
});

test("pieces of any size give the same as one", async () => {
  const whole = bytes(2 * chunkSize + 100);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < whole.length; at += 100_003) yield whole.subarray(at, at + 100_003);
  }
  assert.ok(open(await seal(pieces(), key, token), token).equals(whole));
});

test("another token, a swapped chunk, a flipped bit and a cut end do not open", async () => {
  const sealed = await seal(bytes(3 * chunkSize), key, token);
  assert.throws(() => open(sealed, "another.session.token"));
  const start = 6 + Buffer.from(sealed).readUInt16BE(4);
  const step = 4 + chunkSize + 16;
  const swapped = sealed.slice();
  swapped.set(sealed.subarray(start, start + step), start + step);
  swapped.set(sealed.subarray(start + step, start + 2 * step), start);
  assert.throws(() => open(swapped, token));
  const flipped = sealed.slice();
  flipped[start + 100]! ^= 1;
  assert.throws(() => open(flipped, token));
  assert.throws(() => open(sealed.subarray(0, start + 2 * step), token));
});

test("a key of another suite is refused", async () => {
  await assert.rejects(seal(bytes(1), { ...key, suite: { kem: 32, kdf: 1, aead: 2 } }, token));
});
