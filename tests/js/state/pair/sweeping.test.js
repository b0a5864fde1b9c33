/** One digit moved across the other: when it is asked for, and whose it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OfflineError } from "../../../../static/js/shell/errors.js";
import { readAt, sweepNow, sweptClasses, sweptOffset, sweptTruths } from "../../../../static/js/state/pair/sweeping.js";
import { LINK, PAIR_TRACE, SWEEP, digitLayer, makePage, sentLayers, settled } from "./page.js";

/** @typedef {Parameters<typeof import("../../../../static/js/api/client.js").fetchSweep>} Question */

/** A page over a pair, with a list of what was asked of sweeps. @param {Parameters<typeof makePage>[0]} [services] */
async function sweeping(services = {}) {
  /** @type {Question[]} */
  const questions = [];
  const page = makePage({
    fetchSweep: async (...question) => {
      questions.push(question);
      return SWEEP;
    },
    ...services,
  });
  page.actions.lookAtPair([digitLayer(3, [1, -2]), digitLayer(8, [2, 3])]);
  await settled();
  return { ...page, questions };
}

test("a sweep is asked for once; a digit moved along it asks nothing", async () => {
  const { store, actions, questions } = await sweeping();
  assert.equal(sweepNow(store.get()), null);
  await Promise.all([actions.needSweep(), actions.needSweep()]);
  assert.equal(questions.length, 1);
  const [drawing, { layer, axis, labels, model, iterations }] = questions[0];
  assert.deepEqual(
    sentLayers(drawing).map(({ offset }) => offset),
    [
      [1, -2],
      [2, 3],
    ],
  );
  assert.deepEqual([layer, axis, labels, model, iterations], [1, "right", "3,8", "pairs", 3]);
  assert.equal(sweptOffset(store.get()), 3);
  actions.moveLayer(1, [2, -5]);
  await settled();
  await actions.needSweep();
  assert.equal(questions.length, 1);
  assert.equal(sweepNow(store.get())?.offsets, SWEEP.offsets);
  assert.equal(sweptOffset(store.get()), -5);
});

test("whatever else changes asks for another sweep", async () => {
  const { store, actions, questions } = await sweeping({
    fetchTrace: async (_drawing, { interventions }) => ({ ...PAIR_TRACE, interventions }),
  });
  const changes = [
    () => actions.moveLayer(1, [0, 3]), // across its way
    () => actions.moveLayer(0, [1, 0]), // the one that rests
    () => actions.setLayer(1, { kind: "digit", index: 9 }),
    () => actions.sweepLayer(0),
    () => actions.sweepAlong("down"),
    () => actions.chooseClasses([0, 6]),
    () => actions.tamper({ types: [3] }),
  ];
  await actions.needSweep();
  for (const [k, change] of changes.entries()) {
    change();
    await settled();
    await settled();
    assert.equal(sweepNow(store.get()), null, `change ${k}`);
    await actions.needSweep();
    assert.equal(questions.length, k + 2, `change ${k}`);
    assert.ok(sweepNow(store.get()), `change ${k}`);
  }
  const { layer, axis, labels, interventions } = questions[questions.length - 1][1];
  assert.deepEqual([layer, axis, labels, interventions?.types], [0, "down", "0,6", [3]]);
});

test("the newest wins: an older sweep is called off, and its answer counts no more", async () => {
  /** @type {{answer: (sweep: typeof SWEEP) => void, signal?: AbortSignal}[]} */
  const asked = [];
  const { store, actions } = await sweeping({
    fetchSweep: (_drawing, _asked, signal) => new Promise((answer) => asked.push({ answer, signal })),
  });
  actions.needSweep();
  await settled();
  actions.sweepAlong("down");
  actions.needSweep();
  await settled();
  assert.deepEqual(
    asked.map(({ signal }) => signal?.aborted),
    [true, false],
  );
  const newer = { ...SWEEP, errors: new Float32Array(6).fill(2) };
  asked[1].answer(newer);
  asked[0].answer(SWEEP);
  await settled();
  assert.equal(sweepNow(store.get())?.errors, newer.errors);
});

test("back at a sweep that was called off, it is asked for again", async () => {
  /** @type {{axis: string, signal?: AbortSignal, answer: (sweep: typeof SWEEP) => void}[]} */
  const asked = [];
  const { store, actions } = await sweeping({
    fetchSweep: (_drawing, { axis }, signal) =>
      new Promise((answer, fail) => {
        asked.push({ axis, signal, answer });
        signal?.addEventListener("abort", () => setTimeout(() => fail(signal.reason)));
      }),
  });
  for (const axis of /** @type {const} */ (["right", "down", "right"])) {
    actions.sweepAlong(axis);
    actions.needSweep();
    await settled();
  }
  assert.deepEqual(
    asked.map(({ axis, signal }) => [axis, signal?.aborted]),
    [
      ["right", true],
      ["down", true],
      ["right", false],
    ],
  );
  asked[2].answer(SWEEP);
  await settled();
  assert.equal(sweepNow(store.get())?.offsets, SWEEP.offsets);
});

