import assert from "node:assert/strict";
import { test } from "node:test";
import { newestOnce, once } from "../../../static/js/shell/once.js";

/** Questions whose answers come when the test says so. */
function byHand() {
  /** @type {{question: string, signal: AbortSignal | undefined, resolve: (answer: string) => void}[]} */
  const asked = [];
  /** @param {string} question */
  const ask =
    (question) =>
    /** @param {AbortSignal} [signal] */
    (signal) =>
      new Promise((/** @type {(answer: string) => void} */ resolve) => asked.push({ question, signal, resolve }));
  return { asked, ask };
}

test("who asks the same while it is under way gets the same answer, and afterwards it is asked anew", async () => {
  const { asked, ask } = byHand();
  const line = once();
  const answers = [line("a", ask("a")), line("b", ask("b")), line("a", ask("a"))];
  assert.deepEqual(
    asked.map(({ question }) => question),
    ["a", "b"],
  );
  for (const { question, resolve } of asked) resolve(question.toUpperCase());
  assert.deepEqual(await Promise.all(answers), ["A", "B", "A"]);
  line("a", ask("a"));
  assert.equal(asked.length, 3);
});

test("another question calls off the one under way, which answers nobody who asks it again", async () => {
  const { asked, ask } = byHand();
  /** @type {ReturnType<typeof newestOnce<string>>} */
  const line = newestOnce();
  const first = line("a", ask("a"));
  assert.equal(line("a", ask("a")), first);
  line("b", ask("b"));
  line("a", ask("a"));
  assert.deepEqual(
    asked.map(({ question, signal }) => [question, signal?.aborted]),
    [
      ["a", true],
      ["b", true],
      ["a", false],
    ],
  );
  asked[0].resolve("late");
  await first;
  line("a", ask("a")); // the third is still under way: the end of the first is not its end
  assert.equal(asked.length, 3);
});
