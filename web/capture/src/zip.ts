/** Writes stored zip archives: pictures are compressed already, and the server reads these. */

export interface Entry {
  name: string;
  data: Uint8Array;
}

const table = new Uint32Array(256).map((_, i) => {
  let c = i;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** The CRC-32 that zip archives carry. */
export function crc32(data: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of data) c = (table[(c ^ byte) & 0xff] as number) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** The archive, piece by piece. Entries keep their order; at most 65,535 of them and 4 GiB. */
export function* zip(entries: readonly Entry[]): Generator<Uint8Array> {
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const title = new TextEncoder().encode(name);
    const sum = crc32(data);
    const local = header(30, title, [[0, 0x04034b50, 4], [4, 20, 2], [6, 0x0800, 2], [12, 0x21, 2], [14, sum, 4], [18, data.length, 4], [22, data.length, 4], [26, title.length, 2]]);
    directory.push(header(46, title, [[0, 0x02014b50, 4], [4, 20, 2], [6, 20, 2], [8, 0x0800, 2], [14, 0x21, 2], [16, sum, 4], [20, data.length, 4], [24, data.length, 4], [28, title.length, 2], [42, offset, 4]]));
    yield local;
    yield data;
    offset += local.length + data.length;
  }
  yield* directory;
  const size = directory.reduce((n, d) => n + d.length, 0);
  yield header(22, new Uint8Array(), [[0, 0x06054b50, 4], [8, entries.length, 2], [10, entries.length, 2], [12, size, 4], [16, offset, 4]]);
}

/** Fields as [offset, value, bytes], followed by the name. */
function header(size: number, name: Uint8Array, fields: readonly (readonly [number, number, 2 | 4])[]): Uint8Array {
  const out = new Uint8Array(size + name.length);
  const view = new DataView(out.buffer);
  for (const [at, value, bytes] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
  }
  out.set(name, size);
  return out;
}
