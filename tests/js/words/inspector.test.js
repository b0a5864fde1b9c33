import assert from "node:assert/strict";
import { test } from "node:test";
import {
  capsuleText,
  classText,
  evenText,
  iterationText,
  lengthsText,
  passageText,
  questions,
  routedText,
  supportText,
  supporterText,
  supportersCaption,
  typeText,
} from "../../../static/js/words/inspector.js";
import { PAPER, SMALL } from "../cards.js";

const ITERATION = {
  iteration: 3,
  edits: /** @type {const} */ ("none"),
  largest: 0.412,
  name: "7",
  length: 0.96,
  classes: 10,
  decided: 0.034,
  share: 0.9,
  opposed: 0.36,
  count: 100,
  routed: "",
};

test("a capsule tells its place, its largest coupling and its support; a silenced one has none", () => {
  const shown = {
    address: { type: 2, row: 1, column: 4 },
    length: 0.93,
    favour: "F.",
    support: "S.",
    isSilenced: false,
  };
  assert.equal(capsuleText(shown), "Type 3, row 2, column 5, length 0.93. F. S.");
  assert.match(capsuleText({ ...shown, isSilenced: true }), /You silenced it: u = 0, .* F\.$/);
  assert.ok(!capsuleText({ ...shown, isSilenced: true }).includes("S."));
});

test("support is a share of the whole, however small, or opposition", () => {
  assert.equal(supportText("7", 0.0123), "It makes up 1.2 % of the positive support for 7.");
  assert.equal(supportText("7", 0.0002), "It makes up less than 0.1 % of the positive support for 7.");
  assert.equal(supportText("7", -1), "It opposes 7.");
});

test("a type names its favourite class, or none, and the iteration", () => {
  const shown = {
    geometry: PAPER,
    longest: { row: 0, column: 5, length: 0.5 },
    coupling: 0.1034,
    when: "at iteration 2 of 3",
  };
  assert.match(
    typeText({ ...shown, favourite: "7" }),
    /At iteration 2 of 3, .* all 36 positions is largest with class 7: c = 0\.103\.$/,
  );
  assert.match(typeText({ ...shown, geometry: SMALL, favourite: null }), /is the same with all seven classes/);
});

test("supporters are told with their capsules as they are counted on the page", () => {
  assert.equal(supporterText(403, 0.2234), "capsule 404: 22.3 %");
  assert.match(supportersCaption("7"), /support 7 most/);
});

test("a class says what its length means, and where its supporters look unless it is faint", () => {
  const lengths = lengthsText([{ iteration: 2, length: 0.84 }], 3);
  const shown = { name: "7", lengths, isFaint: false, count: 10, field: 17 };
  const text = classText(shown);
  assert.match(text, /^Its length is 0\.84 at iteration 2 of 3: all votes for 7, added up and squashed\./);
  assert.match(text, /It is no calibrated probability: .* Orange: .* its 17 × 17 pixels\.$/);
  assert.match(text, /the weighted votes do not cancel: a few strong ones or many weak ones\./);
  const faint = { ...shown, isFaint: true };
  assert.match(classText(faint), /It is almost zero; these ten add most to what is left\.$/);
  assert.match(classText({ ...faint, count: 1 }), /It is almost zero; this one adds most to what is left\.$/);
  assert.match(classText({ ...faint, count: 0 }), /It is almost zero\.$/);
});

test("between two iterations both lengths are told", () => {
  const both = /** @type {[any, any]} */ ([
    { iteration: 1, length: 0.36 },
    { iteration: 2, length: 0.69 },
  ]);
  assert.equal(lengthsText(both, 3), "goes from 0.36 to 0.69 between iterations 1 and 2 of 3");
  assert.match(passageText("7", both), /The capsule of 7 is 0\.36 long at iteration 1 and 0\.69 at iteration 2\.$/);
});

test("an iteration tells its couplings, its support and what is edited", () => {
  assert.match(evenText("7", 0.36, 10), /c = 1\/10 exactly\. The capsule of 7 is already 0\.36 long\.$/);
  const plain = iterationText(ITERATION);
  assert.match(
    plain,
    /^3\.4 % of the primary capsules now give 7 clearly more than 1\/10\. The largest coupling is 0\.41\./,
  );
  assert.match(plain, / 0\.96 long\. Of all that lengthens it, 100 capsules give 90 %\. .* take back 36 %\.$/);
  assert.match(
    iterationText({ ...ITERATION, decided: 0 }),
    /^No primary capsule gives 7 clearly more than 1\/10\. The/,
  );
  assert.match(iterationText({ ...ITERATION, decided: 0.0005 }), /^Less than 0\.1 % /);
  assert.match(iterationText({ ...ITERATION, edits: "off" }), /^You switched routing off/);
  assert.match(iterationText({ ...ITERATION, edits: "couplings", iteration: 1 }), /^Routing begins with your edits\./);
  assert.match(iterationText({ ...ITERATION, edits: "couplings" }), /^Your edits still count\./);
  assert.match(iterationText({ ...ITERATION, routed: "R." }), /36 %\. R\.$/);
});

test("whether routing changed the answer is said", () => {
  const shown = { name: "7", before: 0.36, first: "7", last: "7" };
  assert.match(routedText(shown), /0\.36 long, and the answer was already 7\.$/);
  assert.match(routedText({ ...shown, first: "3" }), /the answer was still 3\.$/);
  assert.match(routedText({ ...shown, isPair: true }), /the longest capsule was already 7\.$/);
});

test("the questions count the network's own classes", () => {
  const told = questions(7, "boot", { hasDials: true });
  assert.match(told[0], /seven votes/);
  assert.match(told[1], /its dials/);
  assert.match(told[3], /the ten that support boot most/);
  assert.match(questions(7, "boot", { hasDials: false })[1], /Click to select it\./);
});
