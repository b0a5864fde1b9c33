import assert from "node:assert/strict";
import { test } from "node:test";
import {
  answerText,
  chosenText,
  coloursText,
  drawnText,
  layerText,
  rightText,
  SHOWN_TEXT,
} from "../../../static/js/words/answer.js";

const AS_TRAINED = { isAsTrained: true };

/**
 * A layer that is labelled and read as a class.
 * @param {string} layer
 * @param {string} name that it truly is; "" where that is not known
 * @param {string} read
 * @param {Partial<import("../../../static/js/words/answer.js").ReadLayer>} [more]
 */
const layer = (layer, name, read, more = {}) => ({
  layer,
  read,
  length: 0.9,
  isEmpty: false,
  truth: name ? { name, by: /** @type {const} */ ("label") } : null,
  ...more,
});

/** @param {string} name */
const drawn = (name) => ({ truth: { name, by: /** @type {const} */ ("network") } });

test("both, one or none of the two is right, whichever layer each is matched to", () => {
  assert.equal(rightText([layer("A", "3", "3"), layer("B", "8", "8")]), "Both are right.");
  assert.equal(rightText([layer("A", "3", "8"), layer("B", "8", "3")]), "Both are right.");
  assert.equal(rightText([layer("A", "3", "3"), layer("B", "8", "9")]), "One is right.");
  assert.equal(rightText([layer("A", "3", "5"), layer("B", "8", "9")]), "Neither is right.");
});

test("what is not known is not judged", () => {
  assert.equal(rightText([layer("A", "3", "3"), layer("B", "", "8")]), "");
  assert.equal(answerText([layer("A", "3", "3"), layer("B", "", "8")], AS_TRAINED), "A is a test digit, labelled 3.");
  assert.equal(answerText([layer("A", "", "3"), layer("B", "", "8")], AS_TRAINED), "");
});

test("it is said who says what the two are", () => {
  const texts = (/** @type {object} */ a, /** @type {object} */ b) =>
    answerText([layer("A", "3", "3", a), layer("B", "8", "8", b)], AS_TRAINED);
  assert.equal(texts({}, {}), "The test digits are labelled 3 (A) and 8 (B).");
  assert.equal(texts(drawn("3"), drawn("8")), "Of each drawing alone, the one-digit network reads 3 (A) and 8 (B).");
  assert.equal(
    texts({}, drawn("8")),
    "A is a test digit, labelled 3. B is a drawing: alone, the one-digit network reads it as an 8.",
  );
});

test("one empty layer: the other is judged alone, and the second answer means nothing", () => {
  const empty = layer("B", "", "1", { isEmpty: true, length: 0.2 });
  const right = /** @type {const} */ ([layer("A", "3", "3"), empty]);
  assert.equal(rightText(right), "Right.");
  const told = answerText(right, AS_TRAINED);
  assert.match(told, /^A is a test digit, labelled 3\. Layer B is empty\. .* trained on two digits only/);
  assert.match(told, /Its second answer, 1, means nothing\.$/);
  assert.equal(rightText([layer("A", "1", "3"), empty]), "Wrong."); // what is read in the empty layer does not count
});

test("two digits of one class are told apart from other mistakes", () => {
  const pair = /** @type {const} */ ([layer("A", "3", "3"), layer("B", "3", "5")]);
  assert.equal(rightText(pair), "One is right.");
  assert.match(
    answerText(pair, AS_TRAINED),
    /^Both test digits are labelled 3\. In training, .* never .* same class\./,
  );
  assert.equal(rightText([layer("A", "3", "9"), layer("B", "3", "5")]), "Neither is right.");
  const drawings = /** @type {const} */ ([layer("A", "3", "3", drawn("3")), layer("B", "3", "5", drawn("3"))]);
  assert.match(answerText(drawings, AS_TRAINED), /^Of each drawing alone, the one-digit network reads 3\. In training/);
  assert.doesNotMatch(answerText([layer("A", "3", "3"), layer("B", "8", "8")], AS_TRAINED), /training/);
});

test("a short capsule is doubted where the network routes as in training", () => {
  const pair = /** @type {const} */ ([layer("A", "3", "3"), layer("B", "8", "8", { length: 0.31 })]);
  assert.match(answerText(pair, AS_TRAINED), /It doubts the 8: that capsule is only 0\.31 long\. Below 0\.5 /);
  assert.doesNotMatch(answerText(pair, { isAsTrained: false }), /doubts/);
});

test("what the pictures say of themselves", () => {
  assert.equal(drawnText("3", 8.06), "drawn from 3, Σ² 8.1");
  assert.equal(layerText(true), "empty");
  assert.notEqual(layerText(false), "empty");
  assert.match(chosenText(["3", "8"]), /You chose .* reads 3 and 8\.$/);
  assert.deepEqual(coloursText("reconstructions", ["3", "8"]).slice(0, 2), ["3, drawn alone", "8, drawn alone"]);
  assert.deepEqual(coloursText("layers", ["3", "8"]), ["digit A", "digit B", "both"]);
  assert.equal(new Set(Object.values(SHOWN_TEXT)).size, 3);
});
