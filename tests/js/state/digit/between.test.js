import assert from "node:assert/strict";
import { test } from "node:test";
import { OfflineError } from "../../../../static/js/shell/errors.js";
import { NO_INTERVENTIONS } from "../../../../static/js/capsules/interventions.js";
import { packInterventions } from "../../../../static/js/capsules/packing.js";
import { STEPS } from "../../../../static/js/capsules/poses.js";
import { betweenActions } from "../../../../static/js/state/digit/between.js";
import { looksNow, slotsOf, walkNow } from "../../../../static/js/state/digit/kept.js";
import { storeOf } from "./page.js";
import { GEOMETRY, MODEL, makeTrace } from "./traces.js";
/** @import { Look } from "../../../../static/js/capsules/types.js" */
/** @import { State } from "../../../../static/js/state/digit/subject.js" */

const { trace } = makeTrace();
const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** A digit's sixteen numbers are its index, and it is read as `label`. @param {number} index @param {number} [label] */
const lookOf = (index, label = trace.label) => ({
  geometry: GEOMETRY,
  label,
  image: new Float32Array(784).fill(index / 100),
  class_capsules: Float32Array.from({ length: 160 }, (_, k) =>
    Math.floor(k / 16) === trace.label ? Math.cos(index + k) : 0.5,
  ),
});

/** @param {Partial<import("../../../../static/js/state/digit/walking.js").WalkServices>} [services] */
function makeBetween(services = {}) {
  const store = storeOf({ source: { kind: "digit", index: 1 }, trace, models: [MODEL], model: MODEL.name });
  /** @type {{poses: ArrayLike<number>[], label: number}[]} */
  const drawn = [];
  /** @type {number[]} */
  const looked = [];
  let dials = 0;
  const actions = betweenActions(
    store,
    {
      drawingOf: async (_geometry, source) => [[source.kind === "digit" ? source.index : -1]],
      fetchLook: async (drawing) => {
        const index = /** @type {number[][]} */ (drawing)[0][0];
        looked.push(index);
        return lookOf(index, index >= 50 ? 9 : trace.label);
      },
      fetchDigits: async ({ label = 0, page = 0 }) => ({
        digits: Array.from({ length: 12 }, (_, k) => ({
          index: 12 * page + k,
          label,
          predicted: label,
          thumbnail: "",
        })),
        page,
        pages: 3,
        count: 36,
      }),
      fetchReconstructions: async (poses, { label }) => {
        drawn.push({ poses, label });
        return Float32Array.from({ length: poses.length * 784 }, (_, k) => Math.floor(k / 784));
      },
      ...services,
    },
    () => void dials++,
  );
  return { store, actions, drawn, looked, dialled: () => dials };
}

test("a suggested digit that was chosen as an end stays one when another is kept", async () => {
  const { store, actions } = makeBetween();
  actions.needWalk();
  await settled();
  const suggested = slotsOf(store.get())[1].source;
  actions.setEnd(0, 1);
  assert.deepEqual(slotsOf(store.get())[store.get().ends[0]].source, suggested);
  actions.toggleDigit(9);
  const { ends } = store.get();
  assert.notEqual(ends[0], ends[1]);
  assert.deepEqual(
    ends.map((end) => slotsOf(store.get())[end].source),
    [suggested, { kind: "digit", index: 9 }],
  );
});