test("one that is called off before its drawing is made is never sent", async () => {
  /** @type {((drawing: number[][]) => void)[]} */
  const made = [];
  const { store, actions, questions } = await sweeping({
    drawingOf: async (_geometry, source) => (source.kind === "pair" ? new Promise((done) => made.push(done)) : [[0]]),
  });
  made[0]([[0]]); // that of the trace
  await settled();
  for (const axis of /** @type {const} */ (["right", "down"])) {
    actions.sweepAlong(axis);
    actions.needSweep();
    await settled();
  }
  made.forEach((done) => done([[0]]));
  await settled();
  assert.deepEqual(
    questions.map(([, { axis }]) => axis),
    ["down"],
  );
  assert.equal(store.get().troubles.sweep, undefined);
  assert.ok(sweepNow(store.get()));
});

test("an older sweep is judged by its own digits, and not by those that came after it", async () => {
  const { store, actions } = await sweeping();
  assert.equal(sweptTruths(store.get()), null);
  await actions.needSweep();
  assert.deepEqual(sweptTruths(store.get()), [3, 8]);
  actions.setLayer(1, { kind: "digit", index: 5 });
  await settled();
  await actions.needTruths();
  assert.equal(sweepNow(store.get()), null);
  assert.deepEqual(sweptTruths(store.get()), [3, 8]);
  await actions.needSweep();
  assert.deepEqual(sweptTruths(store.get()), [3, 5]);
});

test("what the digits are is told of the present sweep even where it came later", async () => {
  let isThere = false;
  const { store, actions } = await sweeping({
    fetchDigit: async (index) => (isThere ? { index, label: index, pixels: [] } : Promise.reject(new OfflineError())),
  });
  actions.chooseClasses([4, 2]);
  await actions.needSweep();
  const first = sweepNow(store.get());
  assert.ok(first);
  assert.equal(sweptTruths(store.get()), null);
  isThere = true;
  await actions.needSweep();
  assert.equal(sweepNow(store.get()), first, "the classes are chosen: it is no other sweep");
  assert.deepEqual(sweptTruths(store.get()), [3, 8]);
});

test("one that does not come is asked for again; with an empty layer there is none", async () => {
  let asked = 0;
  const { store, actions } = await sweeping({
    fetchSweep: async () => (asked++ ? SWEEP : Promise.reject(new OfflineError())),
  });
  assert.ok((await actions.needSweep()) > 0);
  assert.equal(sweepNow(store.get()), null);
  assert.equal(await actions.needSweep(), 0);
  assert.ok(sweepNow(store.get()));
  actions.clearLayer(0);
  await settled();
  assert.equal(sweepNow(store.get()), null);
  assert.equal(await actions.needSweep(), 0);
  assert.equal(asked, 2);
  actions.clearLayer(1);
  assert.equal(store.get().swept, null);
});

test("it follows the chosen classes, else what the digits are, else what the network reads", async () => {
  const { store, actions } = await sweeping({ fetchDigit: async () => Promise.reject(new OfflineError()) });
  await actions.needSweep();
  const [a, b] = sweptClasses(store.get()) ?? [];
  assert.ok([a, b].includes(PAIR_TRACE.label), "it is read");
  actions.chooseClasses([4, 2]);
  assert.deepEqual(sweptClasses(store.get()), [4, 2]);
  const known = await sweeping();
  await known.actions.needSweep();
  assert.deepEqual(sweptClasses(known.store.get()), [3, 8]);
  known.actions.setLayer(1, { kind: "digit", index: 13 }); // another 3
  await settled();
  await known.actions.needSweep();
  assert.deepEqual(sweptClasses(known.store.get()), [3, 3]);
});

test("a digit is read where its class is one of the two longest", async () => {
  const { store, actions, questions } = await sweeping({
    fetchSweep: async () => {
      const lengths = new Float32Array(30);
      [lengths[3], lengths[8]] = [0.9, 0.8]; // both
      [lengths[13], lengths[15], lengths[18]] = [0.5, 0.7, 0.4]; // A and a 5
      [lengths[20], lengths[21]] = [0.3, 0.2]; // neither
      return { ...SWEEP, lengths };
    },
  });
  await actions.needSweep();
  assert.equal(questions.length, 0);
  const swept = sweepNow(store.get());
  assert.ok(swept);
  assert.deepEqual(readAt(swept, [3, 8]), [
    [true, true, false],
    [true, false, false],
  ]);
});

test("a link holds what moves and where, and how long the absent digit's capsule is", () => {
  const initial = "#a=3&b=8";
  assert.deepEqual(LINK.read(`${initial}&sweep=a-down`).patch.sweptLayer, 0);
  assert.deepEqual(LINK.read(`${initial}&sweep=a-down`).patch.sweptAxis, "down");
  assert.deepEqual(LINK.read(`${initial}&absent=full`).patch.absentLength, "full");
  assert.deepEqual(LINK.read(`${initial}&sweep=up`).lost, ["which digit is swept"]);
  const { store, actions } = makePage();
  actions.sweepLayer(0);
  actions.decodeAtLength("full");
  assert.deepEqual(new URLSearchParams(LINK.write(store.get())).get("sweep"), "a-right");
  assert.deepEqual(new URLSearchParams(LINK.write(store.get())).get("absent"), "full");
  actions.sweepLayer(1);
  actions.decodeAtLength("own");
  assert.doesNotMatch(LINK.write(store.get()), /sweep|absent/);
});
