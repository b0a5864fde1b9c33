/** The layers of the trace, where the digits lie now. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OfflineError } from "../../../../static/js/shell/errors.js";
import { laid } from "../../../../static/js/capsules/overlap.js";
import { layerAlone, layersNow } from "../../../../static/js/state/pair/laid.js";
import { PAIR_TRACE, digitLayer, makePage, sentLayers, settled } from "./page.js";
/** @import { Drawing } from "../../../../static/js/api/client.js" */

const { geometry } = PAIR_TRACE;
/** Of 2 x 2 pixels: a test digit is told by its values. @param {number} index */
const pixelsOf = (index) => [
  [index / 10, 0.1],
  [0.2, 0.3],
];
const ofDigit = (/** @type {number} */ index, /** @type {[number, number]} */ offset = [0, 0]) =>
  laid(geometry, pixelsOf(index), offset);
const NO_INK = new Float32Array(geometry.pixels);
/** What the server makes of all strokes. */
const DRAWN = [[1]];

/** A page with a server that lays what it is sent, until it is cut off. */
function layingPage() {
  const server = { isThere: true };
  const page = makePage({
    drawingOf: async (_geometry, source) => ({
      layers: (source.kind === "pair" ? source.layers : []).map(({ source: { kind, ...of }, offset }) => {
        if (kind === "digit" && "index" in of) return { pixels: pixelsOf(of.index), offset };
        return kind === "strokes" && "strokes" in of ? { strokes: of.strokes, pen_width: 0.1, offset } : { offset };
      }),
    }),
    fetchTrace: async (/** @type {Drawing} */ drawing) => {
      if (!server.isThere) throw new OfflineError();
      const layers = sentLayers(drawing).flatMap((sent) => {
        const pixels = "pixels" in sent ? sent.pixels : "strokes" in sent ? DRAWN : [];
        return [...laid(geometry, pixels, sent.offset)];
      });
      return { ...PAIR_TRACE, layers: Float32Array.from(layers) };
    },
  });
  return { ...page, server };
}

test("without a server a moved digit moves, whole, even back from beyond the edge", async () => {
  const { store, actions, server } = layingPage();
  actions.lookAtPair([digitLayer(3, [-geometry.height / 2, 0]), digitLayer(8)]);
  await settled();
  assert.notDeepEqual(layersNow(store.get())[0], ofDigit(3));
  assert.deepEqual(layerAlone(store.get(), 0), ofDigit(3), "its pad shows all of it");
  server.isThere = false;
  actions.moveLayer(0, [0, 1]);
  await settled();
  assert.deepEqual(layersNow(store.get()), [ofDigit(3, [0, 1]), ofDigit(8)]);
  actions.clear();
});

test("without a server A and B change places, in the sum and on their pads", async () => {
  const { store, actions, server } = layingPage();
  actions.lookAtPair([digitLayer(3, [1, 2]), digitLayer(8)]);
  await settled();
  server.isThere = false;
  actions.swapLayers();
  await settled();
  assert.deepEqual(layersNow(store.get()), [ofDigit(8), ofDigit(3, [1, 2])]);
  assert.deepEqual([layerAlone(store.get(), 0), layerAlone(store.get(), 1)], [ofDigit(8), ofDigit(3)]);
  actions.clear();
});

test("of a digit that the trace does not have, nothing is shown until the answer comes", async () => {
  const { store, actions, server } = layingPage();
  actions.lookAtPair([digitLayer(3), digitLayer(8)]);
  await settled();
  server.isThere = false;
  actions.setLayer(1, { kind: "digit", index: 5 });
  await settled();
  assert.deepEqual(layersNow(store.get()), [ofDigit(3), null]);
  assert.equal(layerAlone(store.get(), 1), null);
  actions.clearLayer(1);
  assert.deepEqual(layersNow(store.get()), [ofDigit(3), NO_INK]);
  actions.clear();
  assert.deepEqual(layersNow(store.get()), [null, null]);
});

test("a drawing is shown as it was answered last, while it grows and while it moves", async () => {
  const { store, actions, server } = layingPage();
  actions.setLayer(1, { kind: "digit", index: 8 });
  const pen = actions.penOf(0);
  pen.beginStroke([0.2, 0.2]);
  await settled();
  server.isThere = false;
  pen.continueStroke([[0.4, 0.4]]);
  pen.endStroke();
  actions.setPenWidth(0.15);
  actions.moveLayer(0, [2, 0]);
  await settled();
  assert.deepEqual(layersNow(store.get())[0], laid(geometry, DRAWN, [2, 0]));
  pen.undo();
  actions.penOf(0).beginStroke([0.2, 0.2]);
  assert.equal(layersNow(store.get())[0], null, "another drawing, though it begins at the same place");
  actions.clear();
});
