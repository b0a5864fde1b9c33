import assert from "node:assert/strict";
import { test } from "node:test";
import {
  allDigits,
  capsuleText,
  equalText,
  imaginedText,
  keptText,
  movedText,
} from "../../../static/js/words/pooling.js";

test("nine digits tell any two neighbouring numbers of 32 bits apart", () => {
  const bits = new Int32Array(1);
  const number = new Float32Array(bits.buffer);
  for (const start of [0x3f7fffff, 0x3f000001, 0x358637bd, 0x38d1b717, 1]) {
    bits[0] = start;
    const text = allDigits(number[0]);
    bits[0] = start - 1;
    assert.notEqual(allDigits(number[0]), text);
  }
  assert.deepEqual([allDigits(1), allDigits(0.25), allDigits(0)], ["1.00000000", "0.250000000", "0.00000000"]);
  assert.match(allDigits(5e-7), /^5\.00000000 × 10⁻⁷$/);
});

test("probabilities are called equal only where each of them is", () => {
  assert.match(equalText([0.25, 0.75], [0.25, 0.75]), /^All 2 probabilities are equal, to their last digit/);
  assert.equal(equalText([0.25, 0.75], [0.25, 0.5]), "1 of 2 probabilities changed, at most by 0.250000000.");
});

test("what moved in a map", () => {
  assert.equal(
    movedText(3, { moved: 70, windows: 93 }),
    "Map 3: in 70 of the 93 windows whose numbers differ, the largest now stands elsewhere.",
  );
  assert.match(movedText(3, { moved: 0, windows: 0 }), /nothing to move/);
});

test("shares that pictures explain are rounded to neither all nor nothing", () => {
  assert.equal(
    imaginedText({ residual: 0.385, ofDigit: 1.2, own: 0 }),
    "The picture that was found explains 61.5 % of the scattered maps, measured in squares. The picture that the CNN saw explains nothing of them, and all of its own maps.",
  );
  assert.match(
    imaginedText({ residual: 0.0001, ofDigit: 0.9999, own: 0.5 }),
    /more than 99\.9 % .* less than 0\.1 % of them, and 50\.0 % of its own/,
  );
});

test("what the capsule network makes of it, whether it reads the same or not", () => {
  const seen = { lengths: /** @type {[number, number]} */ ([0.963, 0.702]), moved: 0.061, angle: 3.28 };
  assert.equal(
    capsuleText({ ...seen, read: ["8", "8"] }),
    "It still reads an 8. The length of the 8 went from 0.96 to 0.70. Its pose turned by 3.3° and moved by 6.1 % of its length.",
  );
  assert.match(
    capsuleText({ ...seen, angle: 41, read: ["4", "9"] }),
    /^It read a 4 and reads a 9 now.* turned by 41.0°/,
  );
  assert.equal(capsuleText({ ...seen, moved: 0, read: ["4", "4"] }), "It still reads a 4, and nothing changed.");
});

test("the two kinds of CNN keep different things", () => {
  assert.notEqual(keptText(true), keptText(false));
});
