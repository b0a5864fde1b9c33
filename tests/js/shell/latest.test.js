import assert from "node:assert/strict";
import { test } from "node:test";
import { newestWins } from "../../../static/js/shell/latest.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A line of work whose jobs end when the test says so. */
function lineByHand() {
  /** @type {Map<number, {resolve: (answer: number) => void, reject: (error: Error) => void}>} */
  const running = new Map();
  /** @type {number[]} */
  const delivered = [];
  /** @type {number[]} */
  const dropped = [];
  /** @type {number[]} */
  const failed = [];
  const line = newestWins(
    (/** @type {number} */ job) => new Promise((resolve, reject) => running.set(job, { resolve, reject })),
    (_answer, job) => delivered.push(job),
    (_error, job) => failed.push(job),
    (job) => dropped.push(job),
  );
  const end = async (/** @type {number} */ job, ok = true) => {
    if (ok) running.get(job)?.resolve(job);
    else running.get(job)?.reject(new Error());
    running.delete(job);
    await settled();
  };
  return { line, running, delivered, failed, dropped, end };
}

test("one job runs at a time, and of those that wait only the newest", async () => {
  const { line, running, delivered, end } = lineByHand();
  for (const job of [1, 2, 3]) line.push(job);
  assert.deepEqual([...running.keys()], [1]);
  await end(1);
  assert.deepEqual([...running.keys()], [3]);
  await end(3);
  assert.deepEqual(delivered, [1, 3]);
});

test("a job that fails is told of, unless a newer one waits, which will tell of itself", async () => {
  const { line, delivered, failed, end } = lineByHand();
  line.push(1);
  await end(1, false);
  assert.deepEqual(failed, [1]);
  line.push(2);
  line.push(3);
  await end(2, false);
  assert.deepEqual(failed, [1]);
  await end(3);
  line.push(4);
  await end(4, false);
  assert.deepEqual([failed, delivered], [[1, 4], [3]]);
});

test("a cancelled job is neither delivered nor told of, nor does it bring back a second line", async () => {
  const { line, running, delivered, failed, end } = lineByHand();
  line.push(1);
  line.cancel();
  line.push(2);
  line.push(3);
  await end(1);
  assert.deepEqual([...running.keys()], [2]);
  await end(2);
  await end(3);
  assert.deepEqual([delivered, failed], [[2, 3], []]);
});

test("each job comes to exactly one end: delivered, failed or dropped", async () => {
  const { line, delivered, failed, dropped, end } = lineByHand();
  for (const job of [1, 2, 3]) line.push(job); // 2 is replaced while it waits
  assert.deepEqual(dropped, [2]);
  await end(1, false); // 3 waits to replace it
  line.push(4);
  line.cancel(); // 4 waits, 3 is under way
  await end(3);
  line.push(5);
  await end(5);
  line.push(6);
  await end(6, false);
  assert.deepEqual([delivered, failed, dropped], [[5], [6], [2, 1, 4, 3]]);
});
