/** What is fetched beside a trace: when it is asked for, and that it goes with its trace. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, BusyError } from "../../../../static/js/shell/errors.js";
import { partOf } from "../../../../static/js/state/trace/parts.js";
import { troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { MASKS } from "../../../../static/js/state/trace/masks.js";
import { PLANES } from "../../../../static/js/state/trace/planes.js";
import { makePage, settled } from "../digit/page.js";
import { makeServices } from "../digit/services.js";
import { makeTrace } from "../digit/traces.js";
/** @import { Services } from "../../../../static/js/state/digit/subject.js" */

const { trace } = makeTrace();
const masks = await makeServices().fetchMasks([[0]], { ...trace });

/** A page that has read a digit. @param {Partial<Services>} services */
async function reading(services) {
  const page = makePage({ fetchTrace: async () => ({ ...trace }), ...services });
  page.actions.look({ kind: "digit", index: 5 });
  await settled();
  return page;
}

test("whoever asks while a part is under way is told, too, that it is to be asked for again", async () => {
  /** @type {((error: Error) => void)[]} */
  const failures = [];
  const { store, actions } = await reading({
    fetchMasks: () => new Promise((_resolve, reject) => failures.push(reject)),
  });
  const first = actions.needMasks();
  const second = actions.needMasks(); // as a figure does whose watched value changed meanwhile
  await settled();
  assert.equal(failures.length, 1);
  failures[0](new BusyError(undefined, { waitMs: 1000 }));
  for (const againIn of await Promise.all([first, second])) assert.ok(againIn >= 1000 && againIn <= 1250);
  assert.equal(troubleOf(store.get(), "masks"), "", "nothing is told of what may yet come");
  actions.needMasks();
  await settled();
  assert.equal(failures.length, 2, "and then it is asked for");
});

test("a part that is there is not asked for again; with a new trace it is another's", async () => {
  let asked = 0;
  const { store, actions } = await reading({ fetchMasks: async () => (asked++, masks) });
  await actions.needMasks();
  await actions.needMasks();
  assert.deepEqual([asked, partOf(store.get(), MASKS)], [1, masks]);
  actions.setIterations(5);
  await settled();
  assert.equal(partOf(store.get(), MASKS), null);
  await actions.needMasks();
  assert.equal(asked, 2);
});

test("a part that comes after its trace has gone is dropped, and so is its failure", async () => {
  /** @type {{resolve: (found: typeof masks) => void, reject: (error: Error) => void}[]} */
  const answers = [];
  const { store, actions } = await reading({
    fetchMasks: () => new Promise((resolve, reject) => answers.push({ resolve, reject })),
  });
  const one = actions.needMasks();
  actions.look({ kind: "digit", index: 6 });
  await settled();
  const other = actions.needMasks();
  actions.clear();
  answers[0].resolve(masks);
  answers[1].reject(new ApiError("internal", "the network stumbled", 500));
  assert.deepEqual(await Promise.all([one, other]), [0, 0]);
  assert.deepEqual([partOf(store.get(), MASKS), troubleOf(store.get(), "masks")], [null, ""]);
});

test("a part that was refused is told until it is asked for again", async () => {
  let refused = true;
  const { store, actions } = await reading({
    async fetchPlanes() {
      if (refused) throw new ApiError("internal", "the network stumbled", 500);
      return /** @type {any} */ ({});
    },
  });
  assert.equal(await actions.needPlanes(), 0);
  assert.equal(troubleOf(store.get(), "planes"), "the network stumbled");
  refused = false;
  await actions.needPlanes();
  assert.equal(troubleOf(store.get(), "planes"), "");
  assert.ok(partOf(store.get(), PLANES));
});

test("clearing the pad takes all that hung on the drawing", async () => {
  const { store, actions } = await reading({});
  actions.setSweepReach("paper");
  const walking = await actions.walking();
  walking.needWalk();
  await Promise.all([actions.needMasks(), actions.needPlanes(), actions.needVotes(), actions.needPerturbations()]);
  await actions.needIterations();
  actions.hoverCell({ dimension: 3, column: 2 });
  await settled();
  assert.equal(Object.keys(store.get().parts.found).length, 4);
  actions.clear();
  const { parts, troubles, walk, tenIterations, hoveredCell, reconstruction, untouched } = store.get();
  assert.deepEqual([parts, troubles], [{ of: null, drawing: null, found: {} }, {}]);
  assert.deepEqual([walk, tenIterations, hoveredCell, reconstruction, untouched], Array(5).fill(null));
});

test("a refusal of one class is not told of another whose part is there", async () => {
  const planes = await makeServices().fetchPlanes([[0]], { ...trace, labels: "0,1" });
  const { store, actions } = await reading({
    fetchPlanes: async (_drawing, { labels }) => {
      if (labels.endsWith("9")) throw new ApiError("invalid", "Not this one.", 422);
      return planes;
    },
  });
  actions.showPlane(1, 1);
  await actions.needPlanes();
  actions.showPlane(1, 9);
  await actions.needPlanes();
  assert.equal(troubleOf(store.get(), "planes"), "Not this one.");
  actions.showPlane(1, 1);
  await actions.needPlanes();
  assert.equal(troubleOf(store.get(), "planes"), "");
  assert.equal(partOf(store.get(), PLANES), planes);
});
