/** What a link holds, and what becomes of one that is old or damaged. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { NO_INTERVENTIONS } from "../../../../static/js/capsules/interventions.js";
import { isInLink } from "../../../../static/js/state/digit/keptlink.js";
import { PEN_WIDTH } from "../../../../static/js/state/drawing/sources.js";
import { INITIAL, LINK } from "./page.js";
/** @import { Stroke } from "../../../../static/js/capsules/types.js" */
/** @import { State } from "../../../../static/js/state/digit/subject.js" */

/** @param {Partial<State>} patch */
const writeLink = (patch) => LINK.write({ ...INITIAL, ...patch });

/** What a page shows that opens the link of another. @param {Partial<State>} patch @returns {State} */
const throughLink = (patch) => ({ ...INITIAL, ...LINK.read(`#${writeLink(patch)}`).patch });

/** As JSON has it. @param {Record<string, any>} patch */
const plain = (patch) => ({
  ...JSON.parse(JSON.stringify(patch)),
  ...(patch.source?.kind === "pixels" && { source: { kind: "pixels", pixels: [...patch.source.pixels] } }),
});

/** Names stand below their network now, and couplings can be random. @param {Record<string, any>} read */
const asNow = ({ dialNames, interventions, ...rest }) => ({
  ...rest,
  ...(interventions && { interventions: { ...interventions, random: null } }),
  ...(dialNames && { dialNames: { [rest.model ?? ""]: dialNames } }),
});

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
  { againstClass: 0 },
  { addedParts: 12 },
  { planeShows: "coupling" },
  { planeLook: { colour: "type", distance: "linear" } },
  { planeLook: { colour: "position", distance: "linear" } },
  { maskOrder: "length" },
  { stretched: false },
  { maskOrder: "length", stretched: false },
  { kept: [17, 0, 9999].map((index) => ({ source: { kind: "digit", index }, penWidth: INITIAL.penWidth })) },
  {
    kept: [
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
        penWidth: INITIAL.penWidth,
      },
    ],
  },
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
      random: null,
    },
  },
  { interventions: { ...NO_INTERVENTIONS, types: [31], random: { seed: 2147483647, spread: 0.3 } } },
  { offsets: Array.from({ length: 16 }, (_, d) => Math.round((d - 8) * 61) / 1000) },
  { poseLength: 0.512 },
  { poseLength: 0 },
  { dialReach: "wide" },
  {
    model: "mnist",
    dialNames: { mnist: { 7.3: "the hook, 100 % & <b>curved</b> = ü#1", 0.15: "15 of 0", 7.12: "a+b" } },
  },
  { model: "mnist", dialNames: { mnist: { 7.3: "mine" }, other: { 1.2: "of another network" } } },
  { source: { kind: "pixels", pixels: Uint8Array.from({ length: 600 }, (_, k) => k % 256), width: 20 } },
  { ghost: false },
  { compareWith: "found" },
  { sweepReach: "paper", sweepOrder: "change" },
  { chosenDimension: 15 },
];

for (const patch of STATES) {
  test(`a link restores ${Object.keys(patch).join(" and ")}`, () => {
    const restored = throughLink(patch);
    for (const [key, value] of Object.entries(patch)) {
      assert.deepEqual(restored[/** @type {keyof State} */ (key)], value);
    }
    assert.deepEqual(LINK.read(`#${writeLink(patch)}`).lost, []);
  });
}

test("whatever a link holds is watched, so that it is written", () => {
  for (const patch of STATES) {
    if (writeLink(patch) === writeLink({})) continue;
    const [before, after] = [LINK.parts(INITIAL), LINK.parts({ ...INITIAL, ...patch })];
    assert.notDeepEqual(after, before, Object.keys(patch).join(" and "));
  }
});

test("a link restores strokes to a thousandth of the pad", () => {
  /** @type {Stroke[]} */
  const strokes = [
    [
      [0, 0],
      [0.5, 0.25],
      [1, 1],
    ],
    [[0.123, 0.987]],
  ];
  const { source } = throughLink({ source: { kind: "strokes", strokes } });
  assert.ok(source.kind === "strokes");
  source.strokes.flat(2).forEach((part, k) => assert.ok(Math.abs(part - strokes.flat(2)[k]) < 1 / 1000));
});

test("kept drawings whose strokes are long stay out of a link, and the ends are still the same drawings", () => {
  /** @type {Stroke} */
  const long = Array.from({ length: 400 }, (_, k) => [k % 2, k / 400]);
  const { penWidth } = INITIAL;
  const digits = [5, 6, 7].map((index) => ({ source: /** @type {const} */ ({ kind: "digit", index }), penWidth }));
  const kept = [
    digits[0],
    { source: { kind: /** @type {const} */ ("strokes"), strokes: [long] }, penWidth },
    ...digits.slice(1),
  ];
  const restored = throughLink({ kept, ends: [1, 4] });
  assert.deepEqual(restored.kept, digits);
  assert.deepEqual(restored.ends, [1, 3]);
  assert.deepEqual(throughLink({ kept, ends: [2, 4] }).ends, [0, 3]);
  assert.ok(writeLink({ kept: Array(8).fill(kept[1]) }).length < 100);
});

