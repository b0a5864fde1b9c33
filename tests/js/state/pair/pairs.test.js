/** The test pairs and the test digits that a pair is chosen from. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { layersOf } from "../../../../static/js/state/pair/layers.js";
import { PAIR_MODEL, digitLayer, makePage, sentLayers, settled } from "./page.js";
/** @import { TestPair } from "../../../../static/js/state/pair/pairs.js" */

/** @type {TestPair} */
const TEST_PAIR = {
  index: 18,
  labels: [3, 2],
  predicted: [3, 2],
  digits: [18, 8794],
  offsets: [
    [4, 1],
    [-4, 2],
  ],
  thumbnail: "data:image/png;base64,",
};

test("the pairs are those that the network on the page was asked about, as they were filtered", async () => {
  /** @type {object[]} */
  const asked = [];
  const page = { pairs: [TEST_PAIR], page: 2, pages: 3, count: 121 };
  const { actions } = makePage({ fetchPairs: async (filter) => (asked.push(filter), page) });
  assert.equal(await actions.pairPage({ label: 3, misclassified: true, page: 2 }), page);
  assert.deepEqual(asked, [{ label: 3, misclassified: true, page: 2, model: PAIR_MODEL.name }]);
});

test("the digits are not those that the network for pairs was asked about: it reads no digit alone", async () => {
  /** @type {object[]} */
  const asked = [];
  const page = { digits: [], page: 0, pages: 0, count: 0 };
  const { actions } = makePage({ fetchDigits: async (filter) => (asked.push(filter), page) });
  assert.equal(await actions.digitPage({ label: 4, page: 0 }), page);
  assert.deepEqual(asked, [{ label: 4, page: 0 }]);
});

test("a chosen pair is both its test digits, each where it lies, and a new picture", async () => {
  const { store, actions, asked } = makePage();
  actions.lookAtPair([digitLayer(1, [0, 3]), digitLayer(2)]);
  await settled();
  actions.chooseClasses([0, 9]);
  actions.lookAtTestPair(TEST_PAIR);
  assert.deepEqual(layersOf(store.get()), [digitLayer(18, [4, 1]), digitLayer(8794, [-4, 2])]);
  await settled();
  assert.deepEqual(sentLayers(asked[1]), [{ offset: [4, 1] }, { offset: [-4, 2] }]);
  assert.equal(store.get().chosenClasses, null, "the classes chosen for the pair before are let go of");
});
