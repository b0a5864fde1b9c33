/** The drawing of the room "Explore" as a layer of the pair. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { asLayer } from "../../../../static/js/state/drawing/explored.js";
import { PEN_WIDTH } from "../../../../static/js/state/drawing/sources.js";
import { exploredNow } from "../../../../static/js/state/pair/explored.js";
import { layersOf } from "../../../../static/js/state/pair/layers.js";
import { exploredTold } from "../../../../static/js/words/pair.js";
import { PAIR_MODEL, digitLayer, makePage } from "./page.js";
/** @import { Source } from "../../../../static/js/api/drawing.js" */

/** @type {Source} */
const STROKES = { kind: "strokes", strokes: [[[0, 1]]] };

/** What the browser keeps of that room. @param {Source | null} source @param {number} [penWidth] */
function looked(source, penWidth = 0.1) {
  const text = source && asLayer({ source, penWidth });
  Object.defineProperty(globalThis, "localStorage", { value: { getItem: () => text }, configurable: true });
}

after(() => looked(null));

test("it becomes the layer whose button was pressed, where the digit before lay, with its pen", () => {
  looked(STROKES);
  const { store, actions } = makePage();
  actions.lookAtPair([digitLayer(3), digitLayer(8, [1, -2])]);
  actions.takeExplored(1);
  assert.deepEqual(layersOf(store.get()), [digitLayer(3), { source: STROKES, offset: [1, -2] }]);
  assert.equal(store.get().penWidth, 0.1);
});

test("a drawing with the first pen is drawn with the first pen", () => {
  looked(STROKES, PEN_WIDTH);
  const { store, actions } = makePage();
  store.set({ penWidth: 0.15 });
  actions.takeExplored(0);
  assert.equal(store.get().penWidth, PEN_WIDTH);
});

test("what was not drawn leaves the pen as it is", () => {
  looked({ kind: "digit", index: 4 }, 0.1);
  const { store, actions } = makePage();
  store.set({ penWidth: 0.15 });
  actions.takeExplored(0);
  assert.equal(store.get().penWidth, 0.15);
});

test("the pen of a drawing on the other pad stays", () => {
  looked(STROKES);
  const { store, actions } = makePage();
  actions.setLayer(0, STROKES);
  const { penWidth } = store.get();
  actions.takeExplored(1);
  assert.equal(store.get().penWidth, penWidth);
});

test("without one nothing happens, and the reason is told", () => {
  looked(null);
  const { store, actions } = makePage();
  actions.findExplored();
  const before = store.get().source;
  actions.takeExplored(0);
  assert.equal(store.get().source, before);
  assert.equal(exploredTold(exploredNow(store.get())), "");
});

test("a picture of another size than a layer is not taken, and the reason is told", () => {
  looked({ kind: "pixels", pixels: new Uint8Array(400) });
  const { store, actions } = makePage();
  store.set({ models: [{ ...PAIR_MODEL, layer: [28, 28] }] });
  const before = store.get().source;
  actions.takeExplored(0);
  assert.equal(store.get().source, before);
  assert.match(exploredTold(exploredNow(store.get())), /20 × 20 pixels.*28 × 28/);
  looked({ kind: "pixels", pixels: new Uint8Array(784) });
  actions.takeExplored(0);
  assert.equal(layersOf(store.get())[0].source.kind, "pixels");
});
