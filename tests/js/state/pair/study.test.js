/** What was measured over pairs: asked once for each model that has it, and told where it does not come. */
/** @import { Model, OverlapStudy, Trace } from "../../../../static/js/capsules/types.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../../static/js/shell/errors.js";
import { createStore } from "../../../../static/js/shell/store.js";
import * as network from "../../../../static/js/state/trace/network.js";
import * as study from "../../../../static/js/state/pair/study.js";
import * as traces from "../../../../static/js/state/trace/traces.js";
import * as troubles from "../../../../static/js/state/trace/troubles.js";
import { PAPER_CARD } from "../../cards.js";

const [FIRST, SECOND, BARE] = [
  { ...PAPER_CARD, name: "first", measured: /** @type {Model["measured"]} */ (["overlap"]) },
  { ...PAPER_CARD, name: "second", measured: /** @type {Model["measured"]} */ (["overlap"]) },
  { ...PAPER_CARD, name: "bare", measured: [] },
];
const traceOf = (/** @type {Model} */ { name }) => /** @type {Trace} */ ({ model: name });

/** @param {(options: {model: string}) => Promise<OverlapStudy>} fetchOverlapStudy */
function pageWith(fetchOverlapStudy) {
  /** @type {Parameters<typeof network.cardOf>[0]} */
  const known = { ...network.initial, task: "pair", models: [FIRST, SECOND, BARE] };
  const initial = { ...study.initial, ...known, ...traces.initial, ...troubles.initial };
  const store = createStore(initial, { schedule: queueMicrotask });
  return { store, actions: study.actions(store, { fetchOverlapStudy }) };
}

const studyOf = (/** @type {string} */ model) => /** @type {OverlapStudy} */ ({ model });

test("it is asked for once for each model that has one", async () => {
  /** @type {string[]} */
  const asked = [];
  const { store, actions } = pageWith(async ({ model }) => (asked.push(model), studyOf(model)));
  await actions.needOverlapStudy(); // there is no pair yet
  store.set({ trace: traceOf(FIRST) });
  await Promise.all([actions.needOverlapStudy(), actions.needOverlapStudy()]);
  await actions.needOverlapStudy();
  assert.deepEqual(asked, ["first"]);
  assert.equal(study.overlapStudyNow(store.get())?.model, "first");
  store.set({ trace: traceOf(BARE) });
  await actions.needOverlapStudy();
  assert.deepEqual(asked, ["first"]);
  assert.equal(study.overlapStudyNow(store.get()), null, "no other network's");
  store.set({ trace: traceOf(SECOND) });
  assert.equal(study.overlapStudyNow(store.get()), null);
  await actions.needOverlapStudy();
  assert.equal(study.overlapStudyNow(store.get())?.model, "second");
});

test("a refusal is told where it would stand", async () => {
  const { store, actions } = pageWith(async () => {
    throw new ApiError("internal", "the server stumbled", 500);
  });
  store.set({ trace: traceOf(FIRST) });
  assert.equal(await actions.needOverlapStudy(), 0);
  assert.equal(troubles.troubleOf(store.get(), "overlap"), "the server stumbled");
});
