import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ApiError,
  BusyError,
  OfflineError,
  RETRY_MS,
  isPassing,
  reasonOf,
  retryIn,
} from "../../../static/js/shell/errors.js";

test("it is asked again when the server said, never sooner, and not by all at once", () => {
  const busy = new BusyError(undefined, { waitMs: 1000 });
  assert.deepEqual([retryIn(busy, () => 0), retryIn(busy, () => 1)], [1000, 1250]);
  assert.deepEqual([retryIn(new OfflineError(), () => 0), retryIn(new OfflineError(), () => 1)], [RETRY_MS, 1500]);
  assert.ok(retryIn(new BusyError(undefined, { waitMs: 0 })) > 0);
});

test("what was refused is not asked again", () => {
  for (const error of [new ApiError("blank", "no ink", 422), new TypeError("x is undefined"), "odd"]) {
    assert.deepEqual([isPassing(error), retryIn(error)], [false, 0]);
  }
});

test("a person is told a sentence, never nothing and never a text of the browser's", () => {
  assert.equal(reasonOf(new ApiError("blank", "no ink", 422)), "no ink");
  assert.equal(reasonOf(new ApiError("unknown", "", 500)), "The server refused this (status 500).");
  assert.equal(reasonOf(new OfflineError()), "The server does not answer.");
  for (const error of [
    new TypeError("Cannot read properties of undefined"),
    new SyntaxError("Unexpected token <"),
    null,
  ]) {
    assert.match(reasonOf(error), /^Something went wrong/);
  }
});

test("a script that did not arrive is no mistake of the page", (context) => {
  const told = context.mock.method(console, "error", () => {});
  assert.match(reasonOf(new TypeError("Failed to fetch dynamically imported module: x.js")), /did not arrive/);
  assert.equal(told.mock.callCount(), 0);
  assert.match(reasonOf(new TypeError("x is undefined")), /went wrong/);
  assert.equal(told.mock.callCount(), 1, "ours is");
});
