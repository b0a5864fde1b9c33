/** Turning the dials. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { originOfWalk } from "../../../../static/js/state/digit/kept.js";
import { foundReconstruction } from "../../../../static/js/state/digit/decoding.js";
import { offsetOf } from "../../../../static/js/state/digit/dials.js";
import { makeActions, settled, trace } from "./page.js";
import { MODEL } from "./traces.js";

test("the dials take a whole pose of a class, to the thousandth", async () => {
  const measured = /** @type {number[]} */ ([]);
  const { store, actions, dialled } = makeActions({
    fetchDimensions: async ({ model, label }) => {
      measured.push(label);
      const length = { mean: 0, deviation: 0 };
      return { model, label, digits: 0, swept: 0, length, reach: 2, offsets: [], dimensions: [] };
    },
  });
  store.set({ models: [MODEL] });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.turnDial(1, 0.2);
  const walking = await actions.walking();
  const found = trace.class_capsules.subarray((2 * 10 + 3) * 16, (2 * 10 + 4) * 16);
  const pose = found.map((number, d) => number + (d === 0 ? 0.9 : 0.1014));
  store.set({
    walk: {
      of: originOfWalk(store.get()),
      looks: [],
      label: 3,
      poses: Array(41).fill(pose),
      pictures: null,
      mean: null,
    },
  });
  walking.dialWalk();
  assert.deepEqual(store.get().offsets, [0.9, ...Array(15).fill(0.101)]);
  assert.equal(store.get().selectedClass, 3);
  assert.equal(dialled.at(-1)?.label, 3);
  assert.equal(measured.at(-1), 3, "with the ranges and names of the class");
  assert.equal(foundReconstruction(store.get()), null, "that of the class before is forgotten");
  actions.undoDials();
  assert.deepEqual(
    [offsetOf(store.get(), 0), offsetOf(store.get(), 1), store.get().dialHistory.length],
    [0, 0, 0],
    "nothing is taken back from the class before",
  );
});

test("turned dials stay with the class and the network that they were turned of", async () => {
  let answer = trace;
  const { store, actions } = makeActions({ fetchTrace: async () => answer });
  const other = { ...trace, label: 3 };
  actions.look({ kind: "digit", index: 5 });
  await settled();
  /** @param {typeof trace} next @returns the dial after the next answer */
  async function after(next) {
    actions.turnDial(4, 0.2);
    answer = next;
    actions.setIterations(store.get().iterations + 1);
    await settled();
    return [offsetOf(store.get(), 4), store.get().dialHistory.length > 0];
  }
  assert.deepEqual(await after({ ...trace }), [0.2, true]);
  assert.deepEqual(await after(other), [0, false], "another class is predicted");
  assert.deepEqual(await after({ ...other, model: "another" }), [0, false], "another network has other dials");
  actions.selectClass(8);
  assert.deepEqual(
    await after({ ...trace, model: "another" }),
    [0.2, true],
    "the class was chosen, whatever is predicted",
  );
});

test("a new drawing sets the dials back", async () => {
  const { store, actions } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.turnDial(4, 0.2);
  actions.look({ kind: "digit", index: 6 });
  await settled();
  assert.ok(store.get().offsets.every((offset) => offset === 0));
});

test("a turned dial sends its pose to the network of the trace, and shows what comes back", async () => {
  const { store, actions, dialled, answerDial } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  assert.equal(store.get().reconstruction, trace.reconstruction);
  actions.turnDial(2, 9);
  const [{ pose, label, model }] = dialled;
  const found = trace.class_capsules[(2 * 10 + trace.label) * 16 + 2];
  assert.ok(Math.abs(pose[2] - found - 2) < 1e-6, "no number of a pose is moved by more than 2");
  assert.deepEqual([label, model], [trace.label, "mnist"]);
  const drawn = new Float32Array(784);
  answerDial(drawn);
  assert.equal(store.get().reconstruction, drawn);
  actions.resetDials();
  assert.equal(store.get().reconstruction, trace.reconstruction);
});

test("another class shows its own reconstruction; the predicted one is followed again", async () => {
  const { store, actions, dialled } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.selectClass(3);
  assert.deepEqual([store.get().selectedClass, dialled.at(-1)?.label], [3, 3]);
  actions.selectClass(trace.label);
  assert.equal(store.get().selectedClass, null);
});
