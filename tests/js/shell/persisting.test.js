import assert from "node:assert/strict";
import { test } from "node:test";
import { untilAnswered } from "../../../static/js/shell/persisting.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("it is asked again after as long as was said, until it was answered, and once for all who ask", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const waits = [100, 50, 0];
  let asked = 0;
  const ask = untilAnswered(async () => waits[Math.min(asked++, 2)]);
  assert.equal(await ask(), 100);
  context.mock.timers.tick(99);
  await settled();
  assert.equal(asked, 1);
  assert.equal(await ask(), 50); // somebody asks meanwhile: that counts, and the first wait does not
  context.mock.timers.tick(49);
  await settled();
  assert.equal(asked, 2);
  context.mock.timers.tick(1);
  await settled();
  assert.equal(asked, 3);
  context.mock.timers.tick(10_000);
  await settled();
  assert.equal(asked, 3);
});

test("two who ask at once leave one wait behind", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let asked = 0;
  const ask = untilAnswered(async () => (asked++ < 2 ? 100 : 0));
  await Promise.all([ask(), ask()]);
  context.mock.timers.tick(100);
  await settled();
  assert.equal(asked, 3);
});
