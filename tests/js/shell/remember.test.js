import assert from "node:assert/strict";
import { test } from "node:test";
import { rememberLast } from "../../../static/js/shell/remember.js";

const { signal } = new AbortController();

test("the same question is asked once, another anew, and the first again after it", async () => {
  /** @type {number[]} */
  const asked = [];
  const double = rememberLast(async (/** @type {[number]} */ [value]) => (asked.push(value), 2 * value));
  const answers = [
    await double([1], signal),
    await double([1], signal),
    await double([2], signal),
    await double([1], signal),
  ];
  assert.deepEqual(answers, [2, 2, 4, 2]);
  assert.deepEqual(asked, [1, 2, 1]);
});

test("what failed is asked again", async () => {
  let tries = 0;
  const ask = rememberLast(async (/** @type {[string]} */ _question) =>
    ++tries === 1 ? Promise.reject(new Error("no")) : tries,
  );
  await assert.rejects(ask(["x"], signal), /no/);
  assert.equal(await ask(["x"], signal), 2);
});
