import assert from "node:assert/strict";
import { test } from "node:test";
import { halvesToFloats } from "../../../static/js/shell/half.js";

/** @type {[number, number][]} bits and the number that IEEE 754 says they are */
const HALVES = [
  [0x0000, 0],
  [0x8000, -0],
  [0x3c00, 1],
  [0xbc00, -1],
  [0x7bff, 65504],
  [0x0001, 2 ** -24],
  [0x03ff, 1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x3555, 0.333251953125],
  [0x7c00, Infinity],
  [0xfc00, -Infinity],
  [0x7e00, NaN],
];

for (const [bits, number] of HALVES) {
  test(`0x${bits.toString(16)} is ${number}`, () =>
    assert.ok(Object.is(halvesToFloats(Uint16Array.of(bits))[0], number)));
}
