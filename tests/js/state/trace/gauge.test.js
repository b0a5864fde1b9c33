import assert from "node:assert/strict";
import { test } from "node:test";
import { actions as gaugeActions, fitOf } from "../../../../static/js/state/trace/gauge.js";
import { INITIAL, storeOf } from "../digit/page.js";
import { MODEL as model, makeTrace } from "../digit/traces.js";

const { trace } = makeTrace(); // its picture misses the image by 784 times 0.25²
const quantiles = Array.from({ length: 101 }, (_, k) => k);

test("the gauge of a model is asked for once, after a trace, and again where that failed", async (context) => {
  context.mock.method(console, "error", () => {});
  const store = storeOf();
  /** @type {string[]} */
  const asked = [];
  let gone = true;
  const { needGauge } = gaugeActions(store, {
    fetchGauge: async ({ model: name }) => {
      asked.push(name);
      return gone ? Promise.reject(new Error("gone")) : { model: name, quantiles };
    },
  });
  await needGauge();
  store.set({ trace });
  await needGauge();
  assert.deepEqual(asked, []); // nobody knows yet whether there is one
  store.set({ models: [model] });
  await needGauge();
  gone = false;
  await Promise.all([needGauge(), needGauge()]);
  await needGauge();
  assert.deepEqual(asked, ["mnist", "mnist"]);
  assert.equal(store.get().gauge?.model, "mnist");
});

test("a model without a gauge is not asked for it", async () => {
  const store = storeOf({ trace, models: [{ ...model, measured: ["iterations", "dimensions"] }] });
  const { needGauge } = gaugeActions(store, { fetchGauge: async () => assert.fail("asked") });
  await needGauge();
  assert.equal(store.get().gauge, null);
});

test("the fit is the rank of the winner's error", () => {
  const fit = fitOf({ ...INITIAL, trace, models: [model], gauge: { model: "mnist", quantiles } });
  assert.ok(fit);
  assert.ok(Math.abs(fit.error - 49) < 1e-6);
  assert.ok(Math.abs(fit.rank - 49) < 1e-6);
  assert.deepEqual([fit.relativeRank, fit.isBad], [fit.rank, false]);
});

test("there is no fit for another model, another number of iterations, or where there is no gauge", () => {
  const gauge = { model: "mnist", quantiles };
  assert.equal(fitOf({ ...INITIAL, trace, gauge: null }), null);
  assert.equal(fitOf({ ...INITIAL, trace, gauge: { ...gauge, model: "other" } }), null);
  assert.equal(fitOf({ ...INITIAL, trace, gauge, models: [{ ...model, routing_iterations: 1 }] }), null);
});
