/** Which classes the two layers are given. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoLongest } from "../../../../static/js/capsules/overlap.js";
import { chosenPair, misfit, readClasses } from "../../../../static/js/state/pair/classes.js";
import { fileStem, savedNote } from "../../../../static/js/state/trace/saving.js";
import { LINK, PAIR_TRACE, digitLayer, makePage, settled } from "./page.js";

/**
 * A trace in which the capsules of 2 and 5 are longest, and draw layer A and layer B.
 * @param {number} ofA @param {number} ofB
 */
function traceOf(ofA, ofB) {
  const { geometry, iterations } = PAIR_TRACE;
  const { pixels, classes } = geometry;
  const lengths = new Float32Array(iterations * classes).fill(0.1);
  lengths[(iterations - 1) * classes + 2] = 0.8;
  lengths[(iterations - 1) * classes + 5] = 0.9;
  const layers = new Float32Array(2 * pixels);
  const reconstructions = new Float32Array(classes * pixels);
  for (const [k, label] of [ofA, ofB].entries()) {
    layers[k * pixels + 10 * (k + 1)] = 1;
    reconstructions[label * pixels + 10 * (k + 1)] = 0.9;
  }
  return { ...PAIR_TRACE, lengths, layers, reconstructions };
}

test("the two longest capsules are given to the layers that they draw", () => {
  for (const classes of /** @type {const} */ ([
    [2, 5],
    [5, 2],
  ])) {
    const trace = traceOf(classes[0], classes[1]);
    assert.deepEqual(twoLongest(trace), [5, 2]);
    assert.deepEqual(readClasses(trace), [...classes]);
    assert.ok(misfit(trace, classes[0], 0) < 0.02);
    assert.ok(misfit(trace, classes[0], 1) > 1);
  }
});

test("chosen classes stand until another pair is looked at; a digit that is moved is the same pair", async () => {
  const { store, actions } = makePage({ fetchTrace: async () => traceOf(2, 5) });
  actions.lookAtPair([digitLayer(3), digitLayer(8)]);
  await settled();
  assert.deepEqual(chosenPair(store.get()), [2, 5]);
  actions.chooseClasses([0, 9]);
  actions.moveLayer(1, [1, 1]);
  await settled();
  assert.deepEqual(chosenPair(store.get()), [0, 9]);
  actions.setLayer(0, { kind: "digit", index: 4 });
  await settled();
  assert.deepEqual(chosenPair(store.get()), [2, 5]);
});

test("a link holds the chosen classes; one class twice is refused", () => {
  assert.deepEqual(LINK.read("#a=1&b=2&classes=0.9").patch.chosenClasses, [0, 9]);
  for (const damaged of ["3", "3.3", "a.b", ""]) {
    assert.deepEqual(LINK.read(`#a=1&b=2&classes=${damaged}`).lost, ["the two chosen classes"]);
  }
});

test("what is saved names both classes", async () => {
  const trace = traceOf(2, 5);
  const { store, actions } = makePage({ fetchTrace: async () => trace });
  actions.lookAtPair([digitLayer(3), digitLayer(8)]);
  await settled();
  const state = { ...store.get(), trace };
  assert.match(fileStem(state), /-reads-5-and-2-iteration-/);
  assert.match(savedNote(state), /it reads 5, ‖v‖ = 0\.90, and 2, ‖v‖ = 0\.80; /);
});
