import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../../../static/js/shell/store.js";

/** @typedef {Record<string, unknown> & {playhead: number, threshold: number}} State */

/** A store whose frames come when the test says so. */
function storeByHand() {
  /** @type {(() => void)[]} */
  const frames = [];
  /** @type {[string, unknown][]} */
  const reported = [];
  const store = createStore(/** @type {State} */ ({ playhead: 3, threshold: 0.105 }), {
    schedule: (flush) => frames.push(flush),
    report: (...told) => reported.push(told),
  });
  return { store, reported, nextFrame: () => frames.splice(0).forEach((flush) => flush()) };
}

test("a watcher is told once a frame, however often the state changed", () => {
  const { store, nextFrame } = storeByHand();
  /** @type {number[]} */
  const seen = [];
  store.watch(
    ({ playhead }) => [playhead],
    ({ playhead }) => seen.push(playhead),
  );
  nextFrame();
  store.set({ playhead: 1 });
  store.set({ playhead: 2 });
  assert.deepEqual(seen, [3]);
  nextFrame();
  assert.deepEqual(seen, [3, 2]);
});

test("a watcher is not told of what it does not watch", () => {
  const { store, nextFrame } = storeByHand();
  let told = 0;
  store.watch(
    ({ playhead }) => [playhead],
    () => told++,
  );
  nextFrame();
  store.set({ threshold: 0.9 });
  nextFrame();
  assert.equal(told, 1);
});

test("a change made while telling is told in the next frame", () => {
  const { store, nextFrame } = storeByHand();
  /** @type {number[]} */
  const seen = [];
  store.watch(
    ({ playhead }) => [playhead],
    ({ playhead }) => playhead > 1 && store.set({ playhead: playhead - 1 }),
  );
  store.watch(
    ({ playhead }) => [playhead],
    ({ playhead }) => seen.push(playhead),
  );
  nextFrame();
  nextFrame();
  nextFrame();
  assert.equal(seen.at(-1), 1);
});

test("what is set quietly is told together with the next change", () => {
  const { store, nextFrame } = storeByHand();
  /** @type {unknown[][]} */
  const seen = [];
  store.watch(
    ({ threshold, playhead }) => [threshold, playhead],
    (state) => seen.push([state.threshold, state.playhead]),
  );
  nextFrame();
  seen.length = 0;
  store.setQuietly({ threshold: 0.75 });
  nextFrame();
  assert.deepEqual(seen, []);
  assert.equal(store.get().threshold, 0.75);
  store.set({ playhead: 1 });
  nextFrame();
  assert.deepEqual(seen, [[0.75, 1]]);
});

test("what is set quietly is told without another change too, a little later", async () => {
  const { store, nextFrame } = storeByHand();
  let told = 0;
  store.watch(
    ({ threshold }) => [threshold],
    () => told++,
  );
  nextFrame();
  store.setQuietly({ threshold: 0.75 });
  store.setQuietly({ threshold: 0.8 });
  await new Promise((resolve) => setTimeout(resolve, 120));
  nextFrame();
  assert.equal(told, 2);
});

test("a watcher that throws is reported once by its name, and the others are told", () => {
  const { store, reported, nextFrame } = storeByHand();
  const error = new Error("no such picture");
  /** @type {number[]} */
  const seen = [];
  const playhead = (/** @type {{playhead: number}} */ state) => [state.playhead];
  store.watch(
    playhead,
    () => {
      throw error;
    },
    { name: "votes" },
  );
  store.watch(
    () => {
      throw error;
    },
    () => {},
    { name: "curves" },
  );
  store.watch(playhead, (state) => seen.push(state.playhead));
  nextFrame();
  store.set({ playhead: 1 });
  nextFrame();
  assert.deepEqual(seen, [3, 1]);
  assert.deepEqual(reported, [
    ["votes", error],
    ["curves", error],
  ]);
});

test("a watcher that has ended is told no more", () => {
  const { store, nextFrame } = storeByHand();
  let told = 0;
  const end = store.watch(
    ({ playhead }) => [playhead],
    () => told++,
  );
  nextFrame();
  end();
  store.set({ playhead: 1 });
  nextFrame();
  assert.equal(told, 1);
});

test("a select is asked again only when a field that it read has changed", () => {
  const { store, nextFrame } = storeByHand();
  let asked = 0;
  store.watch(
    ({ playhead }) => [asked++, playhead],
    () => {},
  );
  nextFrame();
  store.set({ threshold: 0.9 });
  nextFrame();
  store.set({ playhead: 3 }); // as it was
  nextFrame();
  assert.equal(asked, 1);
  store.set({ playhead: 2 });
  nextFrame();
  assert.equal(asked, 2);
});

test("a select that reads other fields than before is asked when those change, and no longer for the others", () => {
  const { store, nextFrame } = storeByHand();
  let asked = 0;
  /** @type {unknown[]} */
  const seen = [];
  const select = (/** @type {State} */ state) => (asked++, state.playhead > 1 ? [state.playhead] : [state.threshold]);
  store.watch(select, (state) => seen.push(...select(state)));
  nextFrame();
  store.set({ playhead: 1 });
  nextFrame();
  store.set({ threshold: 0.5 });
  nextFrame();
  assert.deepEqual(seen, [3, 0.105, 0.5]);
  store.set({ playhead: 2 });
  nextFrame();
  asked = 0;
  store.set({ threshold: 0.7 });
  nextFrame();
  assert.deepEqual([seen, asked], [[3, 0.105, 0.5, 2], 0]);
});

