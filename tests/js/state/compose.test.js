import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../../../static/js/shell/store.js";
import { compose } from "../../../static/js/state/compose.js";
/** @import { Store } from "../../../static/js/shell/store.js" */
/** @import { LinkText } from "../../../static/js/shell/link.js" */

/** @param {string} key */
const row = (key) => ({
  key,
  what: `the ${key}`,
  fields: [key],
  write: (/** @type {any} */ state) => state[key] || null,
  read: (/** @type {LinkText} */ { text }) => ({ [key]: text }),
});

const PEN = {
  initial: { pen: "thin", drawn: 0 },
  link: [row("pen")],
  cleared: { drawn: 0 },
  actions: (/** @type {Store<{drawn: number}>} */ store, /** @type {{print: (text: string) => void}} */ { print }) => ({
    draw: () => store.set({ drawn: store.get().drawn + 1 }),
    show: () => print(`drawn ${store.get().drawn}`),
  }),
};

const PAPER = {
  initial: { paper: "white" },
  link: [row("paper")],
  lasting: ["paper"],
  actions: (
    /** @type {Store<{paper: string}>} */ store,
    /** @type {unknown} */ _services,
    /** @type {{draw: () => void}} */ others,
    /** @type {import("../../../static/js/state/compose.js").Life} */ life,
  ) => ({
    drawTwice: () => (others.draw(), others.draw()),
    clearAll: () => store.set(life.cleared()),
    open: () => store.set(life.opened(store.get())),
  }),
};

test("slices become one state, one link and one set of actions, and reach each other's actions", () => {
  const { initial, link, createActions } = compose(/** @type {const} */ ([PEN, PAPER]));
  /** @type {string[]} */
  const printed = [];
  const store = createStore(initial, { schedule: () => {} });
  const actions = createActions(store, { print: (text) => printed.push(text) });
  actions.drawTwice();
  actions.show();
  assert.deepEqual([printed, store.get()], [["drawn 2"], { pen: "thin", drawn: 2, paper: "white" }]);
  store.set({ paper: "grey" });
  assert.equal(link.write(store.get()), "pen=thin&paper=grey");
  actions.clearAll();
  assert.equal(store.get().drawn, 0);
  store.set({ pen: "thick" });
  actions.open();
  assert.deepEqual(store.get(), { pen: "thin", drawn: 0, paper: "grey" }, "the paper lasts");
});

test("a slice that two subjects share counts once", () => {
  assert.deepEqual(compose([PEN, PAPER, PEN]).initial, { pen: "thin", drawn: 0, paper: "white" });
});

test("two slices cannot claim one part of the state, one key of the link, or one action", () => {
  assert.throws(() => compose([PEN, { initial: { pen: "red" } }]), /two slices claim “pen”/);
  assert.throws(() => compose([PEN, { link: [row("pen")] }]), /two slices claim “pen”/);
  const rival = { actions: () => ({ draw: () => {} }) };
  const { createActions } = compose([PEN, rival]);
  assert.throws(
    () => createActions(createStore(/** @type {any} */ ({}), { schedule: () => {} }), { print: () => {} }),
    /two slices claim “draw”/,
  );
});

test("what changes with a new trace is a patch or works it out; what is asked for beside it is asked when it is told", () => {
  /** @type {string[]} */
  const asked = [];
  const traces = {
    initial: { trace: null, seen: 0, status: "empty" },
    arrived: (/** @type {{seen: number}} */ { seen }, /** @type {any} */ { trace }) => ({ trace, seen: seen + 1 }),
    traced: () => asked.push("traces"),
  };
  const notices = { arrived: { status: "ready" }, traced: () => asked.push("notices") };
  const arrive = {
    actions: (
      /** @type {Store<any>} */ store,
      /** @type {unknown} */ _services,
      /** @type {unknown} */ _others,
      /** @type {import("../../../static/js/state/compose.js").Life} */ life,
    ) => ({
      arrive: (/** @type {any} */ trace) => store.setInTurns(life.arrived(store.get(), /** @type {any} */ ({ trace }))),
    }),
  };
  const { initial, createActions } = compose(/** @type {any[]} */ ([traces, notices, arrive]));
  /** @type {(() => void)[]} */
  const frames = [];
  const store = createStore(/** @type {any} */ (initial), { schedule: (flush) => frames.push(flush) });
  const nextFrame = () => frames.splice(0).forEach((flush) => flush());
  const actions = /** @type {any} */ (createActions(/** @type {any} */ (store), /** @type {never} */ ({})));
  nextFrame();
  const trace = {};
  actions.arrive(trace);
  assert.deepEqual(store.get(), { trace, seen: 1, status: "ready" });
  nextFrame();
  assert.deepEqual(asked, [], "the answer is told first");
  nextFrame();
  assert.deepEqual(asked, ["traces", "notices"]);
  store.set({ trace: null });
  nextFrame();
  assert.equal(asked.length, 2, "nothing is asked for where there is no trace");
});
