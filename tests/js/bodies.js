/** Safetensors bodies made by hand. */

/**
 * @param {unknown} header
 * @param {ArrayBufferView[]} parts its data
 * @param {number} [alignment] of the data; the format's own writers use 8
 * @returns {ArrayBuffer}
 */
export function packBody(header, parts = [], alignment = 8) {
  let text = typeof header === "string" ? header : JSON.stringify(header);
  while (new TextEncoder().encode(text).length % alignment) text += " ";
  const bytes = new TextEncoder().encode(text);
  const chunks = parts.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
  const body = new Uint8Array(8 + bytes.length + chunks.reduce((sum, { length }) => sum + length, 0));
  new DataView(body.buffer).setBigUint64(0, BigInt(bytes.length), true);
  body.set(bytes, 8);
  let end = 8 + bytes.length;
  for (const chunk of chunks) {
    body.set(chunk, end);
    end += chunk.length;
  }
  return body.buffer;
}

/**
 * A body of tensors, as the server sends them.
 * @param {Record<string, {shape: number[], data: Float32Array | Uint8Array}>} tensors
 * @param {Record<string, string>} [metadata]
 */
export function packTensors(tensors, metadata = {}) {
  let end = 0;
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    const start = end;
    end += data.byteLength;
    const dtype = data instanceof Uint8Array ? "U8" : "F32";
    return [name, { dtype, shape, data_offsets: [start, end] }];
  });
  const parts = Object.values(tensors).map(({ data }) => data);
  return packBody({ __metadata__: metadata, ...Object.fromEntries(entries) }, parts);
}
