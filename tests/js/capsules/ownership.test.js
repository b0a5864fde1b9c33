import assert from "node:assert/strict";
import { test } from "node:test";
import { capsuleIndex } from "../../../static/js/capsules/geometry.js";
import { overFields, ownership, throughFields } from "../../../static/js/capsules/ownership.js";
import { PAPER, SMALL } from "../cards.js";

test("a picture is owned where capsules give, as strongly as the class is long", () => {
  const contributions = new Float32Array(PAPER.primaries);
  contributions[capsuleIndex(PAPER, { type: 9, row: 0, column: 0 })] = 2;
  contributions[capsuleIndex(PAPER, { type: 9, row: 5, column: 5 })] = -2;
  const owned = ownership(PAPER, contributions, 0.5);
  assert.equal(owned.indexOf(Math.max(...owned)), 8 * 28 + 8, "the middle of the first field");
  assert.equal(Math.max(...owned), 0.5);
  assert.equal(owned[27 * 28 + 27], 0);
  assert.equal(contributions.indexOf(-2) >= 0, true, "what was given is left as it is");
});

test("on a picture that is no square the field lies where the capsule looks", () => {
  const contributions = new Float32Array(SMALL.primaries);
  contributions[capsuleIndex(SMALL, { type: 0, row: 3, column: 5 })] = 1;
  const owned = ownership(SMALL, contributions, 0.25);
  assert.equal(owned.length, 24 * 28);
  assert.equal(owned.indexOf(Math.max(...owned)), (2 * 3 + 8) * 28 + 2 * 5 + 8);
});

/** A number for each capsule that looks drawn at random, and is the same each time. @param {number} count */
const numbers = (count) => Float32Array.from({ length: count }, (_, k) => Math.sin(12.9898 * k) * 2);

test("what capsules give is added over their fields as it is, and what they take back is not", () => {
  const given = numbers(SMALL.primaries);
  const { height, width, columns, perType } = SMALL;
  const expected = new Float64Array(height * width);
  given.forEach((amount, i) => {
    const [top, left] = [2 * Math.floor((i % perType) / columns), 2 * ((i % perType) % columns)];
    for (let y = 0; y < 17; y++) {
      for (let x = 0; x < 17; x++) {
        const squares = ((y - 8) ** 2 + (x - 8) ** 2) / 16;
        expected[(top + y) * width + left + x] += Math.max(0, amount) * Math.exp(-squares / 2);
      }
    }
  });
  const spread = overFields(SMALL, given);
  assert.ok(Math.max(...expected) > 5);
  for (const [k, value] of expected.entries()) assert.ok(Math.abs(spread[k] - value) < 1e-3, `${k}`);
  const twice = overFields(
    SMALL,
    given.map((amount) => 2 * amount),
  );
  assert.ok(Math.abs(twice[300] - 2 * spread[300]) < 1e-3, "it has no scale of its own");
});

test("a picture seen through the fields is what they would give that see its ink", () => {
  const picture = new Float32Array(SMALL.pixels);
  picture[12 * SMALL.width + 13] = 0.5;
  const given = new Float32Array(SMALL.primaries);
  for (let i = 0; i < SMALL.perType; i++) {
    const [y, x] = [12 - 2 * Math.floor(i / SMALL.columns), 13 - 2 * (i % SMALL.columns)];
    const isSeen = y >= 0 && y < 17 && x >= 0 && x < 17;
    given[i] = isSeen ? 0.5 * Math.exp(-((y - 8) ** 2 + (x - 8) ** 2) / 32) : 0;
  }
  const [through, expected] = [throughFields(SMALL, picture), overFields(SMALL, given)];
  assert.ok(Math.max(...expected) > 0.5);
  for (const [k, value] of expected.entries()) assert.ok(Math.abs(through[k] - value) < 1e-5, `${k}`);
});
