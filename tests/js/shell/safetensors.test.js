import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readSafetensors } from "../../../static/js/shell/safetensors.js";
import { packBody } from "../bodies.js";

/** Written by Python's safetensors. */
const file = readFileSync(new URL("two_tensors.safetensors", import.meta.url));
const whole = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);

test("a file of the Python library is read, float16 widened", () => {
  const { tensors, metadata } = readSafetensors(whole);
  assert.deepEqual(tensors.floats, { shape: [2, 2], data: Float32Array.of(1.5, -2.25, 0, 1e-3) });
  const { shape, data } = tensors.halves;
  assert.deepEqual(shape, [6]);
  assert.deepEqual(data.subarray(0, 4), Float32Array.of(0, 1, -2, 65504));
  assert.equal(data[4], 2 ** -24);
  assert.ok(Math.abs(data[5] - 0.1) < 1e-4);
  assert.deepEqual(metadata, { label: "7", model: "mnist" });
});

test("bytes stay bytes, beside the number that one of them stands for", () => {
  const header = new TextEncoder().encode(
    JSON.stringify({ __metadata__: { "x.scale": "0.5" }, x: { dtype: "U8", shape: [3], data_offsets: [0, 3] } }),
  );
  const body = new Uint8Array(8 + header.length + 3);
  new DataView(body.buffer).setBigUint64(0, BigInt(header.length), true);
  body.set(header, 8);
  body.set([0, 1, 255], 8 + header.length);
  const { tensors, bytes } = readSafetensors(body.buffer);
  assert.deepEqual(bytes, { x: { shape: [3], bytes: Uint8Array.of(0, 1, 255), scale: 0.5 } });
  assert.equal(bytes.x.bytes.buffer, body.buffer, "a view of the body, not a copy");
  assert.deepEqual(tensors, {});
});

for (const length of [0, 7, 20, file.byteLength - 1]) {
  test(`a body cut to ${length} bytes is refused`, () => {
    assert.throws(() => readSafetensors(whole.slice(0, length)), RangeError);
  });
}

test("a header that runs past the end is refused", () => {
  const body = whole.slice(0);
  new DataView(body).setBigUint64(0, 1n << 40n, true);
  assert.throws(() => readSafetensors(body), RangeError);
});

test("a tensor of a type that nobody expects is refused", () => {
  const header = new TextEncoder().encode(JSON.stringify({ x: { dtype: "I64", shape: [1], data_offsets: [0, 8] } }));
  const body = new Uint8Array(8 + header.length + 8);
  new DataView(body.buffer).setBigUint64(0, BigInt(header.length), true);
  body.set(header, 8);
  assert.throws(() => readSafetensors(body.buffer), /I64/);
});

test("float32 is a view of the body, not a copy", () => {
  assert.equal(readSafetensors(whole).tensors.floats.data.buffer, whole);
});

test("a body without metadata has none, an empty tensor no numbers, and a scalar one", () => {
  const empty = { dtype: "F32", shape: [0, 4], data_offsets: [0, 0] };
  const scalar = { dtype: "F32", shape: [], data_offsets: [0, 4] };
  const { tensors, metadata } = readSafetensors(packBody({ empty, scalar }, [Float32Array.of(0.5)]));
  assert.deepEqual(
    [tensors.empty.data, tensors.scalar.data, metadata],
    [new Float32Array(0), Float32Array.of(0.5), {}],
  );
});

const ONE_FLOAT = { dtype: "F32", shape: [1], data_offsets: [0, 4] };

/** @type {Record<string, ArrayBuffer>} */
const BROKEN = {
  "a header that is no JSON": packBody("seven"),
  "a tensor with fewer bytes than its shape": packBody({ a: { ...ONE_FLOAT, shape: [2] } }, [new Float32Array(1)]),
  "a tensor with half a number": packBody({ a: { ...ONE_FLOAT, data_offsets: [0, 6] } }, [new Float32Array(2)]),
  "a tensor that ends before it begins": packBody({ a: { ...ONE_FLOAT, data_offsets: [4, 0] } }, [new Float32Array(2)]),
  "misaligned data": packBody(JSON.stringify({ a: ONE_FLOAT }).padEnd(65), [new Float32Array(1)], 1),
};

for (const [name, body] of Object.entries(BROKEN)) {
  test(`${name} is refused`, () => assert.throws(() => readSafetensors(body), RangeError));
}