test("one request draws the whole walk and the mean pose", async () => {
  const { store, actions, drawn } = makeBetween();
  actions.toggleDigit(3);
  actions.needWalk();
  await settled();
  const { walk } = store.get();
  assert.ok(walk?.pictures && walk.mean);
  assert.equal(drawn.length, 1);
  assert.deepEqual([drawn[0].poses.length, drawn[0].label], [STEPS + 2, trace.label]);
  const pose = lookOf(3).class_capsules.subarray(16 * trace.label, 16 * trace.label + 16);
  assert.deepEqual(walk.poses[STEPS], pose);
  const own = trace.class_capsules.subarray(160 * 2 + 16 * trace.label, 160 * 2 + 16 * trace.label + 16);
  assert.deepEqual(walk.poses[0], own);
  Array.from(drawn[0].poses[STEPS + 1]).forEach((number, d) =>
    assert.ok(Math.abs(number - (own[d] + pose[d]) / 2) < 1e-6),
  );
  assert.deepEqual([walk.pictures.length, walk.mean.count, walk.mean.picture[0]], [(STEPS + 1) * 784, 2, STEPS + 1]);
  assert.ok(Math.abs(walk.mean.image[0] - (0.5 + 0.03) / 2) < 1e-6);
});

test("while nothing is kept, the farthest of the first test digits is suggested, and stays", async () => {
  const { store, actions, looked } = makeBetween();
  actions.needWalk();
  await settled();
  const { shelf } = store.get();
  assert.ok(shelf && shelf.suggested !== null && shelf.suggested !== 1);
  assert.deepEqual(slotsOf(store.get())[1].source, { kind: "digit", index: shelf.suggested });
  const before = looked.length;
  actions.turnShelf(1);
  actions.needWalk();
  await settled();
  assert.deepEqual([store.get().shelf?.page, store.get().shelf?.suggested], [1, shelf.suggested]);
  assert.equal(looked.length, before); // each digit is asked for once
});

test("poses of different classes are not mixed, unless one class is asked of both", async () => {
  const { store, actions, drawn } = makeBetween();
  actions.toggleDigit(60);
  actions.needWalk();
  await settled();
  assert.deepEqual(store.get().walk?.poses, []);
  assert.equal(store.get().walk?.mean?.count, 1);
  actions.walkAsClass(9);
  actions.needWalk();
  await settled();
  assert.equal(store.get().walk?.poses.length, STEPS + 1);
  assert.equal(drawn.at(-1)?.label, 9);
  assert.deepEqual([...(store.get().walk?.poses[STEPS] ?? [])], Array(16).fill(0.5));
});

test("the kept drawings are routed as that on the pad is: tampered with, where it is", async () => {
  /** @type {(string | undefined)[]} */
  const routed = [];
  const { store, actions } = makeBetween({
    fetchLook: async (_drawing, { interventions }) => {
      routed.push(interventions && packInterventions(interventions));
      return lookOf(3);
    },
  });
  const uniform = { ...NO_INTERVENTIONS, uniform: true };
  const silenced = { ...NO_INTERVENTIONS, types: [4] };
  actions.toggleDigit(3);
  store.set({ shelf: { digits: [], label: trace.label, model: trace.model, page: 0, pages: 1, suggested: null } });
  /** @param {Partial<State>} patch */
  async function walkWith(patch) {
    store.set(patch);
    actions.needWalk();
    await settled();
  }
  await walkWith({});
  await walkWith({ interventions: uniform, trace: { ...trace, interventions: uniform } });
  await walkWith({ interventions: silenced, trace: { ...trace, interventions: silenced } });
  await walkWith({ interventions: NO_INTERVENTIONS, trace }); // known from the first time
  // and so with an empty pad
  await walkWith({ interventions: uniform, trace: null, model: trace.model, walkAs: trace.label });
  assert.deepEqual(routed, [undefined, "u1", "t4"]);
});

test("of many looks the last are held, and nothing but them of the answers that they came in", async () => {
  const answer = new Float32Array(10_000);
  const { store, actions, looked } = makeBetween({
    fetchLook: async (drawing) => {
      looked.push(/** @type {number[][]} */ (drawing)[0][0]);
      return {
        geometry: GEOMETRY,
        label: trace.label,
        image: answer.subarray(0, 784),
        class_capsules: answer.subarray(9840),
      };
    },
  });
  store.set({ shelf: { digits: [], label: trace.label, model: trace.model, page: 0, pages: 1, suggested: null } });
  for (let index = 100; index < 170; index++) {
    store.set({ kept: [{ source: { kind: "digit", index }, penWidth: 0.1 }] });
    actions.needWalk();
    await settled();
  }
  const held = /** @type {Look} */ (store.get().walk?.looks[1]);
  assert.deepEqual([held.image.buffer.byteLength, held.class_capsules.buffer.byteLength], [4 * 784, 4 * 160]);
  for (const index of [169, 106, 100]) {
    store.set({ kept: [{ source: { kind: "digit", index }, penWidth: 0.1 }] });
    actions.needWalk();
    await settled();
  }
  assert.deepEqual([looked.length, looked.at(-1)], [71, 100], "the first alone was forgotten");
});

