/** The planes of the votes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, BusyError, OfflineError } from "../../../../static/js/shell/errors.js";
import { partOf } from "../../../../static/js/state/trace/parts.js";
import { PLANES as PLANES_KIND, planeLabels } from "../../../../static/js/state/trace/planes.js";
import { makeActions, settled, trace } from "../digit/page.js";
import { PLANES, TEN } from "../digit/services.js";

test("the planes are asked for once for each pair of classes, and forgotten with their trace", async () => {
  /** @type {string[]} */
  const asked = [];
  const { store, actions } = makeActions({ fetchPlanes: async (_drawing, { labels }) => (asked.push(labels), PLANES) });
  actions.showPlane(0, 7);
  actions.showPlane(1, 3);
  await actions.needPlanes();
  assert.deepEqual(asked, []); // there is nothing to ask about
  actions.look({ kind: "digit", index: 0 });
  await settled();
  await Promise.all([actions.needPlanes(), actions.needPlanes()]);
  assert.equal(partOf(store.get(), PLANES_KIND), PLANES);
  actions.showPlane(1, 4);
  assert.equal(partOf(store.get(), PLANES_KIND), null, "those of other classes are none");
  await actions.needPlanes();
  actions.showPlane(1, 3);
  assert.equal(partOf(store.get(), PLANES_KIND), PLANES, "those that were asked for before are there");
  assert.deepEqual(asked, ["7,3", "7,4"]);
  actions.clear();
  assert.equal(partOf(store.get(), PLANES_KIND), null);
});

test("a part that no server answered, or a busy one, is to be asked for again; one that was refused is not", async () => {
  /** @type {Error | null} */
  let error = null;
  const answer = async () => {
    if (error) throw error;
    return /** @type {any} */ (TEN);
  };
  const { actions } = makeActions({
    fetchMasks: answer,
    fetchPlanes: answer,
    fetchPerturbations: answer,
    fetchIterations: answer,
    fetchIterationStudy: answer,
  });
  actions.look({ kind: "digit", index: 0 });
  await settled();
  actions.setSweepReach("paper");
  const ask = () =>
    Promise.all([
      actions.needMasks(),
      actions.needPlanes(),
      actions.needPerturbations(),
      actions.needIterations(),
      actions.needStudy(),
    ]);
  for (error of [new OfflineError(), new BusyError()]) {
    assert.deepEqual((await ask()).map(Boolean), Array(5).fill(true));
  }
  error = new ApiError("wrong", "no", 422);
  assert.deepEqual(await ask(), Array(5).fill(0));
  error = null;
  assert.deepEqual(await ask(), Array(5).fill(0));
});

test("a plane shows the class that was chosen for it, else the shown class and the longest other one", () => {
  const { store, actions } = makeActions();
  store.set({ trace });
  const second = planeLabels(store.get())?.[1] ?? assert.fail("there are planes");
  assert.equal(planeLabels(store.get())?.[0], trace.label);
  const last = [...trace.lengths.slice(-10)];
  assert.equal(last[second], Math.max(...last.filter((_, label) => label !== trace.label)));
  actions.selectClass(2);
  assert.deepEqual(planeLabels(store.get()), [2, trace.label]);
  actions.showPlane(1, 5);
  assert.deepEqual(planeLabels(store.get()), [2, 5]);
  actions.showPlane(0, 5);
  actions.showPlane(1, null);
  assert.deepEqual(planeLabels(store.get()), [5, trace.label]);
});
