import { halvesToFloats } from "./half.js";

/**
 * @typedef {{shape: number[], data: Float32Array}} Tensor
 * @typedef {{tensors: Record<string, Tensor>, metadata: Record<string, string>}} Safetensors
 */

const LENGTH_BYTES = 8;

/** Bytes of one number. @type {Record<string, number>} */
const SIZES = { F32: 4, F16: 2, U8: 1 };

/**
 * Read a safetensors body: an 8-byte header length, a JSON header, raw little-endian data.
 * float32 becomes a view of the buffer, float16 is widened, and so are bytes, each to its number times the metadata's
 * `NAME.scale`.
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
    tensors[name] = { shape: entry.shape, data: readData(buffer, entry, start + from, start + to, Number(metadata[`${name}.scale`] ?? 1)) };
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
  try {
    return { json: JSON.parse(text), end };
  } catch (cause) {
    throw new RangeError("no safetensors body: its header is no JSON", { cause });
  }
}

/**
 * @param {ArrayBuffer} buffer
 * @param {{dtype: string, shape: number[]}} entry
 * @param {number} from in bytes
 * @param {number} to in bytes
 * @param {number} scale of bytes
 */
function readData(buffer, { dtype, shape }, from, to, scale) {
  const count = shape.reduce((product, size) => product * size, 1);
  if (!SIZES[dtype]) throw new RangeError(`a tensor of type ${dtype} is not expected here`);
  if (to > buffer.byteLength) throw new RangeError("no safetensors body: a tensor runs past its end");
  if (to - from !== count * SIZES[dtype]) throw new RangeError("no safetensors body: a tensor's bytes are not its shape's");
  if (dtype === "U8") return Float32Array.from(new Uint8Array(buffer, from, count), (byte) => byte * scale);
  return dtype === "F32" ? new Float32Array(buffer, from, count) : halvesToFloats(new Uint16Array(buffer, from, count));
}
