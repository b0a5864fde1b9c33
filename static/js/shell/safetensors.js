import { halvesToFloats } from "./half.js";

/**
 * @typedef {{shape: number[], data: Float32Array}} Tensor
 * @typedef {{shape: number[], bytes: Uint8Array, scale: number}} ByteTensor its numbers are `bytes` times `scale`
 *
 * @typedef {object} Safetensors
 * @property {Record<string, Tensor>} tensors of floats
 * @property {Record<string, ByteTensor>} bytes tensors of bytes
 * @property {Record<string, string>} metadata
 */

const LENGTH_BYTES = 8;

/** Bytes of one number. @type {Record<string, number>} */
const SIZES = { F32: 4, F16: 2, U8: 1 };

/**
 * Read a safetensors body: an 8-byte header length, a JSON header, raw little-endian data.
 * float32 becomes a view of the buffer, and float16 is widened. Bytes stay a view, beside the metadata's `NAME.scale`.
 * @param {ArrayBuffer} buffer
 * @returns {Safetensors}
 * @throws {RangeError} where the body is no safetensors file
 */
export function readSafetensors(buffer) {
  const header = readHeader(buffer);
  const start = header.end;
  const { __metadata__: metadata = {}, ...entries } = header.json;
  /** @type {Safetensors} */
  const read = { tensors: {}, bytes: {}, metadata };
  for (const [name, entry] of Object.entries(entries)) {
    const [from, to] = entry.data_offsets;
    const { shape } = entry;
    const data = readData(buffer, entry, start + from, start + to);
    if (data instanceof Uint8Array) {
      read.bytes[name] = { shape, bytes: data, scale: Number(metadata[`${name}.scale`] ?? 1) };
    } else read.tensors[name] = { shape, data };
  }
  return read;
}

/** Whether a body begins as a safetensors file does. @param {ArrayBuffer} buffer */
export function isSafetensors(buffer) {
  if (buffer.byteLength <= LENGTH_BYTES) return false;
  const view = new DataView(buffer);
  return view.getBigUint64(0, true) <= buffer.byteLength && view.getUint8(LENGTH_BYTES) === "{".charCodeAt(0);
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
 */
function readData(buffer, { dtype, shape }, from, to) {
  const count = shape.reduce((product, size) => product * size, 1);
  if (!SIZES[dtype]) throw new RangeError(`a tensor of type ${dtype} is not expected here`);
  if (to > buffer.byteLength) throw new RangeError("no safetensors body: a tensor runs past its end");
  if (to - from !== count * SIZES[dtype]) {
    throw new RangeError("no safetensors body: a tensor's bytes are not its shape's");
  }
  if (dtype === "U8") return new Uint8Array(buffer, from, count);
  return dtype === "F32" ? new Float32Array(buffer, from, count) : halvesToFloats(new Uint16Array(buffer, from, count));
}