for (const [how, select] of /** @type {[string, (state: State) => readonly unknown[]][]} */ ([
  ["spreads the state", (state) => [{ ...state }.late]],
  ["lists its fields", (state) => [Object.keys(state).length]],
  ["looks through them", (state) => [Object.values(state).at(-1)]],
  ["asks whether one is there", (state) => ["late" in state]],
  ["asks whether it has one of its own", (state) => [Object.hasOwn(state, "late")]],
  ["gives the state itself", (state) => [state]],
])) {
  test(`a select that ${how} is told of a field that comes later`, () => {
    const { store, reported, nextFrame } = storeByHand();
    /** @type {unknown[]} */
    const seen = [];
    store.watch(select, (state) => seen.push(state.late));
    nextFrame();
    store.set({ late: "tea" });
    nextFrame();
    assert.deepEqual([seen, reported], [[undefined, "tea"], []]);
  });
}

test("a render gets the state itself, however select was watched", () => {
  const { store, nextFrame } = storeByHand();
  /** @type {unknown[]} */
  const seen = [];
  store.watch(
    ({ playhead }) => [playhead],
    (state) => seen.push(state === store.get()),
  );
  nextFrame();
  assert.deepEqual(seen, [true]);
});

test("a select that throws is asked again when what it read before has changed", () => {
  const { store, reported, nextFrame } = storeByHand();
  /** @type {number[]} */
  const seen = [];
  store.watch(
    ({ playhead }) => {
      if (playhead === 3) throw new RangeError("no third iteration");
      return [playhead];
    },
    ({ playhead }) => seen.push(playhead),
    { name: "the dots" },
  );
  nextFrame();
  store.set({ playhead: 1 });
  nextFrame();
  assert.deepEqual([seen, reported.map(([name]) => name)], [[1], ["the dots"]]);
});

/** The playheads that watchers of the three turns have seen, and what each frame adds to them. */
function watchedInTurns() {
  const { store, reported, nextFrame } = storeByHand();
  /** @type {string[]} */
  let told = [];
  for (const turn of /** @type {const} */ (["last", "second", "first"])) {
    store.watch(
      ({ playhead }) => [playhead],
      ({ playhead }) => told.push(`${turn} ${playhead}`),
      { turn },
    );
  }
  const frame = () => {
    told = [];
    nextFrame();
    return told.join(", ");
  };
  assert.equal(frame(), "last 3, second 3, first 3", "at first all are told");
  return { store, reported, frame };
}

test("what is set in turns is told to the first in the next frame, to the second in the one after", () => {
  const { store, frame } = watchedInTurns();
  store.setInTurns({ playhead: 1 });
  const frames = Array.from({ length: 9 }, frame);
  assert.deepEqual(frames, ["first 1", "second 1", "", "", "", "", "last 1", "", ""]);
});

test("what is set in turns again and again is told to the second in the third frame, whatever comes", () => {
  const { store, frame } = watchedInTurns();
  const frames = Array.from({ length: 30 }, (_, k) => {
    store.setInTurns({ playhead: 100 + k });
    return frame();
  });
  frames.forEach((told, k) => assert.ok(told.includes(`first ${100 + k}`), told));
  const toldTo = (/** @type {string} */ turn) => frames.flatMap((told, k) => (told.includes(turn) ? [k] : []));
  assert.deepEqual(toldTo("second"), [2, 5, 8, 11, 14, 17, 20, 23, 26, 29]);
  assert.deepEqual(toldTo("last"), [12, 25]);
  assert.ok(frames[2].includes("second 102"), "of what is now");
});

test("a change that is not in turns is told to all in the next frame, with what waited", () => {
  const { store, frame } = watchedInTurns();
  store.setInTurns({ playhead: 1 });
  store.set({ threshold: 0.5 });
  assert.equal(frame(), "last 1, second 1, first 1");
  store.setInTurns({ playhead: 2 });
  assert.equal(frame(), "first 2");
  store.set({ playhead: 5 });
  store.setInTurns({ threshold: 0.7 });
  assert.equal(frame(), "last 5, second 5, first 5");
  store.setInTurns({ playhead: 6 });
  store.set({ playhead: 6 }); // which changes nothing
  assert.equal(frame(), "first 6");
});

test("watchers of one turn are told of all that has changed: none sees a new field before those ahead of it", () => {
  const { store, nextFrame } = storeByHand();
  /** @type {string[]} */
  const told = [];
  store.watch(
    ({ threshold }) => [threshold],
    ({ threshold }) => told.push(`rows ${threshold}`),
  );
  store.watch(
    ({ playhead }) => [playhead],
    ({ playhead, threshold }) => told.push(`numbers ${playhead} in rows ${threshold}`),
  );
  nextFrame();
  told.length = 0;
  store.setInTurns({ playhead: 1 });
  nextFrame();
  store.setInTurns({ threshold: 0.7 });
  nextFrame();
  assert.deepEqual(told, []);
  nextFrame();
  assert.deepEqual(told, ["rows 0.7", "numbers 1 in rows 0.7"]);
});

test("a watcher of the first turn that throws keeps nobody from being told", () => {
  const { store, reported, frame } = watchedInTurns();
  store.watch(
    ({ playhead }) => [playhead],
    () => {
      throw new Error("no picture");
    },
    { turn: "first", name: "the pad" },
  );
  frame();
  store.setInTurns({ playhead: 1 });
  assert.deepEqual([frame(), frame(), reported.length], ["first 1", "second 1", 1]);
});
