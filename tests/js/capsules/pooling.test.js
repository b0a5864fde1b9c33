/** Windows of max pooling, against loops that a reader can check. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  NOWHERE,
  largestPlaces,
  mapOf,
  movedWindows,
  strongestMaps,
  unexplained,
} from "../../../static/js/capsules/pooling.js";

/** Numbers that look random and are the same each time. @param {number} count */
const numbers = (count) => Float32Array.from({ length: count }, (_, k) => Math.abs(Math.sin(37 * k + 1)));

test("the largest number of each window is found, also in maps of odd sides", () => {
  for (const [height, width] of [
    [6, 8],
    [7, 9],
  ]) {
    const map = numbers(height * width);
    const places = largestPlaces(map, { height, width });
    let window = 0;
    for (let row = 0; row + 1 < height; row += 2) {
      for (let column = 0; column + 1 < width; column += 2, window++) {
        /** @type {[number, number][]} */
        const all = [];
        for (const down of [0, 1]) {
          for (const right of [0, 1]) {
            const place = (row + down) * width + column + right;
            all.push([map[place], place]);
          }
        }
        all.sort((a, b) => b[0] - a[0]);
        assert.equal(places[window], all[0][1]);
      }
    }
    assert.equal(places.length, window);
  }
});

test("equal numbers have no largest one; of two largest the first counts, as in the network", () => {
  const map = Float32Array.of(0, 0, 3, 3, 5, 1, 0, 0, 3, 3, 1, 5);
  assert.deepEqual([...largestPlaces(map, { height: 2, width: 6 })], [NOWHERE, NOWHERE, 4]);
});

test("windows whose largest number moved are counted among those that have one", () => {
  const before = Int32Array.of(0, NOWHERE, 4, 9);
  assert.deepEqual(movedWindows(before, Int32Array.of(1, NOWHERE, 4, 8)), { moved: 2, windows: 3 });
  assert.deepEqual(movedWindows(before, before), { moved: 0, windows: 3 });
});

test("the strongest maps come first, and no more than there are", () => {
  const maps = { count: 3, height: 1, width: 2, values: Float32Array.of(1, 1, 0, 3, 2, 0) };
  assert.deepEqual(strongestMaps(maps, 2), [1, 2]);
  assert.deepEqual(strongestMaps(maps, 6), [1, 2, 0]);
  assert.deepEqual([...mapOf(maps, 1)], [0, 3]);
});

test("the share that is not explained: nothing of itself, all by nothing, more by what is opposite", () => {
  const values = numbers(12);
  assert.equal(unexplained(values, values), 0);
  assert.equal(unexplained(values, new Float32Array(12)), 1);
  assert.ok(
    Math.abs(
      unexplained(
        values,
        values.map((value) => -value),
      ) - 4,
    ) < 1e-6,
  );
  assert.equal(unexplained(new Float32Array(3), new Float32Array(3)), 0);
});
