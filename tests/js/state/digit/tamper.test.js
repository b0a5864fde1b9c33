import assert from "node:assert/strict";
import { test } from "node:test";
import { contributions, lengthAt } from "../../../../static/js/capsules/contributions.js";
import { NO_INTERVENTIONS, isTampered } from "../../../../static/js/capsules/interventions.js";
import { presetsOf } from "../../../../static/js/state/trace/presets.js";
import { runnerUp } from "../../../../static/js/state/trace/measures.js";
import { partOf } from "../../../../static/js/state/trace/parts.js";
import { actions as tamperingActions } from "../../../../static/js/state/trace/tamper.js";
import { VOTES } from "../../../../static/js/state/trace/votes.js";
import { makePage, settled, storeOf } from "./page.js";
import { makeTrace } from "./traces.js";
/** @import { Interventions } from "../../../../static/js/capsules/types.js" */

const { trace } = makeTrace();

/** Actions that count how often the trace is asked for again. */
function makeActions() {
  const store = storeOf({ trace });
  let asked = 0;
  const actions = tamperingActions(store, null, {
    lookAgain: () => void asked++,
    complain: (message) => store.set({ status: "error", message }),
  });
  return { store, actions, asked: () => asked, now: () => store.get().interventions };
}

test("what is silenced speaks again", () => {
  const { actions, asked, now } = makeActions();
  actions.toggleSilence("types", 9);
  actions.toggleSilence("types", 4);
  actions.toggleSilence("positions", 35);
  assert.deepEqual([now().types, now().positions], [[4, 9], [35]]);
  actions.toggleSilence("types", 9);
  assert.deepEqual(now().types, [4]);
  assert.equal(asked(), 4);
});

test("the last that could vote is not silenced", () => {
  const { store, actions, asked, now } = makeActions();
  actions.tamper({ types: [...Array(31).keys()] });
  actions.toggleSilence("types", 31);
  assert.equal(now().types.length, 31);
  assert.equal(asked(), 1);
  assert.equal(store.get().status, "error");
  assert.match(store.get().message, /must be left/);
});

test("a coupling gets what the others of its capsule leave of 1", () => {
  const { store, actions, now } = makeActions();
  actions.fixCoupling(5, 7, 0.7);
  actions.fixCoupling(5, 7, 0.6);
  actions.fixCoupling(5, 1, 0.9);
  actions.fixCoupling(6, 1, 0.9);
  assert.deepEqual(
    now().couplings.map(({ coupling }) => coupling),
    [0.6, 0.4, 0.9],
  );
  actions.fixCoupling(5, 7, null);
  assert.deepEqual(
    now().couplings.map(({ label }) => label),
    [1, 1],
  );
  for (let label = 0; label < 10; label++) actions.fixCoupling(8, label, 0.01);
  assert.equal(now().couplings.filter(({ capsule }) => capsule === 8).length, 9);
  assert.match(store.get().message, /takes what is left of 1/);
});

test("what is said of fewer capsules stands behind what is said of more", () => {
  const { actions, now } = makeActions();
  actions.beginWith(3, { type: null, capsule: 5 }, 4);
  actions.beginWith(3, { type: 2 }, -1);
  actions.beginWith(3, { type: null }, 2);
  const capsule = { label: 3, logit: 4, type: null, capsule: 5 };
  assert.deepEqual(now().logits, [{ label: 3, logit: 2, type: null }, { label: 3, logit: -1, type: 2 }, capsule]);
  actions.beginWith(3, { type: null, capsule: 5 }, 0);
  actions.beginWith(3, { type: 2 }, 0);
  assert.deepEqual(now().logits, [{ label: 3, logit: 2, type: null }]);
});

test("everything is put back at once", () => {
  const { actions, asked, now } = makeActions();
  actions.putBack();
  assert.equal(asked(), 0, "nothing is asked where nothing is changed");
  actions.tamper({ uniform: true, positions: [3] });
  actions.putBack();
  assert.ok(!isTampered(now()));
  assert.equal(asked(), 2);
});

test("couplings are held uniform or at random, never both, and let go", () => {
  const { actions, now } = makeActions();
  actions.holdCouplings("uniform");
  assert.deepEqual([now().uniform, now().random], [true, null]);
  actions.holdCouplings({ seed: 4, spread: 0.5 });
  assert.deepEqual([now().uniform, now().random], [false, { seed: 4, spread: 0.5 }]);
  actions.holdCouplings(null);
  assert.ok(!isTampered(now()));
});

test("the untouched trace stands beside the tampered one and is asked for once; both come from one drawing", async () => {
  /** @type {(Interventions | undefined)[]} */
  const asked = [];
  /** @type {(Interventions | undefined)[]} */
  const votesOf = [];
  let drawn = 0;
  const { store, actions } = makePage({
    drawingOf: async () => (drawn++, [[0]]),
    fetchTrace: async (_drawing, { interventions }) => (
      asked.push(interventions),
      { ...trace, ...(interventions && { interventions }) }
    ),
    fetchVotes: async (_drawing, { interventions }) => (votesOf.push(interventions), new Float32Array(1)),
  });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  assert.deepEqual([asked.length, store.get().untouched], [1, null]);
  await actions.needVotes();

  actions.tamper({ uniform: true });
  await settled();
  const { untouched, trace: tampered } = store.get();
  assert.deepEqual([drawn, asked.length], [1, 2]);
  assert.equal(untouched?.interventions, undefined);
  assert.equal(tampered?.interventions?.uniform, true);
  await actions.needVotes();
  assert.equal(votesOf[1]?.uniform, true);

  actions.putBack();
  await settled();
  assert.deepEqual([drawn, asked.length], [1, 2], "the untouched trace was kept");
  assert.deepEqual([store.get().untouched, partOf(store.get(), VOTES)], [null, null]);
  await actions.needVotes();
  assert.deepEqual([votesOf.length, votesOf[2], partOf(store.get(), VOTES)?.length], [3, undefined, 1]);
});

test("the presets speak with the numbers of the trace", () => {
  const [flat, few, convinced] = presetsOf(trace);
  assert.ok(flat.interventions.uniform);
  for (const iteration of [1, 3]) assert.ok(flat.text.includes(lengthAt(trace, trace.label, iteration).toFixed(2)));
  const terms = contributions(trace, trace.label, 3);
  const rest = terms.filter((_term, i) => !few.interventions.capsules.includes(i));
  assert.equal(few.interventions.capsules.length, 10);
  assert.ok(Math.min(...few.interventions.capsules.map((i) => terms[i])) >= Math.max(...rest));
  const [{ label, logit, type }] = convinced.interventions.logits;
  assert.deepEqual([label, logit, type], [runnerUp(trace, trace.label), 3, null]);
  assert.ok(label !== trace.label && convinced.text.includes("0.69"));
  assert.deepEqual(NO_INTERVENTIONS.logits, [], "what is none stays none");
});
