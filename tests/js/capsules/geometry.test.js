import assert from "node:assert/strict";
import { test } from "node:test";
import { capsuleAddress, capsuleIndex, geometryOf, receptiveField } from "../../../static/js/capsules/geometry.js";
import { CNN_CARD, PAPER, PAPER_CARD, SMALL, SMALL_CARD } from "../cards.js";

test("what a card tells and what follows from it", () => {
  assert.deepEqual([PAPER.pixels, PAPER.perType, PAPER.primaries, PAPER.field], [784, 36, 1152, 17]);
  assert.deepEqual([SMALL.height, SMALL.width, SMALL.pixels], [24, 28, 672]);
  assert.deepEqual(
    [SMALL.rows, SMALL.columns, SMALL.perType, SMALL.types * SMALL.perType],
    [4, 6, 24, SMALL.primaries],
  );
  assert.deepEqual([SMALL.maps, SMALL.mapHeight, SMALL.mapWidth], [16, 16, 20]);
});

test("a network without capsules has its picture and its classes, and no capsules", () => {
  const { height, width, pixels, classes, kernel, ...others } = geometryOf(CNN_CARD);
  assert.deepEqual([height, width, pixels, classes, kernel], [28, 28, 784, 10, 5]);
  const { maps, types, rows, columns, perType, primaries, primaryDim, poseDim } = others;
  assert.deepEqual([maps, types, rows, columns, perType, primaries, primaryDim, poseDim], Array(8).fill(0));
});

test("one card has one geometry, which nobody changes", () => {
  assert.equal(geometryOf(SMALL_CARD), SMALL);
  assert.notEqual(geometryOf(PAPER_CARD), SMALL);
  assert.throws(() => Object.assign(PAPER, { classes: 11 }), TypeError);
});

for (const [name, geometry] of Object.entries({ PAPER, SMALL })) {
  test(`an index and an address name the same capsule of ${name}`, () => {
    for (let i = 0; i < geometry.primaries; i++) {
      const address = capsuleAddress(geometry, i);
      assert.equal(capsuleIndex(geometry, address), i);
      assert.ok(address.row < geometry.rows && address.column < geometry.columns && address.type < geometry.types);
    }
  });
}

test("capsules stand type by type, then row by row", () => {
  assert.deepEqual(capsuleAddress(PAPER, 36 * 4 + 6 * 2 + 3), { type: 4, row: 2, column: 3 });
  assert.deepEqual(capsuleAddress(SMALL, 24 * 4 + 6 * 2 + 3), { type: 4, row: 2, column: 3 });
});

/** The pixels that two convolutions of 9 x 9, the second with stride 2, let a position of the grid see. */
test("a receptive field is what two 9 x 9 kernels reach", () => {
  for (const [row, column] of [
    [0, 0],
    [3, 5],
    [2, 4],
  ]) {
    for (const geometry of [PAPER, SMALL]) {
      const { left, top, size } = receptiveField(geometry, capsuleIndex(geometry, { type: 0, row, column }));
      const [firstMap, lastMap] = [2 * row, 2 * row + 8]; // the places of Conv1 under the second kernel
      assert.deepEqual([top, top + size - 1], [firstMap, lastMap + 8]); // and the pixels under theirs
      assert.equal(left, 2 * column);
    }
  }
});

test("the last receptive field ends one pixel before the image does", () => {
  const [last, small] = [receptiveField(PAPER, PAPER.primaries - 1), receptiveField(SMALL, SMALL.primaries - 1)];
  assert.deepEqual([last.left + last.size, last.top + last.size], [27, 27]);
  assert.deepEqual([small.left + small.size, small.top + small.size], [27, 23]);
});