test("what is as it was at first takes no room in a link", () => {
  assert.equal(writeLink({ source: { kind: "digit", index: 3 } }), "digit=3");
});

test("of names in a link only what fits is taken, each one line of 40 letters at most", () => {
  const text = [`7.1 ${"x".repeat(90)}`, "77 no such number", "7.2", "7.2  ", "7.4   two   words "].join("\n");
  const { patch, lost } = LINK.read(`#names=${encodeURIComponent(text)}`);
  assert.deepEqual(patch.dialNames, { "": { 7.1: "x".repeat(40), 7.4: "two words" } });
  assert.deepEqual(lost, ["the names of the dials"]);
});

/** Links that version 0.3 wrote, and what it read from them. Each key of a link is in one of them. */
const OLD = JSON.parse(await readFile(new URL("links_0_3.json", import.meta.url), "utf8"));

test("a link of version 0.3 opens as it did there", () => {
  const keys = new Set();
  for (const { hash, read } of OLD) {
    const { patch, lost } = LINK.read(`#${hash}`);
    assert.deepEqual(lost, [], hash);
    assert.deepEqual(plain(patch), asNow(read), hash);
    for (const key of new URLSearchParams(hash).keys()) keys.add(key);
  }
  for (const key of ["strokes", "digit", "pixels", "empty", "names", "tamper", "dials", "kept", "walk"]) {
    assert.ok(keys.has(key));
  }
});

/** @type {[hash: string, lost: string[]][]} */
const NONSENSE = [
  ["nonsense=1", ["“nonsense”"]],
  ["digit=x&class=", ["the test digit", "the selected class"]],
  ["digit=99999", ["the test digit"]],
  ["digit=-1", ["the test digit"]],
  ["strokes=%%%", ["the drawing"]],
  ["strokes=gICAgIA", ["the drawing"]],
  ["pixels=AAAA", ["the picture"]],
  ["pixels=4*AAAA", ["the picture"]],
  ["pixels=0*AAAA", ["the picture"]],
  ["tamper=c9.x", ["the edited routing"]],
  ["iterations=", ["the number of iterations"]],
  ["planes=x.y", ["the classes of the votes"]],
  ["points=colour", ["the colours of the votes"]],
  ["distance=", ["the scale of the votes"]],
  ["type=first", ["the pinned type"]],
  ["capsule=", ["the pinned capsules"]],
  ["tamper=c", ["the edited routing"]],
  ["tamper=c1_k", ["the edited routing"]],
  ["tamper=x", ["the edited routing"]],
  ["reach=far", ["how far the dials go"]],
  ["order=", ["the order of the rows"]],
  ["length=x", ["the length of the pose"]],
  ["dimension=", ["the chosen dimension"]],
  ["dials=1_1_1.2", ["the dials"]],
  ["masks=largest", ["the order of the masks"]],
  ["kept=x", ["the kept drawings"]],
  ["kept=12345", ["the kept drawings"]],
  ["kept=s*", ["the kept drawings"]],
  ["kept=s*%25", ["the kept drawings"]],
  ["walk=1", ["the walk between two digits"]],
  ["walk=9.1.50.", ["the walk between two digits"]],
];

for (const [hash, lost] of NONSENSE) {
  test(`of the link "#${hash}" nothing is taken over, and that is told`, () => {
    assert.deepEqual(LINK.read(`#${hash}`), { patch: {}, figure: "", lost });
  });
}

test("a kept drawing that a link cannot hold is told to whoever opens the link, and so is the walk to it", () => {
  const picture = {
    source: { kind: /** @type {const} */ ("pixels"), pixels: new Uint8Array(784) },
    penWidth: PEN_WIDTH,
  };
  const digit = { source: { kind: /** @type {const} */ ("digit"), index: 7 }, penWidth: PEN_WIDTH };
  assert.deepEqual([picture, digit].map(isInLink), [false, true]);
  const { patch, lost } = LINK.read(`#${writeLink({ kept: [picture, digit], ends: [2, 1], walked: 0.2 })}`);
  assert.deepEqual(patch.kept, [digit]);
  assert.deepEqual(lost, ["the kept drawings", "the walk between two digits"]);
  const there = LINK.read(`#${writeLink({ kept: [picture, digit], ends: [0, 2] })}`);
  assert.deepEqual([there.patch.kept, there.patch.ends ?? INITIAL.ends], [[digit], [0, 1]]);
  assert.deepEqual(there.lost, ["the kept drawings"]);
});

test("an empty link is no damaged one", () => {
  for (const hash of ["", "#"]) assert.deepEqual(LINK.read(hash), { patch: {}, figure: "", lost: [] });
});

test("a word alone is the id of a figure, and may stand before the state", () => {
  assert.deepEqual(LINK.read("#how-many"), { patch: {}, figure: "how-many", lost: [] });
  const { patch, figure } = LINK.read("#votes&digit=3");
  assert.deepEqual([patch.source, figure], [{ kind: "digit", index: 3 }, "votes"]);
});

