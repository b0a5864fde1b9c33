/** A digit that is not in the picture: which class is taken for it, what is decoded, and what is told of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodedNow, toldOf, withAbsent } from "../../../../static/js/state/pair/absent.js";
import { MASKS } from "../../../../static/js/state/trace/masks.js";
import { INITIAL, LINK, PAIR_MODEL, PAIR_TRACE, digitLayer, makePage } from "./page.js";
/** @import { Source } from "../../../../static/js/api/drawing.js" */
/** @import { State } from "../../../../static/js/state/pair/subject.js" */
/** @import { Trace } from "../../../../static/js/capsules/types.js" */
/** @import { Truth } from "../../../../static/js/state/pair/truths.js" */

const { iterations, geometry } = PAIR_TRACE;
const { pixels, classes } = geometry;

/**
 * A trace whose capsules are so long after the last iteration. What the capsule of a class draws is bright by its
 * number: 2 fits layer A, and 5 fits layer B.
 * @param {readonly number[]} last (C)
 * @returns {Trace}
 */
function traceOf(last) {
  const lengths = new Float32Array(iterations * last.length).fill(0.99);
  lengths.set(last, (iterations - 1) * last.length);
  const layers = new Float32Array(2 * pixels).fill(0.2, 0, pixels).fill(0.5, pixels);
  const reconstructions = Float32Array.from({ length: last.length * pixels }, (_, k) => Math.floor(k / pixels) / 10);
  return { ...PAIR_TRACE, geometry: { ...geometry, classes: last.length }, lengths, layers, reconstructions };
}

/** 2 and 5 are long, of the others 7. @param {Record<number, number>} [others] */
const tenLong = (others = {}) =>
  Array.from({ length: classes }, (_, label) => others[label] ?? { 2: 0.8, 5: 0.9, 7: 0.3 }[label] ?? 0.1);

/** @param {Partial<State>} patch @returns {State} */
const stateOf = (patch) => ({ ...INITIAL, models: [PAIR_MODEL], model: PAIR_MODEL.name, trace: TRACE, ...patch });

const TRACE = traceOf(tenLong());
const [ONE, TWO] = [digitLayer(3), digitLayer(8)];

/** @param {Source} source @param {number} label @returns {Truth} */
const labelled = (source, label) => ({ source, label, by: "label" });

test("in place of what is read for B stands the longest of those that are not read, after the last iteration", () => {
  assert.deepEqual(withAbsent(TRACE), [2, 7]);
  assert.deepEqual(withAbsent(TRACE, [7, 2])?.[0], 2, "one that is there, though it is not read, is passed over");
  assert.notEqual(withAbsent(TRACE, [7, 2])?.[1], 7);
  assert.deepEqual(withAbsent(traceOf(tenLong({ 7: 0.1 }))), [2, 0], "of several that are as long the first");
  assert.deepEqual(withAbsent(traceOf([0.1, 0.1, 0.8, 0.2, 0.1, 0.9])), [2, 3], "in a network of six classes");
});

test("a network of two classes reads both: none is left", () => {
  assert.equal(withAbsent(traceOf([0.8, 0.9])), null);
});

test("what is decoded are the chosen classes, as they were found", () => {
  const found = decodedNow(stateOf({}));
  assert.deepEqual([found?.classes, found?.full], [[2, 5], null]);
  const chosen = decodedNow(stateOf({ chosenClasses: [7, 4] }));
  assert.deepEqual(chosen?.classes, [7, 4]);
  assert.deepEqual(
    chosen?.drawn.map((picture) => [picture.length, picture[0].toFixed(1), picture[pixels - 1].toFixed(1)]),
    [
      [pixels, "0.7", "0.7"],
      [pixels, "0.4", "0.4"],
    ],
  );
  assert.equal(decodedNow(stateOf({ trace: null })), null);
});

test("at full length they are those that the server stretched, once they came", () => {
  const state = stateOf({ absentLength: "full" });
  assert.equal(decodedNow(state), null);
  const stretched = Float32Array.from({ length: classes * pixels }, (_, k) => Math.floor(k / pixels) / 20);
  const parts = { of: TRACE, drawing: null, found: { [`${MASKS.name} `]: { stretched } } };
  const found = decodedNow({ ...state, parts });
  assert.equal(found?.full?.toFixed(2), "0.90", "the longest after the last iteration");
  assert.deepEqual(
    found?.drawn.map((picture) => picture[0].toFixed(2)),
    ["0.10", "0.25"],
  );
  assert.equal(decodedNow({ ...state, parts: { ...parts, of: PAIR_TRACE } }), null, "not those of another picture");
});

test("what is told of a class: whether it is there and read, its length, its strongest pixel, its errors", () => {
  const source = /** @type {const} */ ({ kind: "pair", layers: /** @type {const} */ ([ONE, TWO]) });
  const state = stateOf({ source, truths: [labelled(ONE.source, 2), labelled(TWO.source, 5)] });
  const picture = new Float32Array(pixels).fill(0.4);
  picture[3] = 0.7;
  const told = toldOf(state, TRACE, 7, picture);
  assert.deepEqual([told.name, told.isThere, told.isRead], ["7", false, false]);
  assert.deepEqual([told.length.toFixed(1), told.strongest.toFixed(1)], ["0.3", "0.7"]);
  const expected = [(pixels - 1) * 0.04 + 0.25, (pixels - 1) * 0.01 + 0.04].map((error) => error.toFixed(2));
  const [errors, errorsOfLayers] = [told.errors, told.errorsOfLayers].map((all) => all.map((each) => each.toFixed(2)));
  assert.deepEqual([errors, errorsOfLayers], [expected, expected]);
  const two = toldOf(state, TRACE, 2, picture);
  assert.deepEqual([two.isThere, two.isRead], [true, true]);
  assert.equal(toldOf({ ...state, truths: [state.truths[0], null] }, TRACE, 7, picture).isThere, null, "B may be a 7");
});

test("an empty layer is no digit: nothing is missed there", () => {
  const nothing = { source: /** @type {const} */ ({ kind: "empty" }), offset: ONE.offset };
  const source = /** @type {const} */ ({ kind: "pair", layers: /** @type {const} */ ([ONE, nothing]) });
  const state = stateOf({ source, truths: [labelled(ONE.source, 2), null] });
  const told = toldOf(state, TRACE, 7, new Float32Array(pixels));
  assert.deepEqual([told.isThere, told.errors.length, told.errorsOfLayers.length], [false, 1, 2]);
});

test("the link tells of full length, and a link with it brings it back", () => {
  const { store, actions } = makePage();
  assert.doesNotMatch(LINK.write(store.get()), /absent/, "what the page does by itself is not told");
  actions.decodeAtLength("full");
  const written = LINK.write(store.get());
  assert.match(written, /absent=full/);
  assert.equal(LINK.read(`#${written}`).patch.absentLength, "full");
  assert.equal(LINK.read("#a=1&b=2&absent=longer").lost.length, 1);
});
