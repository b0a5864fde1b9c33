import assert from "node:assert/strict";
import { test } from "node:test";
import { firstOf } from "../../../static/js/shell/signals.js";

test("the first of several that aborts is followed, with its reason", () => {
  const [one, other] = [new AbortController(), new AbortController()];
  const { signal } = firstOf([one.signal, undefined, other.signal]);
  assert.equal(signal.aborted, false);
  other.abort("late");
  one.abort("later");
  assert.deepEqual([signal.aborted, signal.reason], [true, "late"]);
});

test("one that has aborted before is followed at once; one that was let go is not", () => {
  assert.equal(firstOf([AbortSignal.abort("gone")]).signal.reason, "gone");
  const one = new AbortController();
  const { signal, release } = firstOf([one.signal]);
  release();
  one.abort();
  assert.equal(signal.aborted, false);
});
