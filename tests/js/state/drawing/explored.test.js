/** The drawing of one room, as a layer of another: one grammar for the link and for what the browser keeps. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { asLayer, exploredText, keepExplored, readExplored } from "../../../../static/js/state/drawing/explored.js";
import { PEN_WIDTH } from "../../../../static/js/state/drawing/sources.js";
import { layersOf } from "../../../../static/js/state/pair/layers.js";
import { LINK } from "../pair/page.js";
/** @import { Source } from "../../../../static/js/api/drawing.js" */

/** @type {Source[]} */
const SOURCES = [
  {
    kind: "strokes",
    strokes: [
      [
        [0, 0],
        [1, 1],
      ],
      [[0, 1]],
    ],
  },
  { kind: "digit", index: 9999 },
  { kind: "pixels", pixels: Uint8Array.from({ length: 784 }, (_, k) => k % 256) },
];

/** What the browser keeps. @param {Partial<Storage>} storage */
function pretend(storage) {
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true, writable: true });
}

afterEach(() => pretend({ getItem: () => null, setItem: () => {} }));

for (const source of SOURCES) {
  test(`${source.kind} that were looked at are digit A of a pair in the link of the other room`, () => {
    const text = asLayer({ source, penWidth: 0.1 });
    const { patch, lost } = LINK.read(`#${text}`);
    assert.deepEqual(lost, []);
    const [a, b] = layersOf({ source: patch.source });
    assert.deepEqual([a, b.source], [{ source, offset: [0, 0] }, { kind: "empty" }]);
    assert.equal(patch.penWidth, 0.1);
    assert.deepEqual(readExplored(text), { source, penWidth: 0.1 });
  });
}

test("a picture is kept as what the network saw of it", () => {
  const photo = /** @type {any} */ ({ png: {}, crop: [0, 0, 1, 1] });
  const text = asLayer({
    source: { kind: "pixels", pixels: new Uint8Array(784), width: 28, photo },
    penWidth: PEN_WIDTH,
  });
  assert.deepEqual(readExplored(text)?.source, { kind: "pixels", pixels: new Uint8Array(784) });
});

test("an empty pad is no layer", () => {
  assert.equal(asLayer({ source: { kind: "empty" }, penWidth: PEN_WIDTH }), "");
});

test("what was kept is found again", () => {
  /** @type {Record<string, string>} */
  const kept = {};
  pretend({ getItem: (name) => kept[name] ?? null, setItem: (name, text) => void (kept[name] = text) });
  assert.equal(exploredText(), "");
  keepExplored({ source: SOURCES[0], penWidth: PEN_WIDTH });
  assert.deepEqual(readExplored(exploredText())?.source, SOURCES[0]);
});

test("a browser that keeps nothing does no harm", () => {
  const refuse = () => {
    throw new Error("denied");
  };
  pretend({ getItem: refuse, setItem: refuse });
  keepExplored({ source: SOURCES[0], penWidth: PEN_WIDTH });
  assert.equal(exploredText(), "");
});

test("what is damaged, or was cut, is nothing", () => {
  const whole = asLayer({ source: SOURCES[2], penWidth: PEN_WIDTH });
  for (const text of ["", "a=", "a=x", "a=99999", "pen=0.1", "nonsense", whole.slice(0, -40)]) {
    assert.equal(readExplored(text), null, text);
  }
});
