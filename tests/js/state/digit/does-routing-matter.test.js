/** Whether routing matters: the study of a network, and one drawing with each way to couple. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readingsNow, routingsNow, spreadsOf } from "../../../../static/js/state/digit/does-routing-matter.js";
import { OfflineError } from "../../../../static/js/shell/errors.js";
import { makeActions, settled } from "./page.js";
import { ROUTINGS } from "./services.js";
import { MODEL } from "./traces.js";

test("the study is asked for once, where there is one, and again where it did not come", async () => {
  let asked = 0;
  const { store, actions } = makeActions({
    fetchRoutingStudy: async () => (asked++ ? ROUTINGS : Promise.reject(new OfflineError())),
  });
  actions.look({ kind: "digit", index: 1 });
  await settled();
  store.set({ models: [{ ...MODEL, measured: ["iterations"] }] });
  await actions.needRoutings();
  assert.equal(asked, 0);
  store.set({ models: [MODEL] });
  await actions.needRoutings();
  assert.equal(routingsNow(store.get()), null);
  for (let k = 0; k < 3; k++) await actions.needRoutings();
  assert.equal(asked, 2);
  assert.equal(routingsNow(store.get()), ROUTINGS);
});

test("a drawing is read once with each way to couple, whatever is edited on the page", async () => {
  /** @type {unknown[]} */
  const asked = [];
  const { store, actions } = makeActions({
    fetchRoutingStudy: async () => ROUTINGS,
    fetchLengths: async (_drawing, { iterations, interventions }) => {
      asked.push([iterations, interventions?.random ?? null, interventions?.types ?? []]);
      return new Float32Array(10 * iterations).fill(interventions?.random?.spread ?? 0.3);
    },
  });
  await actions.needReadings(); // nothing is known yet
  actions.look({ kind: "digit", index: 1 });
  await settled();
  await actions.needRoutings();
  await Promise.all([actions.needReadings(), actions.needReadings()]);
  assert.deepEqual(spreadsOf(ROUTINGS), [0.1, 1]);
  const ways = [
    [3, null, []],
    [1, { seed: 1, spread: 0.1 }, []],
    [1, { seed: 1, spread: 1 }, []],
  ];
  assert.deepEqual(asked, ways);
  const readings = readingsNow(store.get());
  assert.deepEqual([readings?.routed.length, readings?.random.size], [30, 2]);
  const first = (/** @type {number} */ spread) => readings?.random.get(spread)?.[0];
  assert.deepEqual([first(0.1), first(1)], [Math.fround(0.1), 1]);
  actions.tamper({ types: [3] });
  await settled();
  await actions.needReadings();
  assert.equal(asked.length, 3, "an edit changes none of it");
  actions.look({ kind: "digit", index: 2 });
  await settled();
  assert.equal(readingsNow(store.get()), null);
  await actions.needReadings();
  assert.deepEqual(asked.slice(3), ways);
});

test("an older drawing's readings never replace a newer one's", async () => {
  /** @type {((lengths: Float32Array) => void)[]} */
  const answers = [];
  const { store, actions } = makeActions({
    fetchRoutingStudy: async () => ({ ...ROUTINGS, random: [] }),
    fetchLengths: () => new Promise((answer) => answers.push(answer)),
  });
  for (const index of [1, 2]) {
    actions.look({ kind: "digit", index });
    await settled();
    await actions.needRoutings();
    actions.needReadings();
    await settled();
  }
  answers[1](new Float32Array([0.2]));
  answers[0](new Float32Array([0.1]));
  await settled();
  assert.deepEqual([...(readingsNow(store.get())?.routed ?? [])], [Math.fround(0.2)]);
});
