/** The sum in a network for one digit: what it is asked, and when. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../../static/js/shell/errors.js";
import { fitAsOne, oneDigitCard, readAsOne } from "../../../../static/js/state/pair/one-digit.js";
import { troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { MODEL } from "../digit/traces.js";
import { ANSWER, PAIR_MODEL, PAIR_TRACE, digitLayer, makePage, settled } from "./page.js";
/** @import { Drawing } from "../../../../static/js/api/client.js" */
/** @import { Services } from "../../../../static/js/state/pair/subject.js" */

const { pixels, width } = PAIR_TRACE.geometry;

/** The sum is bright; A has ink above, and B below where it is not empty. */
const twoLayers = (hasB = true) => {
  const layers = new Float32Array(2 * pixels);
  layers.fill(0.5, 0, pixels / 2);
  if (hasB) layers.fill(1, pixels + pixels / 2);
  return { ...PAIR_TRACE, layers };
};

/** A page that has read a pair, and knows a network for one digit besides. @param {Partial<Services>} services */
async function reading(services = {}) {
  const page = makePage({ fetchTrace: async () => twoLayers(), ...services });
  page.store.set({ models: [PAIR_MODEL, { ...MODEL, name: "other" }, MODEL], defaultModel: MODEL.name });
  page.actions.lookAtPair([digitLayer(3), digitLayer(8)]);
  await settled();
  return page;
}

test("it reads the sum, and each digit alone where it lies, in its own size and with its own iterations", async () => {
  /** @type {{drawing: Drawing, asked: {model: string, iterations: number}}[]} */
  const asked = [];
  const { store, actions } = await reading({
    fetchAnswer: async (drawing, given) => (asked.push({ drawing, asked: given }), ANSWER),
  });
  assert.equal(asked.length, 0, "not before it is looked at");
  assert.equal(await actions.needOneDigit(), 0);
  const [sum, a, b] = asked.map(({ drawing }) => /** @type {number[][]} */ (drawing));
  assert.deepEqual([sum.length, sum[0].length, sum[0][0]], [width, width, 0.5]);
  assert.deepEqual([a[0][0], a[width - 1][0], b[0][0], b[width - 1][0]], [0.5, 0, 0, 1]);
  for (const { asked: given } of asked) {
    assert.deepEqual([given.model, given.iterations], [MODEL.name, MODEL.routing_iterations]);
  }
  assert.deepEqual(readAsOne(store.get())?.sum, ANSWER);
  await actions.needOneDigit();
  assert.equal(asked.length, 3, "once for each pair");
  actions.lookAtPair([digitLayer(4), digitLayer(5)]);
  await settled();
  assert.equal(readAsOne(store.get()), null, "it goes with the pair");
});

test("where one of the two is empty, the sum is the other and is asked for alone", async () => {
  let asked = 0;
  const { store, actions } = await reading({
    fetchTrace: async () => twoLayers(false),
    fetchAnswer: async () => (asked++, ANSWER),
  });
  await actions.needOneDigit();
  assert.deepEqual([asked, readAsOne(store.get())?.alone], [1, [null, null]]);
});

test("the default network is asked where it can be compared, else another, else none", async () => {
  const { store, actions } = await reading();
  const state = store.get();
  assert.equal(oneDigitCard(state)?.name, MODEL.name);
  assert.equal(oneDigitCard({ ...state, defaultModel: PAIR_MODEL.name })?.name, "other");
  const others = [PAIR_MODEL, { ...MODEL, class_names: ["boot"] }, { ...MODEL, routing_iterations: 0 }];
  assert.equal(oneDigitCard({ ...state, models: others }), null);
  assert.equal(
    oneDigitCard({ ...state, trace: null })?.name,
    MODEL.name,
    "the chosen network's classes are known, too",
  );
  store.set({ models: others });
  assert.deepEqual([await actions.needOneDigit(), await actions.needOneDigitGauge()], [0, 0]);
  assert.equal(readAsOne(store.get()), null);
});

test("the error stands among those of the test digits of that network", async () => {
  let asked = 0;
  const quantiles = Array.from({ length: 101 }, (_, k) => k);
  const { store, actions } = await reading({
    fetchGauge: async ({ model }) => ((asked += Number(model === MODEL.name)), { model, quantiles }),
  });
  assert.equal(fitAsOne(store.get(), ANSWER), null);
  await actions.needOneDigitGauge();
  await actions.needOneDigitGauge();
  assert.equal(asked, 1);
  const fit = fitAsOne(store.get(), ANSWER);
  assert.ok(fit && Math.abs(fit.rank - 7.84) < 1e-4 && fit.isBad);
  assert.equal(fitAsOne(store.get(), { ...ANSWER, model: "another" }), null);
});

test("what does not come is told", async () => {
  const { store, actions } = await reading({
    async fetchAnswer() {
      throw new ApiError("internal", "the network stumbled", 500);
    },
  });
  assert.equal(await actions.needOneDigit(), 0);
  assert.equal(troubleOf(store.get(), "one-digit"), "the network stumbled");
});
