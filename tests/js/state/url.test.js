import assert from "node:assert/strict";
import { test } from "node:test";
import { INITIAL } from "../../../static/js/state/initial.js";
import { linkParts, readLink, writeLink } from "../../../static/js/state/url.js";
/** @import { State } from "../../../static/js/types.js" */

/** What a page shows that opens the link of another. @param {Partial<State>} patch */
const throughLink = (patch) => ({ ...INITIAL, ...readLink(`#${writeLink({ ...INITIAL, ...patch })}`) });

/** @type {Partial<State>[]} */
const STATES = [
  { source: { kind: "digit", index: 9999 } },
  { source: { kind: "empty" } },
  { source: { kind: "pixels", pixels: Uint8Array.from({ length: 784 }, (_, k) => k % 256) } },
  { penWidth: 0.1 },
  { model: "mnist-drawn" },
  { iterations: 10, playhead: 10 },
  { iterations: 7, playhead: 2.25 },
  { threshold: 0.305 },
  { selectedClass: 0 },
  { pinnedCapsules: [1151] },
  { pinnedCapsules: [3, 1, 2, 700] },
  { pinnedType: 31 },
  { pinnedClass: 0 },
  { planeClasses: [7, 0] },
  { planeClasses: [null, 4] },
  { planeClasses: [0, null] },
  { planeLook: { colour: "type", distance: "linear" } },
  { planeLook: { colour: "position", distance: "linear" } },
  { maskOrder: "length" },
  { stretched: false },
  { maskOrder: "length", stretched: false },
  { kept: [17, 0, 9999].map((index) => ({ source: { kind: "digit", index }, penWidth: INITIAL.penWidth })) },
  { kept: [{ source: { kind: "strokes", strokes: [[[0, 0], [1, 1]]] }, penWidth: INITIAL.penWidth }] },
  { kept: [{ source: { kind: "strokes", strokes: [[[0, 1]]] }, penWidth: 0.125 }] },
  { ends: [3, 0], walked: 0.25, walkAs: 0 },
  { walked: 1 },
  { offsets: Array.from({ length: 16 }, (_, d) => Math.round((d - 8) * 6) / 100) },
  {
    interventions: {
      capsules: [0, 1151],
      types: [31],
      positions: [7],
      couplings: [{ capsule: 12, label: 0, coupling: 0.35 }],
      logits: [{ label: 9, logit: -0.3, type: null }],
      uniform: true,
    },
  },
  { offsets: Array.from({ length: 16 }, (_, d) => Math.round((d - 8) * 61) / 1000) },
  { poseLength: 0.512 },
  { poseLength: 0 },
  { dialReach: "wide" },
  { dialNames: { 7.3: "the hook, 100 % & <b>curved</b> = ü#1", "0.15": "15 of 0", 7.12: "a+b" } },
  { ghost: false },
  { compareWith: "found" },
  { sweepReach: "class", sweepOrder: "change" },
  { chosenDimension: 15 },
];

for (const patch of STATES) {
  test(`a link restores ${Object.keys(patch).join(" and ")}`, () => {
    const restored = throughLink(patch);
    for (const [key, value] of Object.entries(patch)) assert.deepEqual(restored[/** @type {keyof State} */ (key)], value);
  });
}

test("whatever a link holds is watched, so that it is written", () => {
  for (const patch of STATES) {
    if (writeLink({ ...INITIAL, ...patch }) === writeLink(INITIAL)) continue;
    assert.notDeepEqual(linkParts({ ...INITIAL, ...patch }), linkParts(INITIAL), Object.keys(patch).join(" and "));
  }
});

test("a link restores strokes to a thousandth of the pad", () => {
  /** @type {import("../../../static/js/types.js").Stroke[]} */
  const strokes = [[[0, 0], [0.5, 0.25], [1, 1]], [[0.123, 0.987]]];
  const { source } = throughLink({ source: { kind: "strokes", strokes } });
  assert.ok(source.kind === "strokes");
  source.strokes.flat(2).forEach((part, k) => assert.ok(Math.abs(part - strokes.flat(2)[k]) < 1 / 1000));
});

test("kept drawings whose strokes are long stay out of a link, and the ends are still the same drawings", () => {
  /** @type {import("../../../static/js/types.js").Stroke} */
  const long = Array.from({ length: 400 }, (_, k) => [k % 2, k / 400]);
  const { penWidth } = INITIAL;
  const digits = [5, 6, 7].map((index) => ({ source: /** @type {const} */ ({ kind: "digit", index }), penWidth }));
  const kept = digits.toSpliced(1, 0, { source: /** @type {any} */ ({ kind: "strokes", strokes: [long] }), penWidth });
  const restored = throughLink({ kept, ends: [1, 4] });
  assert.deepEqual(restored.kept, digits);
  assert.deepEqual(restored.ends, [1, 3]);
  assert.deepEqual(throughLink({ kept, ends: [2, 4] }).ends, [0, 3]);
  assert.ok(writeLink({ ...INITIAL, kept: Array(8).fill(kept[1]) }).length < 100);
});

test("what is as it was at first takes no room in a link", () => {
  assert.equal(writeLink({ ...INITIAL, source: { kind: "digit", index: 3 } }), "digit=3");
});

test("of names in a link only what fits is taken, each one line of 40 letters at most", () => {
  const text = [`7.1 ${"x".repeat(90)}`, "7.16 no such number", "77.1 no such class", "7.2", "7.2  ", "7.4   two   words "].join("\n");
  const { dialNames } = readLink(`#names=${encodeURIComponent(text)}`);
  assert.deepEqual(dialNames, { 7.1: "x".repeat(40), 7.4: "two words" });
});

for (const hash of [
  "", "#", "#nonsense", "#digit=x&class=", "#strokes=%%%", "#pixels=AAAA", "#iterations=", "#planes=x.y", "#points=colour",
  "#distance=", "#type=first", "#capsule=", "#strokes=gICAgIA", "#tamper=c9999", "#reach=far", "#order=", "#length=x",
  "#dimension=", "#dials=1_1_1.2", "#kept=x", "#kept=12345", "#kept=s*", "#kept=s*%25", "#walk=1", "#walk=9.1.50.",
]) {
  test(`of the link "${hash}" nothing is taken over`, (context) => {
    context.mock.method(console, "info", () => {});
    assert.deepEqual(readLink(hash), {});
  });
}

test("numbers beyond their range are brought back into it", () => {
  const { iterations, selectedClass, pinnedCapsules, threshold, offsets } = readLink(
    `#iterations=99&class=12&capsule=5000&above=7&dials=${Array(16).fill(900).join(".")}`,
  );
  assert.deepEqual([readLink("#length=3").poseLength, readLink("#dimension=99").chosenDimension], [0.99, 15]);
  assert.deepEqual([iterations, selectedClass, pinnedCapsules, threshold], [10, 9, [1151], 1]);
  assert.deepEqual(offsets, Array(16).fill(2));
});

test("a link with one capsule, as they were, pins it; of too many the first four are pinned, each once", () => {
  assert.deepEqual(readLink("#capsule=321").pinnedCapsules, [321]);
  assert.deepEqual(readLink("#capsule=9.9.8.7.6.5").pinnedCapsules, [9, 8, 7, 6]);
});
