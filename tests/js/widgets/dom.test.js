import assert from "node:assert/strict";
import { test } from "node:test";
import { watchPlace } from "../../../static/js/widgets/dom.js";

globalThis.document = /** @type {any} */ ({ addEventListener: () => {} });

test("of several changes that queued up the last counts", () => {
  /** @type {(entries: {isIntersecting: boolean}[]) => void} */
  let change = () => {};
  const original = globalThis.IntersectionObserver;
  globalThis.IntersectionObserver = /** @type {any} */ (
    class {
      /** @param {typeof change} told */
      constructor(told) {
        change = told;
      }
      observe() {}
    }
  );
  /** @type {boolean[]} */
  const told = [];
  watchPlace(/** @type {any} */ ({ closest: () => null }), ({ isIntersecting }) => told.push(isIntersecting));
  globalThis.IntersectionObserver = original;
  change([{ isIntersecting: true }, { isIntersecting: false }]);
  change([{ isIntersecting: true }]);
  assert.deepEqual(told, [false, true]);
});
