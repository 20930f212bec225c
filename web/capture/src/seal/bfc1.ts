/**
 * Seals a capture as BFC1: HPKE (RFC 9180) base mode with P-256, HKDF-SHA256 and AES-256-GCM,
 * in chunks, bound to the session token. docs/build has the format; internal/capture opens it.
 *
 * What this gives: nobody between page and server reads a capture, changes it, mixes two or
 * sends one twice. What it does not give: a proof that the page was ours; whoever has the key,
 * which is public, and a token can seal.
 */

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import type { ContainerKey, Seal } from "../types.js";

/** Most plain bytes of a chunk. */
export const chunkSize = 262_144;

const suite = { kem: 16, kdf: 1, aead: 2 };
const encoder = new TextEncoder();

/** Seals; rejects when the key is of a suite that this build does not know. */
export const seal: Seal = async (plain, key, token) => {
  const sender = await open(key, token);
  const parts = [header(key, new Uint8Array(sender.enc))];
  let index = 0;
  const put = async (chunk: Uint8Array, last: boolean): Promise<void> => {
    const sealed = new Uint8Array(await sender.seal(owned(chunk), bind(index++, last)));
    parts.push(uint32(sealed.length), sealed);
  };
  let waiting = new Uint8Array(0);
  for await (const chunk of chunks(plain)) {
    // The last chunk says so, thus one is always held back.
    if (index > 0 || waiting.length > 0) await put(waiting, false);
    waiting = chunk;
  }
  await put(waiting, true);
  return join(parts);
};

async function open(key: ContainerKey, token: string) {
  if (key.suite.kem !== suite.kem || key.suite.kdf !== suite.kdf || key.suite.aead !== suite.aead) {
    throw new Error("the server's key is of a suite that this version does not know");
  }
  const hpke = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const point = Uint8Array.from(atob(key.public_key), (character) => character.charCodeAt(0));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(token)));
  return hpke.createSenderContext({
    recipientPublicKey: await hpke.kem.deserializePublicKey(point.buffer),
    info: owned(join([encoder.encode("bonafide-capture-v1"), digest])),
  });
}

function header(key: ContainerKey, enc: Uint8Array): Uint8Array {
  const json = encoder.encode(JSON.stringify({ v: 1, suite, kid: key.kid, enc: btoa(String.fromCharCode(...enc)) }));
  return join([encoder.encode("BFC1"), Uint8Array.of(json.length >> 8, json.length & 255), json]);
}

/** What a chunk is bound to besides the sequence: its index and whether it is the last. */
function bind(index: number, last: boolean): ArrayBuffer {
  return owned(join([uint32(index), Uint8Array.of(last ? 1 : 0)]));
}

const uint32 = (value: number): Uint8Array => Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);

/** A buffer that holds these bytes and no others. */
const owned = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** Cuts what comes in any pieces into chunks of full size but for the last. */
async function* chunks(plain: AsyncIterable<Uint8Array> | Uint8Array): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunk = new Uint8Array(chunkSize);
  let filled = 0;
  for await (const piece of plain instanceof Uint8Array ? [plain] : plain) {
    for (let at = 0; at < piece.length; ) {
      const taken = piece.subarray(at, at + chunkSize - filled);
      chunk.set(taken, filled);
      at += taken.length;
      filled += taken.length;
      if (filled < chunkSize) continue;
      yield chunk;
      chunk = new Uint8Array(chunkSize);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

function join(parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
