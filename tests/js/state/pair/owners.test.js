/** Whose the ink of a pair is, and when it cannot be told. */
/** @import { Trace } from "../../../../static/js/capsules/types.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import { contributions } from "../../../../static/js/capsules/contributions.js";
import { overFields } from "../../../../static/js/capsules/ownership.js";
import { OfflineError } from "../../../../static/js/shell/errors.js";
import { chosenPair } from "../../../../static/js/state/pair/classes.js";
import { ownersOf, whyUntold } from "../../../../static/js/state/pair/owners.js";
import { PAIR_TRACE, digitLayer, makePage, settled } from "./page.js";

const { pixels, width, classes } = PAIR_TRACE.geometry;
const [AT_A, AT_B, AT_BOTH] = [pixels / 2 + 8, pixels / 2 + 20, pixels / 2 + 6 * width + 14];

/**
 * A pair of a 7 and a 0, one pixel of each alone, and one of both; their capsules are longest, and draw them.
 * @param {Partial<Trace>} [change]
 * @returns {Trace}
 */
function pairTrace(change) {
  const layers = new Float32Array(2 * pixels);
  layers[AT_A] = layers[pixels + AT_B] = layers[AT_BOTH] = layers[pixels + AT_BOTH] = 1;
  const reconstructions = new Float32Array(classes * pixels);
  reconstructions[7 * pixels + AT_A] = 0.9;
  reconstructions[AT_B] = 0.8;
  reconstructions[7 * pixels + AT_B] = 0.7;
  const lengths = PAIR_TRACE.lengths.map((_, k) => (k % classes === 7 || k % classes === 0 ? 0.9 : 0.1));
  return { ...PAIR_TRACE, layers, reconstructions, lengths, ...change };
}

/** @param {Trace} trace @param {Parameters<typeof makePage>[0]} [services] */
async function pageOf(trace, services) {
  const page = makePage({
    fetchTrace: async () => trace,
    fetchDigit: async (index) => ({ index, label: index ? 0 : 7, pixels: [] }),
    ...services,
  });
  page.actions.lookAtPair([digitLayer(0), digitLayer(1)]);
  await settled();
  await page.actions.needTruths();
  return page;
}

test("each answer has its maps and its share, and they are made once for a trace and its classes", () => {
  const trace = pairTrace();
  const owners = ownersOf(trace, [7, 0]);
  assert.deepEqual(
    [...owners.exclusive.keys()].filter((k) => owners.exclusive[k]),
    [AT_A, AT_B],
  );
  assert.deepEqual(owners.reconstructions.given, { right: 2, pixels: 2 });
  assert.deepEqual(ownersOf(trace, [0, 7]).reconstructions.given, { right: 0, pixels: 2 });
  assert.deepEqual(owners.fields, { right: 2, pixels: 2 });
  assert.equal(owners.contributions.length, trace.iterations);
  const [first, last] = [owners.contributions[0], owners.contributions[trace.iterations - 1]];
  assert.deepEqual(last.maps.a, overFields(trace.geometry, contributions(trace, 7, trace.iterations)));
  assert.deepEqual(first.maps.b, overFields(trace.geometry, contributions(trace, 0, 1)));
  assert.notDeepEqual(first.maps.a, last.maps.a);
  assert.equal(ownersOf(trace, [7, 0]), owners);
  assert.notEqual(ownersOf(pairTrace(), [7, 0]), owners);
});

test("it can be told where the classes are those of the layers", async () => {
  const { store, actions } = await pageOf(pairTrace());
  assert.deepEqual(chosenPair(store.get()), [7, 0]);
  assert.equal(whyUntold(store.get()), null);
  actions.chooseClasses([7, 3]);
  assert.equal(whyUntold(store.get()), "classes");
  actions.chooseClasses([0, 7]);
  assert.equal(whyUntold(store.get()), "classes");
});

test("of chosen classes it can be told only where it is known what the layers are", async () => {
  const { store, actions } = await pageOf(pairTrace(), {
    fetchDigit: async (index) => (index ? Promise.reject(new OfflineError()) : { index, label: 7, pixels: [] }),
  });
  assert.equal(whyUntold(store.get()), null, "the network reads them");
  actions.chooseClasses([7, 0]);
  assert.equal(whyUntold(store.get()), "unknown");
  actions.chooseClasses([8, 0]);
  assert.equal(whyUntold(store.get()), "classes", "A is no 8, whatever B is");
});

test("it cannot be told where a layer is empty, and where no ink belongs to one alone", async () => {
  const trace = pairTrace();
  const empty = (/** @type {Trace} */ { layers }) => Float32Array.from(layers ?? [], (v, k) => (k < pixels ? v : 0.05));
  const { store: one } = await pageOf(pairTrace({ layers: empty(trace) }));
  assert.equal(whyUntold(one.get()), "empty");
  const { store: same, actions } = await pageOf(pairTrace({ layers: new Float32Array(2 * pixels).fill(0.6) }));
  actions.chooseClasses([7, 0]);
  assert.equal(whyUntold(same.get()), "shared");
});
