import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readSafetensors } from "../../../static/js/lib/safetensors.js";

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