test("a walk is that of its drawings, its network, its ends and its class, and of no other", async () => {
  const { store, actions, dialled } = makeBetween();
  actions.toggleDigit(3);
  actions.needWalk();
  await settled();
  const state = store.get();
  assert.equal(walkNow(state), state.walk);
  assert.equal(looksNow(state), state.walk?.looks);
  for (const patch of [{ trace: { ...trace } }, { trace: null }, { kept: [...state.kept] }]) {
    assert.equal(walkNow({ ...state, ...patch }), null);
    assert.deepEqual(looksNow({ ...state, ...patch }), []);
  }
  for (const patch of [{ ends: /** @type {[number, number]} */ ([1, 0]) }, { walkAs: 4 }]) {
    assert.equal(walkNow({ ...state, ...patch }), null);
    assert.equal(looksNow({ ...state, ...patch }), state.walk?.looks, "the drawings are read as they were");
  }
  store.set({ trace: null, ends: [1, 0] });
  actions.needWalk();
  await settled();
  assert.equal(walkNow(store.get()), store.get().walk);
  assert.equal(walkNow({ ...store.get(), iterations: 1 }), null, "with an empty pad the next trace's network counts");
  store.set({ kept: [], ends: [0, 1], trace: { ...trace } });
  const before = store.get().walk;
  actions.dialWalk();
  assert.deepEqual([store.get().walk, dialled()], [before, 0], "nothing is dialled to it");
});

test("drawings are kept as ends, change places, and are let go", () => {
  const { store, actions } = makeBetween();
  actions.keepDrawing(0);
  assert.deepEqual([store.get().kept.length, store.get().ends], [1, [1, 0]]);
  actions.toggleDigit(7);
  assert.deepEqual(store.get().ends, [1, 2]);
  actions.setEnd(0, 2);
  assert.deepEqual(store.get().ends, [2, 1]);
  actions.dropKept(1);
  assert.deepEqual(
    [store.get().kept.map(({ source }) => source), store.get().ends],
    [[{ kind: "digit", index: 7 }], [1, 0]],
  );
  actions.toggleDigit(7);
  assert.deepEqual([store.get().kept, store.get().ends], [[], [0, 1]]);
});

test("no more than eight are kept", async () => {
  const { store, actions } = makeBetween();
  actions.needWalk();
  await settled();
  actions.fillKept();
  const indices = store.get().kept.map(({ source }) => source.kind === "digit" && source.index);
  assert.equal(indices[0], store.get().shelf?.suggested);
  assert.deepEqual([...indices].sort(), [0, 2, 3, 4, 5, 6, 7, 8]); // 1 is on the pad
  actions.toggleDigit(11);
  actions.keepDrawing(1);
  assert.equal(store.get().kept.length, 8);
});

test("without a server it says so, and the next answer takes it back", async () => {
  let gone = true;
  const { store, actions } = makeBetween({
    fetchReconstructions: async () => (gone ? Promise.reject(new OfflineError()) : new Float32Array(42 * 784)),
  });
  assert.ok(await actions.needWalk(), "it is to be asked for again");
  assert.match(store.get().walkTrouble, /does not answer/);
  gone = false;
  assert.equal(await actions.needWalk(), 0);
  assert.equal(store.get().walkTrouble, "");
  assert.ok(store.get().walk);
});
