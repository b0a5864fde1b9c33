/** The same pair in another order or place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OfflineError } from "../../../../static/js/shell/errors.js";
import { layersOf } from "../../../../static/js/state/pair/layers.js";
import { truthOf } from "../../../../static/js/state/pair/truths.js";
import { LINK, PAIR_TRACE, digitLayer, makePage, settled } from "./page.js";

const { pixels } = PAIR_TRACE.geometry;
const TRACE = { ...PAIR_TRACE, layers: new Float32Array(2 * pixels).fill(0.5, 0, pixels) };

/** @param {ReturnType<typeof makePage>["store"]} store */
const labels = (store) => [truthOf(store.get(), 0)?.label, truthOf(store.get(), 1)?.label];

test("A and B change places with where they lie, and what was chosen and found out goes with them", async () => {
  const { store, actions } = makePage();
  actions.lookAtPair([digitLayer(7, [1, 2]), digitLayer(8, [-1, -2])]);
  await settled();
  await actions.needTruths();
  const before = labels(store);
  actions.chooseClasses([4, 9]);
  actions.selectClass(6);
  actions.swapLayers();
  const check = () => {
    assert.deepEqual(layersOf(store.get()), [digitLayer(8, [-1, -2]), digitLayer(7, [1, 2])]);
    assert.deepEqual([store.get().chosenClasses, store.get().selectedClass], [[9, 4], 6]);
    assert.deepEqual(labels(store), [before[1], before[0]]);
  };
  check();
  await settled();
  check();
});

test("the trace turns with them at once, and what hangs on it is asked of the pair as it is then", async () => {
  const server = { isThere: true };
  const { store, actions } = makePage({
    fetchTrace: async () => (server.isThere ? TRACE : Promise.reject(new OfflineError())),
  });
  actions.lookAtPair([digitLayer(3, [1, 2]), digitLayer(8)]);
  await settled();
  server.isThere = false;
  actions.swapLayers();
  await settled();
  const { trace, parts, shownLayers, status } = store.get();
  assert.deepEqual(trace?.layers, new Float32Array(2 * pixels).fill(0.5, pixels));
  assert.equal(parts.of, trace);
  assert.deepEqual(parts.drawing, { layers: [{ offset: [0, 0] }, { offset: [1, 2] }] });
  assert.deepEqual(
    shownLayers.map(({ source }) => source),
    [digitLayer(8).source, digitLayer(3).source],
  );
  assert.equal(status, "offline");
  actions.clear();
});

test("what was cleared goes to the other pad", async () => {
  const { store, actions } = makePage();
  actions.penOf(0).beginStroke([0.2, 0.2]);
  actions.penOf(0).endStroke();
  actions.setLayer(1, { kind: "digit", index: 8 });
  await settled();
  actions.clearLayer(0);
  actions.swapLayers();
  assert.deepEqual(store.get().clearedLayers.map(Boolean), [false, true]);
  actions.penOf(1).undo();
  assert.deepEqual(
    layersOf(store.get()).map(({ source }) => source.kind),
    ["digit", "strokes"],
  );
});

test("in the middle it is the same pair: the chosen classes stand, and what was cleared can be had back", async () => {
  const { store, actions, asked } = makePage();
  actions.lookAtPair([digitLayer(3, [1, 2]), digitLayer(8, [-1, -2])]);
  await settled();
  actions.clearLayer(1);
  await settled();
  actions.chooseClasses([4, 9]);
  actions.centreLayers();
  await settled();
  assert.deepEqual(layersOf(store.get()), [digitLayer(3), { source: { kind: "empty" }, offset: [0, 0] }]);
  assert.deepEqual(store.get().chosenClasses, [4, 9]);
  assert.deepEqual(store.get().clearedLayers, [null, digitLayer(8).source]);
  const before = asked.length;
  actions.centreLayers();
  await settled();
  assert.equal(asked.length, before, "they lie there already");
});

test("on an empty page neither asks anything: it stays empty, and so does its link", async () => {
  const { store, actions, asked } = makePage();
  actions.penOf(0).beginStroke([0.2, 0.2]);
  actions.penOf(0).endStroke();
  await settled();
  actions.moveLayer(0, [3, 0]);
  await settled();
  actions.clearLayer(0);
  const before = asked.length;
  for (const arrange of [actions.centreLayers, actions.swapLayers]) {
    arrange();
    await settled();
    assert.deepEqual([store.get().status, store.get().source.kind], ["empty", "empty"]);
    assert.match(LINK.write(store.get()), /a=-/);
  }
  assert.equal(asked.length, before);
  actions.penOf(1).undo();
  assert.equal(layersOf(store.get())[1].source.kind, "strokes");
});

test("an empty layer that is set on an empty page loads nothing", () => {
  const { store, actions } = makePage();
  actions.clear();
  actions.setLayer(1, { kind: "empty" });
  assert.equal(store.get().status, "empty");
});