test("numbers beyond their range are brought back into it, and that is told", () => {
  const { patch, lost } = LINK.read(`#iterations=99&above=7&length=3&dials=${Array(16).fill(900).join(".")}`);
  assert.deepEqual([patch.iterations, patch.threshold, patch.poseLength], [10, 1, 0.99]);
  assert.deepEqual(patch.offsets, Array(16).fill(2));
  assert.equal(lost.length, 4);
});

test("a link with one capsule, as they were, pins it; of too many the first four are pinned, each once", () => {
  assert.deepEqual(LINK.read("#capsule=321").patch.pinnedCapsules, [321]);
  assert.deepEqual(LINK.read("#capsule=9.9.8.7.6.5").patch.pinnedCapsules, [9, 8, 7, 6]);
});

/** A link with strokes, dials and more, as the page writes it. */
const LONG = (() => {
  /** @type {Stroke[]} */
  const strokes = [0, 1, 2].map((k) => Array.from({ length: 12 }, (_, i) => [i / 12, (k + i / 12) / 4]));
  const offsets = Array.from({ length: 16 }, (_, d) => (d - 8) / 100);
  return writeLink({ source: { kind: "strokes", strokes }, offsets, selectedClass: 3, pinnedCapsules: [5, 9] });
})();

test("wherever a link is cut, what is whole is restored, and that something is missing is told", () => {
  const { patch } = LINK.read(`#${LONG}`);
  for (let end = 20; end < LONG.length; end++) {
    const cut = LINK.read(`#${LONG.slice(0, end)}`);
    assert.ok(cut.lost.length, `cut after ${end} characters`);
    if (end > LONG.indexOf("&class")) assert.deepEqual(cut.patch.source, patch.source);
  }
  for (const end of [60, 120]) {
    const { source } = LINK.read(`#${LONG.slice(0, end)}`).patch;
    assert.ok(
      source.kind === "strokes" && source.strokes.length,
      `of ${end} characters the strokes are drawn as far as they go`,
    );
  }
});

test("what a mail or a text leaves around a link is no part of it", () => {
  const whole = LINK.read(`#${LONG}`);
  for (const around of [")", ">", "”,", ");", "\n", "%0A", "%0D%0A"]) {
    assert.deepEqual(LINK.read(`#${LONG}${around}`), whole);
  }
  const middle = LONG.indexOf("&class") + 4;
  for (const broken of ["%0A", "%20", "%0D%0A"]) {
    const dials = LONG.indexOf("dials=") + 9;
    assert.deepEqual(LINK.read(`#${LONG.slice(0, dials)}${broken}${LONG.slice(dials)}`).patch, whole.patch);
  }
  const { patch, lost } = LINK.read(`#${LONG.slice(0, middle)})${LONG.slice(middle)}`);
  assert.deepEqual([patch.source, patch.offsets], [whole.patch.source, whole.patch.offsets]);
  assert.ok(lost.length);
});

test("a link that was escaped once more is the same link", () => {
  const named = writeLink({
    source: { kind: "digit", index: 3 },
    model: "mnist",
    dialNames: { mnist: { 7.3: "the hook, bent" } },
  });
  for (const link of [LONG, named]) {
    const whole = LINK.read(`#${link}`);
    assert.deepEqual(LINK.read(`#${encodeURIComponent(link)}`), whole);
    assert.deepEqual(LINK.read(`#${encodeURIComponent(encodeURIComponent(link))}`), whole);
    assert.deepEqual(LINK.read(`#${link.replaceAll("%", "%25").replaceAll("+", "%2B")}`).patch, whole.patch);
  }
});

/** A link with so many fixed couplings, nine of each capsule. @param {number} count */
const couplingsLink = (count) =>
  `#digit=1&tamper=k${Array.from({ length: count }, (_, k) => `${Math.floor(k / 9)}*${k % 9}*1`).join(".")}`;

/** How long a link takes to be read, at best. @param {string} link */
const timeOf = (link) =>
  Math.min(
    ...Array.from({ length: 5 }, () => {
      const begun = performance.now();
      LINK.read(link);
      return performance.now() - begun;
    }),
  );

test("ten thousand couplings are read, and four times as many take no sixteen times as long", () => {
  const [some, all] = [5184, 20_736].map(couplingsLink);
  const { patch, lost } = LINK.read(all);
  assert.deepEqual([patch.interventions.couplings.length, lost], [20_736, []]);
  const [short, long] = [some, all].map(timeOf);
  assert.ok(long < 12 * short, `${long} ms against ${short} ms`);
});

test("names for a model of any name stay in the link's own list", () => {
  const text = "@__proto__\n3.5 owned\n@constructor\n3.6 owned";
  const { patch } = LINK.read(`#names=${encodeURIComponent(text)}`);
  assert.equal(Object.hasOwn(/** @type {object} */ (patch.dialNames), "constructor"), true);
  assert.equal(/** @type {any} */ ({})["3.5"], undefined);
});
