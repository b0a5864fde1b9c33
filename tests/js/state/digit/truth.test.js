/** What a test digit truly is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { actions, trueClass } from "../../../../static/js/state/digit/truth.js";
import { BusyError, RETRY_MS } from "../../../../static/js/shell/errors.js";
import { createStore } from "../../../../static/js/shell/store.js";
import { testDigitText } from "../../../../static/js/words/drawing.js";

const digit = (/** @type {number} */ index) => ({ kind: /** @type {const} */ ("digit"), index });

test("the class of a test digit is asked for once, and holds for that digit alone", async () => {
  /** @type {number[]} */
  const asked = [];
  const store = createStore(/** @type {any} */ ({ truth: null, source: digit(115) }), { schedule: (flush) => flush() });
  const fetchDigit = async (/** @type {number} */ index) => (asked.push(index), { label: index % 10 });
  const { needTruth } = actions(store, { fetchDigit });
  await needTruth();
  await needTruth();
  assert.deepEqual([asked, trueClass(store.get())], [[115], 5]);
  store.set({ source: digit(7) });
  assert.equal(trueClass(store.get()), null);
  store.set({ source: { kind: "strokes", strokes: [] } });
  await needTruth();
  assert.deepEqual([asked, trueClass(store.get())], [[115], null]);
});

test("where the server does not say what a digit is, the page does without", async () => {
  const store = createStore(/** @type {any} */ ({ truth: null, source: digit(3) }), { schedule: (flush) => flush() });
  await actions(store, { fetchDigit: () => Promise.reject(new TypeError("gone")) }).needTruth();
  assert.equal(trueClass(store.get()), null);
});

test("where no answer came it is asked again, as long as the digit is shown", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const store = createStore(/** @type {any} */ ({ truth: null, source: digit(3) }), { schedule: (flush) => flush() });
  let isThere = false;
  let asked = 0;
  const fetchDigit = async () => (asked++, isThere ? { label: 8 } : Promise.reject(new BusyError()));
  const { needTruth } = actions(store, { fetchDigit });
  await needTruth();
  isThere = true;
  context.mock.timers.tick(RETRY_MS);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([asked, trueClass(store.get())], [2, 8]);
});

test("a misread digit is told as what it truly is", () => {
  assert.equal(testDigitText(115, "4", false), "Test digit 115: a 4");
  assert.equal(testDigitText(247, "8", true), "Test digit 247: truly an 8");
  assert.equal(testDigitText(7, null, false), "Test digit 7");
});
