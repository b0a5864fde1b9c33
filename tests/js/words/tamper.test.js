import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_INTERVENTIONS } from "../../../static/js/capsules/interventions.js";
import {
  editsText,
  favourText,
  markText,
  outcomeText,
  pairText,
  positionChangesText,
  silenceText,
  typeChangesText,
  withoutRoutingText,
} from "../../../static/js/words/tamper.js";
import { PAPER, PAPER_CARD, SMALL, SMALL_CARD } from "../cards.js";

const NETWORK = { geometry: PAPER, classNames: PAPER_CARD.class_names };
const MANY = {
  ...NO_INTERVENTIONS,
  capsules: [3, 700],
  types: [5],
  couplings: [{ capsule: 8, label: 2, coupling: 0.5 }],
  logits: [
    { label: 4, logit: 1, type: null },
    { label: 4, logit: 2, type: 3 },
  ],
  uniform: true,
};

test("edits are counted, and each class with a first logit is named once", () => {
  assert.equal(editsText(NETWORK, MANY), "38 capsules silenced, 1 coupling fixed, b set for 4, no routing");
  assert.equal(editsText(NETWORK, { ...NO_INTERVENTIONS, capsules: [1] }), "1 capsule silenced");
  const random = { ...NO_INTERVENTIONS, random: { seed: 3, spread: 1 } };
  assert.equal(editsText(NETWORK, random), "random couplings (seed 3, spread 1.0)");
});

test("edits name the network's own classes", () => {
  const network = { geometry: SMALL, classNames: SMALL_CARD.class_names };
  const logits = [
    { label: 2, logit: 1, type: null },
    { label: 0, logit: 1, type: null },
  ];
  const text = editsText(network, { ...NO_INTERVENTIONS, types: [4], logits });
  assert.equal(text, "24 capsules silenced, b set for boot and coat");
});

test("the mark says what the network reads without the edits, once it knows", () => {
  assert.equal(markText("no routing", null), "Edited routing: no routing.");
  assert.match(markText("no routing", { edited: "9", unedited: "3" }), /\. The unedited routing gives 3\.$/);
  assert.match(markText("no routing", { edited: "3", unedited: "3" }), /routing also gives 3\.$/);
});

test("the outcome tells the answer and the lengths before and after", () => {
  const [three, nine] = [
    { name: "3", edited: 0.41, unedited: 0.93 },
    { name: "9", edited: 0.8, unedited: 0.1 },
  ];
  assert.equal(
    outcomeText("no routing", three, nine),
    "Edited routing: no routing. The answer changes from 3 to 9. After the last iteration: 3 has length 0.41 (unedited 0.93), 9 has length 0.80 (unedited 0.10).",
  );
  assert.match(outcomeText("no routing", three, three), /The answer stays 3\. .* length 0\.41 \(unedited 0\.93\)\.$/);
  assert.equal(pairText(nine), "Class 9: unedited 0.10, edited 0.80");
});

test("maps of changes name the largest one, or that there is none", () => {
  const when = "at iteration 2 of 3";
  assert.match(
    typeChangesText(PAPER, { type: 2, name: "7", change: -0.0213 }, when),
    /type 3 with class 7, −0\.021\.$/,
  );
  assert.match(typeChangesText(PAPER, { type: 2, name: "7", change: 0.0004 }, when), /No coupling changes\.$/);
  const most = { row: 1, column: 2, change: 0.12 };
  assert.match(positionChangesText("7", -0.4, most, when), /−0\.40 in total\. .* row 2, column 3, \+0\.120\.$/);
  assert.match(positionChangesText("7", 0, { ...most, change: 0 }, when), /in total\.$/);
});

test("the presets speak with their numbers", () => {
  assert.match(withoutRoutingText({ name: "7", first: 0.36, last: 0.997, classes: 10 }), /1\/10.* 0\.36 .* > 0\.99/);
  assert.match(
    silenceText({ name: "7", few: 10, primaries: 1152, share: 0.314 }),
    /^Ten of the 1,152 primary capsules give 31 % .* for 7\. Are they needed\? /,
  );
  assert.match(favourText({ name: "9", logit: 3, coupling: 0.69, even: 0.1 }), /^9 is .* b = 3 .* 0\.69 .* 0\.10\.$/);
});
