/** Two layers: what lies on them, where, and what a link holds of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OfflineError } from "../../../../static/js/shell/errors.js";
import { layersOf } from "../../../../static/js/state/pair/layers.js";
import { INITIAL, LINK, PAIR_MODEL, digitLayer, makePage, sentLayers, settled } from "./page.js";
import { geometryOf } from "../../../../static/js/capsules/geometry.js";

const GEOMETRY = geometryOf(PAIR_MODEL);

test("a digit that is moved is asked for where it lies", async () => {
  const { store, actions, asked } = makePage();
  actions.lookAtPair([digitLayer(3), digitLayer(8)]);
  await settled();
  actions.moveLayer(1, [2.4, -3.6]);
  await settled();
  assert.deepEqual(
    asked.map((drawing) => sentLayers(drawing).map(({ offset }) => offset)),
    [
      [
        [0, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [2, -4],
      ],
    ],
  );
  assert.deepEqual(store.get().shownLayers[1].offset, [2, -4]);
});

test("a digit goes no farther than half the picture, and stays where it is for less than half a pixel", async () => {
  const { store, actions, asked } = makePage();
  actions.lookAtPair([digitLayer(3), digitLayer(8)]);
  await settled();
  actions.moveLayer(0, [1000, -1000]);
  await settled();
  assert.deepEqual(layersOf(store.get())[0].offset, [GEOMETRY.height / 2, -GEOMETRY.height / 2]);
  const before = asked.length;
  actions.moveLayer(1, [0.4, -0.4]);
  await settled();
  assert.equal(asked.length, before);
});

test("each pad has a pen of its own; undo takes the last stroke, and brings back what was cleared", async () => {
  const { store, actions } = makePage();
  const [a, b] = [actions.penOf(0), actions.penOf(1)];
  a.beginStroke([0.2, 0.2]);
  a.continueStroke([[0.4, 0.4]]);
  a.endStroke();
  b.beginStroke([0.6, 0.6]);
  await settled();
  const strokes = () =>
    layersOf(store.get()).map(({ source }) => (source.kind === "strokes" ? source.strokes.length : 0));
  assert.deepEqual(strokes(), [1, 1]);
  a.beginStroke([0.1, 0.1]);
  assert.deepEqual(strokes(), [2, 1]);
  a.undo();
  assert.deepEqual(strokes(), [1, 1]);
  actions.clearLayer(0);
  assert.deepEqual(strokes(), [0, 1]);
  a.undo();
  assert.deepEqual(strokes(), [1, 1]);
});

test("with nothing on either layer the page is empty, and nothing is asked", async () => {
  const { store, actions, asked } = makePage();
  actions.lookAtPair([digitLayer(3), { source: { kind: "empty" }, offset: [0, 0] }]);
  await settled();
  actions.clearLayer(0);
  await settled();
  assert.deepEqual([store.get().source.kind, store.get().trace, asked.length], ["empty", null, 1]);
});

test("another pen draws both pads anew, and asks once", async () => {
  const { store, actions, asked } = makePage();
  actions.penOf(0).beginStroke([0.2, 0.2]);
  actions.penOf(1).beginStroke([0.6, 0.6]);
  await settled();
  const [before, { source }] = [asked.length, store.get()];
  actions.setPenWidth(0.15);
  await settled();
  assert.deepEqual([asked.length, store.get().penWidth], [before + 1, 0.15]);
  layersOf(store.get()).forEach((layer, k) => {
    assert.notEqual(layer.source, layersOf({ source })[k].source, "what was read of it was read with another pen");
    assert.deepEqual(layer, layersOf({ source })[k]);
  });
  actions.lookAtPair([digitLayer(3), digitLayer(8)]);
  await settled();
  const digits = asked.length;
  actions.setPenWidth(0.1);
  await settled();
  assert.equal(asked.length, digits, "nothing was drawn");
});

test("until the networks are known no digit moves", () => {
  const { store, actions } = makePage();
  store.set({ models: [], source: { kind: "pair", layers: [digitLayer(3), digitLayer(8)] } });
  actions.moveLayer(0, [1, 1]);
  assert.deepEqual(layersOf(store.get())[0].offset, [0, 0]);
});

test("where no server answers the pair is kept", async () => {
  const { store, actions } = makePage({ fetchTrace: async () => Promise.reject(new OfflineError()) });
  actions.lookAtPair([digitLayer(3), digitLayer(8)]);
  await settled();
  assert.equal(store.get().status, "offline");
  assert.deepEqual(layersOf(store.get()), [digitLayer(3), digitLayer(8)]);
  actions.clear();
});

test("a link holds strokes, test digits, pictures, and where they lie", () => {
  /** @type {import("../../../../static/js/api/drawing.js").Layer[][]} */
  const pairs = [
    [digitLayer(3), digitLayer(8, [2, -3])],
    [
      {
        source: {
          kind: "strokes",
          strokes: [
            [
              [0, 0],
              [1, 1],
            ],
          ],
        },
        offset: [-4, 0],
      },
      { source: { kind: "empty" }, offset: [0, 0] },
    ],
    [{ source: { kind: "pixels", pixels: Uint8Array.of(0, 9, 200, 255) }, offset: [0, 0] }, digitLayer(9999)],
  ];
  for (const [a, b] of pairs) {
    const written = LINK.write({ ...INITIAL, source: { kind: "pair", layers: [a, b] } });
    const { patch, lost } = LINK.read(`#${written}`);
    assert.deepEqual([patch.source, lost], [{ kind: "pair", layers: [a, b] }, []]);
  }
});

test("an empty page is written, and a damaged layer is told by its name", () => {
  const empty = LINK.read(`#${LINK.write(INITIAL)}`);
  assert.deepEqual([empty.patch.source, empty.lost], [{ kind: "empty" }, []]);
  const damaged = LINK.read("#a=3&b=x@1.2");
  assert.deepEqual(damaged.lost, ["digit B"]);
  assert.equal(damaged.patch.source.layers[0].source.index, 3);
  assert.deepEqual(LINK.read("#a=3@1000.0&b=5").lost, ["digit A"]);
});
