/** The kernels of Conv1: asked for once, when a map is pointed at. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { kernelsNow } from "../../../../static/js/state/trace/kernels.js";
import { troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { ApiError, OfflineError } from "../../../../static/js/shell/errors.js";
import { makePage, settled } from "../digit/page.js";
import { makeTrace } from "../digit/traces.js";

const { trace } = makeTrace();

test("they are asked for once for each model, and are of the network on the page alone", async () => {
  /** @type {string[]} */
  const asked = [];
  const found = Float32Array.of(1, 2);
  const { store, actions } = makePage({
    fetchTrace: async () => ({ ...trace }),
    fetchKernels: async ({ model }) => (asked.push(model), found),
  });
  actions.hoverMap(3); // there is no network yet
  actions.look({ kind: "digit", index: 5 });
  await settled();
  for (const map of [1, 2, null, 3]) actions.hoverMap(map);
  await settled();
  actions.hoverMap(4);
  await settled();
  assert.deepEqual(asked, [trace.model]);
  assert.equal(kernelsNow(store.get()), found);
  assert.equal(kernelsNow({ ...store.get(), kernels: { model: "another", kernels: found } }), null);
});

test("where they do not come the page says why, if it is for good, and asks with the next map", async () => {
  const found = Float32Array.of(1, 2);
  const answers = [
    () => Promise.reject(new ApiError("internal", "the network stumbled", 500)),
    () => Promise.reject(new OfflineError()),
    () => Promise.resolve(found),
  ];
  const { store, actions } = makePage({
    fetchTrace: async () => ({ ...trace }),
    fetchKernels: () => /** @type {() => Promise<Float32Array>} */ (answers.shift())(),
  });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  /** @type {[string, Float32Array | null][]} */
  const seen = [];
  for (const map of [1, 2, 3]) {
    actions.hoverMap(map);
    await settled();
    seen.push([troubleOf(store.get(), "kernels"), kernelsNow(store.get())]);
  }
  assert.deepEqual(seen, [
    ["the network stumbled", null],
    ["", null], // it may yet come
    ["", found],
  ]);
  assert.equal(answers.length, 0);
});

test("a failure of another network's kernels is not told", async () => {
  /** @type {(error: Error) => void} */
  let fail = () => {};
  const { store, actions } = makePage({
    fetchTrace: async () => ({ ...trace }),
    fetchKernels: () => new Promise((_, reject) => (fail = reject)),
  });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.hoverMap(1);
  await settled();
  store.set({ trace: { ...trace, model: "another" } });
  fail(new ApiError("internal", "the network stumbled", 500));
  await settled();
  assert.equal(troubleOf(store.get(), "kernels"), "");
});
