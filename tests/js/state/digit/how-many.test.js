/** One to ten iterations: of a drawing, and over the test digits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OfflineError } from "../../../../static/js/shell/errors.js";
import { tenNow } from "../../../../static/js/state/digit/how-many.js";
import { makeActions, settled } from "./page.js";
import { TEN, makeServices } from "./services.js";
import { MODEL } from "./traces.js";

test("the ten routings of a drawing are asked for once, and again for another drawing or model", async () => {
  const asked = /** @type {string[]} */ ([]);
  const { store, actions } = makeActions({
    fetchIterations: async (_drawing, { model }) => {
      asked.push(model);
      return TEN;
    },
  });
  await actions.needIterations(); // nothing is drawn
  assert.deepEqual(asked, []);
  actions.look({ kind: "digit", index: 1 });
  await settled();
  await Promise.all([actions.needIterations(), actions.needIterations()]);
  actions.setIterations(5);
  await settled();
  await actions.needIterations();
  assert.deepEqual(asked, ["mnist"]);
  assert.equal(store.get().tenIterations?.of.source, store.get().source);
  actions.look({ kind: "digit", index: 2 });
  await settled();
  assert.notEqual(store.get().tenIterations?.of.source, store.get().source);
  await actions.needIterations();
  assert.equal(asked.length, 2);
});

test("the ten routings of a drawing are asked for again where they were let go, and are those of nothing else", async () => {
  let asked = 0;
  const { store, actions } = makeActions({ fetchIterations: async () => (asked++, TEN) });
  actions.look({ kind: "digit", index: 1 });
  await settled();
  await actions.needIterations();
  assert.equal(tenNow(store.get()), store.get().tenIterations);
  store.set({ tenIterations: null }); // as a link does that is opened
  await actions.needIterations();
  assert.equal(asked, 2);
  assert.ok(tenNow(store.get()));
  const { trace: read } = store.get();
  assert.equal(
    tenNow({ ...store.get(), source: { kind: "digit", index: 1 } }),
    null,
    "another drawing, though it look alike",
  );
  assert.equal(tenNow({ ...store.get(), trace: read && { ...read, model: "another" } }), null);
  assert.equal(tenNow({ ...store.get(), trace: null }), null);
});

test("an older drawing's ten routings never replace a newer one's", async () => {
  /** @type {((found: typeof TEN) => void)[]} */
  const answers = [];
  const { store, actions } = makeActions({ fetchIterations: () => new Promise((answer) => answers.push(answer)) });
  for (const index of [1, 2]) {
    actions.look({ kind: "digit", index });
    await settled();
    actions.needIterations();
    await settled();
  }
  answers[1]({ ...TEN, lengths: new Float32Array([2]) });
  answers[0]({ ...TEN, lengths: new Float32Array([1]) });
  await settled();
  assert.deepEqual([...(store.get().tenIterations?.lengths ?? [])], [2]);
});

test("a failed question for the ten routings is asked again", async () => {
  let fails = true;
  const { store, actions } = makeActions({
    fetchIterations: async () => {
      if (fails) throw new OfflineError("gone");
      return TEN;
    },
  });
  actions.look({ kind: "digit", index: 1 });
  await settled();
  await actions.needIterations();
  assert.equal(store.get().tenIterations, null);
  fails = false;
  await actions.needIterations();
  assert.ok(store.get().tenIterations);
});

test("a model's study is asked for once, where there is one, and again where it did not come", async () => {
  const study = await makeServices().fetchIterationStudy({ model: "mnist" });
  let asked = 0;
  const { store, actions } = makeActions({
    fetchIterationStudy: async () => (asked++ ? study : Promise.reject(new OfflineError())),
  });
  actions.look({ kind: "digit", index: 1 });
  await settled();
  store.set({ models: [{ ...MODEL, measured: ["dimensions"] }] });
  await actions.needStudy();
  assert.equal(asked, 0);
  store.set({ models: [MODEL] });
  await actions.needStudy();
  assert.equal(store.get().study, null);
  for (let k = 0; k < 3; k++) await actions.needStudy();
  assert.equal(asked, 2);
  assert.deepEqual(store.get().study, study);
});
