/** What the layers are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, OfflineError } from "../../../../static/js/shell/errors.js";
import { truthOf } from "../../../../static/js/state/pair/truths.js";
import { troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { MODEL } from "../digit/traces.js";
import { digitLayer, makePage, PAIR_MODEL, settled } from "./page.js";

/** @typedef {ReturnType<typeof makePage>} Page */

/** What is told of A and of B. @param {Page} page */
const labelsIn = ({ store }) => /** @type {const} */ ([0, 1]).map((k) => truthOf(store.get(), k)?.label ?? null);

/** @param {Page} page */
const troublesIn = ({ store }) => ["truth-a", "truth-b"].map((name) => troubleOf(store.get(), name));

test("a test digit has its label, a drawing what a network reads in it alone", async () => {
  const { store, actions } = makePage();
  actions.lookAtPair([digitLayer(27), { source: { kind: "empty" }, offset: [0, 0] }]);
  actions.penOf(1).beginStroke([0.5, 0.5]);
  await actions.needTruths();
  const told = /** @type {const} */ ([0, 1]).map((k) => truthOf(store.get(), k));
  assert.deepEqual(
    told.map((truth) => [truth?.label, truth?.by]),
    [
      [7, "label"],
      [3, "network"],
    ],
  );
});

test("of another digit on the layer nothing is known until it is asked", async () => {
  const { store, actions } = makePage();
  actions.lookAtPair([digitLayer(27), digitLayer(8)]);
  await actions.needTruths();
  actions.setLayer(0, { kind: "digit", index: 4 });
  assert.equal(truthOf(store.get(), 0), null);
  assert.equal(truthOf(store.get(), 1)?.label, 8);
  await actions.needTruths();
  assert.equal(truthOf(store.get(), 0)?.label, 4);
});

test("what did not come is asked for again, and what came is not", async () => {
  let isOffline = true;
  /** @type {number[]} */
  const asked = [];
  const page = makePage({
    async fetchDigit(index) {
      asked.push(index);
      if (isOffline && index === 8) throw new OfflineError();
      return { label: index % 10, pixels: [] };
    },
  });
  page.actions.lookAtPair([digitLayer(27), digitLayer(8)]);
  await settled();
  assert.ok((await page.actions.needTruths()) > 0, "it may yet come");
  assert.deepEqual(
    [labelsIn(page), troublesIn(page)],
    [
      [7, null],
      ["", ""],
    ],
  );
  isOffline = false;
  assert.equal(await page.actions.needTruths(), 0);
  assert.deepEqual(
    [labelsIn(page), asked],
    [
      [7, 8],
      [27, 8, 8],
    ],
  );
});

test("the list of the networks that does not come is asked for again", async () => {
  let isOffline = true;
  const page = makePage({
    async fetchModels() {
      if (isOffline) throw new OfflineError();
      return { models: [MODEL, PAIR_MODEL], default: MODEL.name };
    },
  });
  page.store.set({ models: [] });
  page.actions.penOf(0).beginStroke([0.5, 0.5]);
  assert.ok((await page.actions.needTruths()) > 0);
  isOffline = false;
  assert.equal(await page.actions.needTruths(), 0);
  assert.deepEqual(labelsIn(page), [3, null]);
});

test("what is refused is told of its layer, and the page does without", async () => {
  const page = makePage({
    fetchLabel: async () => Promise.reject(new ApiError("internal", "the network stumbled", 500)),
  });
  page.actions.lookAtPair([digitLayer(27), { source: { kind: "empty" }, offset: [0, 0] }]);
  page.actions.penOf(1).beginStroke([0.5, 0.5]);
  await settled();
  assert.equal(await page.actions.needTruths(), 0);
  assert.deepEqual([page.store.get().status, labelsIn(page)], ["ready", [7, null]]);
  assert.deepEqual(troublesIn(page), ["", "the network stumbled"]);
});

test("several figures that want it at once ask once for each layer", async () => {
  /** @type {unknown[]} */
  const asked = [];
  const page = makePage({
    fetchDigit: async (index) => (asked.push(index), { label: 1, pixels: [] }),
    fetchLabel: async () => (asked.push("drawing"), 3),
  });
  page.actions.lookAtPair([digitLayer(27), { source: { kind: "empty" }, offset: [0, 0] }]);
  page.actions.penOf(1).beginStroke([0.5, 0.5]);
  await Promise.all(Array.from({ length: 4 }, () => page.actions.needTruths()));
  await page.actions.needTruths();
  assert.deepEqual(asked, [27, "drawing"]);
});

test("an answer about a digit that is gone does not count, nor does its failure", async () => {
  const page = makePage({ fetchDigit: async () => Promise.reject(new ApiError("internal", "stumbled", 500)) });
  page.actions.lookAtPair([digitLayer(27), { source: { kind: "empty" }, offset: [0, 0] }]);
  await settled();
  const asking = page.actions.needTruths();
  page.actions.setLayer(0, { kind: "digit", index: 4 });
  assert.equal(await asking, 0);
  assert.deepEqual(troublesIn(page), ["", ""]);
});

test("drawings are read by the network that is compared, and by none where none can be", async () => {
  /** @type {string[]} */
  const asked = [];
  const page = makePage({ fetchLabel: async (_drawing, { model }) => (asked.push(model), 3) });
  const unlike = { ...MODEL, name: "boots", class_names: ["boot"] };
  const pooled = { ...MODEL, name: "pooled", routing_iterations: 0 };
  page.store.set({ models: [unlike, pooled, PAIR_MODEL], defaultModel: "boots" });
  page.actions.penOf(0).beginStroke([0.5, 0.5]);
  assert.equal(await page.actions.needTruths(), 0);
  assert.deepEqual([asked, labelsIn(page), troublesIn(page)], [[], [null, null], ["", ""]]);
  page.store.set({ models: [unlike, pooled, MODEL, PAIR_MODEL] });
  await page.actions.needTruths();
  assert.deepEqual([asked, labelsIn(page)], [[MODEL.name], [3, null]]);
});
