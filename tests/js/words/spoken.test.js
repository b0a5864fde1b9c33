import assert from "node:assert/strict";
import { test } from "node:test";
import { PAPER, PAPER_CARD, SMALL, SMALL_CARD } from "../cards.js";
import { areAlike, favourText, numbersText, voteLines } from "../../../static/js/words/spoken.js";

const NETWORK = { geometry: PAPER, classNames: PAPER_CARD.class_names };
const AT = "at iteration 2 of 3";

test("numbers are said as they are written, with true minus signs", () => {
  assert.equal(numbersText(Float32Array.of(0.5, -0.126, 0, -0.001)), "0.50, −0.13, 0.00, 0.00");
});

test("each vote says its class, its length and its sixteen numbers", () => {
  const votes = new Float32Array(10 * 16);
  votes.set([3, 0, -4], 16 * 7);
  const lines = voteLines(NETWORK, votes);
  assert.equal(lines.length, 10);
  assert.equal(lines[0], `Vote for 0, 0.00 long: ${Array(16).fill("0.00").join(", ")}`);
  assert.equal(lines[7], `Vote for 7, 5.00 long: 3.00, 0.00, −4.00, ${Array(13).fill("0.00").join(", ")}`);
});

test("couplings are alike where they are written alike, whatever they are", () => {
  assert.ok(areAlike(Float32Array.of(0.0141, 0.0143, 0.014)));
  assert.ok(!areAlike(Float32Array.of(0.1, 0.05, 0.1)));
});

test("a primary capsule has one largest coupling, and none while all ten are equal", () => {
  const even = new Float32Array(10).fill(0.0999755859375);
  assert.equal(favourText(NETWORK, even, AT), "At iteration 2 of 3, all ten of its couplings are equal: c = 0.100.");
  assert.match(favourText(NETWORK, even.with(3, 0.1004), AT), /all ten of its couplings are equal: c = 0\.100\.$/);
  assert.equal(
    favourText(NETWORK, even.with(3, 0.1006), AT),
    "At iteration 2 of 3, it is hardly decided: its largest coupling is c = 0.101, with class 3.",
  );
  assert.equal(
    favourText(NETWORK, even.with(3, 0.13), AT),
    "At iteration 2 of 3, its largest coupling is c = 0.130, with class 3.",
  );
});

test("classes are called by their names, and as many as there are", () => {
  const small = { geometry: SMALL, classNames: SMALL_CARD.class_names };
  const even = new Float32Array(7).fill(1 / 7);
  assert.equal(favourText(small, even, AT), "At iteration 2 of 3, all seven of its couplings are equal: c = 0.143.");
  assert.equal(
    favourText(small, even.with(0, 0.16), AT),
    "At iteration 2 of 3, it is hardly decided: its largest coupling is c = 0.160, with class boot.",
  );
  assert.equal(
    favourText(small, even.with(1, 0.2), AT),
    "At iteration 2 of 3, its largest coupling is c = 0.200, with class bag.",
  );
  assert.match(voteLines(small, new Float32Array(7 * 8))[6], /^Vote for hat, 0\.00 long: (0\.00, ){7}0\.00$/);
});
