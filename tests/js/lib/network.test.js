import assert from "node:assert/strict";
import { test } from "node:test";
import { EVEN, couplingReach, couplingScale } from "../../../static/js/lib/coupling.js";
import { fixed, signed } from "../../../static/js/lib/format.js";
import { clamp, ease, lengthOf } from "../../../static/js/lib/math.js";
import { PRIMARY, capsuleAddress, capsuleIndex, receptiveField } from "../../../static/js/lib/network.js";
import { ownership } from "../../../static/js/lib/ownership.js";

test("an index and an address name the same capsule", () => {
  for (let i = 0; i < PRIMARY; i++) assert.equal(capsuleIndex(capsuleAddress(i)), i);
  assert.deepEqual(capsuleAddress(36 * 4 + 6 * 2 + 3), { type: 4, row: 2, column: 3 });
});

/** The pixels that two convolutions of 9 x 9, the second with stride 2, let a position of the 6 x 6 grid see. */
test("a receptive field is what two 9 x 9 kernels reach", () => {
  for (const [row, column] of [[0, 0], [5, 5], [2, 4]]) {
    const { left, top, size } = receptiveField(capsuleIndex({ type: 0, row, column }));
    const [firstMap, lastMap] = [2 * row, 2 * row + 8]; // the places of Conv1 under the second kernel
    assert.deepEqual([top, top + size - 1], [firstMap, lastMap + 8]); // and the pixels under theirs
    assert.equal(left, 2 * column);
  }
});

test("the last receptive field ends one pixel before the image does", () => {
  const { left, size } = receptiveField(PRIMARY - 1);
  assert.equal(left + size, 27);
});

test("a coupling of 1/10 shows nothing, the largest shows most, and a tenth of a tenth as much below", () => {
  const scale = couplingScale(1);
  assert.ok(Math.abs(scale(EVEN)) < 1e-9);
  assert.deepEqual([scale(1), Math.round(scale(0.01) * 1e9) / 1e9, scale(0)], [1, -1, -1]);
  assert.equal(couplingReach(Float32Array.of(0.1, 0.1)), 0.11);
});

test("a picture is owned where capsules give, as strongly as the class is long", () => {
  const contributions = new Float32Array(PRIMARY);
  contributions[capsuleIndex({ type: 9, row: 0, column: 0 })] = 2;
  contributions[capsuleIndex({ type: 9, row: 5, column: 5 })] = -2;
  const owned = ownership(contributions, 0.5);
  assert.equal(owned.indexOf(Math.max(...owned)), 8 * 28 + 8, "the middle of the first field");
  assert.equal(Math.max(...owned), 0.5);
  assert.equal(owned[27 * 28 + 27], 0);
});

test("numbers carry true minus signs, and never a minus zero", () => {
  assert.deepEqual([fixed(-0.126), fixed(-0.001), signed(0.2), signed(-0.2), signed(0)], ["−0.13", "0.00", "+0.20", "−0.20", "0.00"]);
});

test("small sums", () => {
  assert.deepEqual([clamp(2, 0, 1), ease(0), ease(0.5), ease(1)], [1, 0, 0.5, 1]);
  assert.equal(lengthOf([9, 3, 4, 9], 1, 2), 5);
});
