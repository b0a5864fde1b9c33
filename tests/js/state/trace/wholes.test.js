/** Votes as pictures: what is asked for, and how parts are added. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sumAt, wholeLabels, wholesNow } from "../../../../static/js/state/trace/wholes.js";
import { LINK, makePage, settled } from "../digit/page.js";
import { WHOLES } from "../digit/services.js";
import { makeTrace } from "../digit/traces.js";
/** @import { Services, State } from "../../../../static/js/state/digit/subject.js" */

const { trace } = makeTrace();

/** A page that has read a digit. @param {Partial<Services>} [services] @param {Partial<State>} [patch] */
async function reading(services, patch) {
  const page = makePage({ fetchTrace: async () => ({ ...trace }), ...services }, patch);
  page.actions.look({ kind: "digit", index: 5 });
  await settled();
  return page;
}

test("the shown sum is the last that has no more parts than asked for", () => {
  const { counts } = WHOLES;
  assert.equal(sumAt(counts, null), counts.length - 1);
  for (const [k, count] of counts.entries()) assert.equal(sumAt(counts, count), k);
  assert.equal(sumAt(counts, 4), 2);
  assert.equal(sumAt(counts, 0), 0);
  assert.equal(sumAt(counts, 1e6), counts.length - 1);
});

test("two classes are compared: the shown one, and the longest other one or the one that is chosen", async () => {
  const { store, actions } = await reading();
  const [first, second] = wholeLabels(store.get()) ?? assert.fail("there is a trace");
  assert.equal(first, trace.label);
  assert.notEqual(second, first);
  actions.compareWith(0);
  assert.deepEqual(wholeLabels(store.get()), [first, 0]);
  actions.selectClass(0); // a class is not compared with itself
  assert.deepEqual(wholeLabels(store.get()), [0, first]);
  assert.equal(wholeLabels(makePage().store.get()), null);
});

test("one question is for both classes and one iteration, and until it is answered the last answer stays", async () => {
  /** @type {{labels: string, at: number}[]} */
  const asked = [];
  const { store, actions } = await reading({
    fetchWholes: async (_drawing, { labels, at }) => (asked.push({ labels, at }), { ...WHOLES, at }),
  });
  await actions.needWholes();
  await actions.needWholes();
  const labels = String(wholeLabels(store.get()));
  assert.deepEqual(asked, [{ labels, at: trace.iterations }]);
  actions.scrub(1);
  assert.equal(wholesNow(store.get())?.at, trace.iterations, "those of the last iteration, meanwhile");
  await actions.needWholes();
  assert.deepEqual(asked[1], { labels, at: 1 });
  assert.equal(wholesNow(store.get())?.at, 1);
  actions.compareWith(0);
  assert.equal(wholesNow(store.get()), null, "of other classes nothing is known");
});

/**
 * How many parts are added, frame by frame.
 * @param {boolean} still
 * @param {number} apart milliseconds between two frames
 */
async function play(still, apart) {
  /** @type {((now: number) => void)[]} */
  const frames = [];
  const { store, actions } = await reading({
    clock: { requestFrame: (tick) => frames.push(tick), still: () => still },
  });
  await actions.needWholes();
  actions.toggleAdding();
  const shown = [store.get().addedParts];
  for (let now = 0; frames.length && now < 100 * apart; now += apart) {
    frames.splice(0).forEach((tick) => tick(now));
    if (store.get().addedParts !== shown.at(-1)) shown.push(store.get().addedParts);
  }
  return { shown, state: store.get(), frames, actions };
}

test("parts are added one sum after the other, and it ends with all of them", async () => {
  const { shown, state } = await play(false, 250);
  assert.deepEqual(shown, [1, 2, 3, 5, 10, 15, null]);
  assert.equal(state.adding, false);
});

test("with reduced motion there are fewer steps", async () => {
  const { shown } = await play(true, 1100);
  assert.deepEqual(shown, [1, 2, 5, 10, null]);
});

test("a hand on the slider ends the adding, and so does clearing the pad", async () => {
  const { store, actions } = await reading();
  await actions.needWholes();
  actions.toggleAdding();
  assert.equal(store.get().adding, true);
  actions.addParts(3);
  assert.deepEqual([store.get().adding, store.get().addedParts], [false, 3]);
  actions.toggleAdding();
  actions.clear();
  assert.equal(store.get().adding, false);
  actions.toggleAdding(); // nothing to add
  assert.equal(store.get().adding, false);
});

test("the link holds the compared class and the number of parts, but not while they are being added", () => {
  const { patch, lost } = LINK.read("#against=0&added=12");
  assert.deepEqual([patch.againstClass, patch.addedParts, lost], [0, 12, []]);
  const { store } = makePage({}, { againstClass: 4, addedParts: 20 });
  assert.match(LINK.write(store.get()), /against=4&added=20/);
  assert.doesNotMatch(LINK.write({ ...store.get(), adding: true }), /added/);
  assert.deepEqual(LINK.read("#against=x&added=0").lost, ["the class that is compared", "how many parts are added"]);
});
