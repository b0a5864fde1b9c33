/** Which networks a room about capsules offers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { modelsOfTask } from "../../../../static/js/state/trace/network.js";
import { CNN_CARD, PAPER_CARD, SMALL_CARD } from "../../cards.js";
import { makeActions, settled } from "../digit/page.js";

const PAIRS = { ...PAPER_CARD, name: "pairs", task: /** @type {const} */ ("pair") };
const PAIRS_CNN = { ...CNN_CARD, name: "cnn-of-pairs", task: /** @type {const} */ ("pair") };
const MODELS = [CNN_CARD, PAPER_CARD, PAIRS_CNN, PAIRS, SMALL_CARD];

for (const [task, names] of /** @type {const} */ ([
  ["digit", ["mnist", "small"]],
  ["pair", ["pairs"]],
])) {
  test(`a network without capsules is not offered where a ${task} is read`, () => {
    const offered = modelsOfTask({ models: MODELS, task });
    assert.deepEqual(
      offered.map(({ name }) => name),
      names,
    );
  });
}

test("a link that asks for a network without capsules is answered by the default", async () => {
  const { store, actions } = makeActions({ fetchModels: async () => ({ models: MODELS, default: "mnist" }) });
  store.set({ models: [], model: "cnn", missingModel: "" });
  await actions.needModels();
  await settled();
  assert.deepEqual([store.get().model, store.get().missingModel], ["mnist", "cnn"]);
});
