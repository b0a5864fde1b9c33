/**
 * A PNG made by hand. A canvas would do, but some browsers change what is read back from one (Tor, LibreWolf, add-ons
 * against tracking). It is not compressed: what is sent so has a thousand pixels.
 */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const GREY_AND_ALPHA = 4;
/** Longest block of data that is stored as it is. */
const MOST_STORED = 0xffff;

/**
 * Ink as a picture: black, and as opaque as there is ink.
 * @param {number[][]} rows (H, W) in [0, 1]
 * @returns {Blob}
 */
export function pngOfInk(rows) {
  const [height, width] = [rows.length, rows[0].length];
  const lines = rows.flatMap((row) => [0, ...row.flatMap((value) => [0, Math.round(255 * value)])]);
  const header = [...numbers(width), ...numbers(height), 8, GREY_AND_ALPHA, 0, 0, 0];
  const bytes = [
    ...SIGNATURE,
    ...chunk("IHDR", header),
    ...chunk("IDAT", stored(Uint8Array.from(lines))),
    ...chunk("IEND", []),
  ];
  return new Blob([Uint8Array.from(bytes)], { type: "image/png" });
}

/** @param {string} name @param {number[]} data */
function chunk(name, data) {
  const body = [...[...name].map((letter) => letter.charCodeAt(0)), ...data];
  return [...numbers(data.length), ...body, ...numbers(crc32(body))];
}

/** Bytes in the format of zlib, not compressed. @param {Uint8Array} bytes @returns {number[]} */
function stored(bytes) {
  const blocks = [0x78, 0x01];
  for (let start = 0; start < bytes.length; start += MOST_STORED) {
    const block = bytes.subarray(start, start + MOST_STORED);
    const isLast = start + MOST_STORED >= bytes.length;
    const [low, high] = [block.length & 0xff, block.length >> 8];
    blocks.push(Number(isLast), low, high, 0xff - low, 0xff - high, ...block);
  }
  return [...blocks, ...numbers(adler32(bytes))];
}

/** @param {number} value @returns {number[]} its four bytes, the highest first */
const numbers = (value) => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];

/** @param {number[]} bytes */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** @param {Uint8Array} bytes */
function adler32(bytes) {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}
