import { halvesToFloats } from "./half.js";

/**
 * @typedef {{shape: number[], data: Float32Array}} Tensor
 * @typedef {{tensors: Record<string, Tensor>, metadata: Record<string, string>}} Safetensors
 */

const LENGTH_BYTES = 8;

/**
 * Read a safetensors body: an 8-byte header length, a JSON header, raw little-endian data.
 * float32 becomes a view of the buffer, float16 is widened.
 * @param {ArrayBuffer} buffer
 * @returns {Safetensors}
 * @throws {RangeError} where the body is no safetensors file
 */
export function readSafetensors(buffer) {
  const header = readHeader(buffer);
  const start = header.end;
  const { __metadata__: metadata = {}, ...entries } = header.json;
  /** @type {Record<string, Tensor>} */
  const tensors = {};
  for (const [name, entry] of Object.entries(entries)) {
    const [from, to] = entry.data_offsets;
    tensors[name] = { shape: entry.shape, data: readData(buffer, entry.dtype, start + from, start + to) };
  }
  return { tensors, metadata };
}

/** @param {ArrayBuffer} buffer */
function readHeader(buffer) {
  if (buffer.byteLength < LENGTH_BYTES) throw new RangeError("no safetensors body: shorter than its header");
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const end = LENGTH_BYTES + length;
  if (end > buffer.byteLength) throw new RangeError("no safetensors body: its header runs past its end");
  const text = new TextDecoder().decode(new Uint8Array(buffer, LENGTH_BYTES, length));
  return { json: JSON.parse(text), end };
}

/**
 * @param {ArrayBuffer} buffer
 * @param {string} dtype
 * @param {number} from in bytes
 * @param {number} to in bytes
 */
function readData(buffer, dtype, from, to) {
  if (to > buffer.byteLength) throw new RangeError("no safetensors body: a tensor runs past its end");
  if (dtype === "F32") return new Float32Array(buffer, from, (to - from) / 4);
  if (dtype === "F16") return halvesToFloats(new Uint16Array(buffer, from, (to - from) / 2));
  throw new RangeError(`a tensor of type ${dtype} is not expected here`);
}
