/** A digit from several viewpoints, in words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { REST } from "../../../static/js/capsules/viewpoint.js";
import {
  answerOf,
  bothReadText,
  featuresText,
  learntText,
  poseText,
  probabilityText,
  viewText,
} from "../../../static/js/words/viewpoint.js";

test("a viewpoint is told by what is done to the upright picture, in that order", () => {
  assert.equal(viewText(REST), "upright");
  assert.equal(
    viewText({ ...REST, rotation: -20, right: 2.5, down: -1, thickness: 0.5 }),
    "0.5 px thicker, turned 20° clockwise, 2.5 px to the right, 1 px up",
  );
  assert.equal(
    viewText({ ...REST, scale: 1.2, stretch: 0.75, shear: -0.3, rotation: 15, pieces: "strips" }),
    "1.2 times as large, stretched 0.75 : 1, leaning 0.3 to the left, turned 15° anticlockwise, strips shuffled",
  );
  assert.equal(answerOf({ ...REST, rotation: 15 }), "Turned 15° anticlockwise");
});

test("a reader is told to compare like with like, where there is a network to do it with", () => {
  assert.equal(
    learntText({ capsule: "mnist-drawn", alike: "mnist" }),
    "This CNN did not learn from the same digits as mnist-drawn. The network mnist learnt from the CNN’s: to compare like with like, choose it at the top.",
  );
  assert.equal(learntText({ capsule: "other", alike: null }), "This CNN did not learn from the same digits as other.");
});

test("rounding makes no certainty of a probability", () => {
  assert.deepEqual([1, 0.99999, 0.9994, 0.5, 0.0001, 0].map(probabilityText), [
    "> 99.9 %",
    "> 99.9 %",
    "99.9 %",
    "50.0 %",
    "< 0.1 %",
    "< 0.1 %",
  ]);
});

test("both networks are told to agree only where they do", () => {
  assert.equal(bothReadText({ capsule: "4", cnn: "4" }), "Both networks read 4.");
  assert.equal(bothReadText({ capsule: "4", cnn: "9" }), "The capsules read 4, the CNN 9.");
  assert.equal(bothReadText({ capsule: null, cnn: "9" }), "It is read as 9.");
  assert.equal(bothReadText({ capsule: null, cnn: null }), "");
});

test("how far numbers moved is told of a capsule and of a CNN alike, and of neither at rest", () => {
  const capsule = poseText({ length: 0.91, uprightLength: 0.96, moved: 0.214, angle: 12.3 });
  assert.match(capsule, /moved by 21 % .* by 12°.* from 0\.96 to 0\.91/);
  assert.match(featuresText({ moved: 0.4, count: 128 }), /These 128 moved by 40 % .*a CNN moves, too/);
  assert.doesNotMatch(poseText({ length: 0.9, uprightLength: 0.9, moved: 0, angle: 0 }), /%/);
  assert.doesNotMatch(featuresText({ moved: 0, count: 128 }), /%/);
});
