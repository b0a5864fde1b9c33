/** What is wanted though it is not on the screen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../../static/js/shell/errors.js";
import { asking, whileWanted } from "../../../static/js/shell/wanted.js";

/** @returns {any} */
function makePlace() {
  /** @type {Record<string, string>} */
  const dataset = {};
  const told = /** @type {boolean[]} */ ([]);
  return {
    dataset,
    told,
    matches: () => "asking" in dataset,
    querySelector: () => null,
    dispatchEvent: () => told.push("wanted" in dataset),
  };
}

test("a place is used once its scripts are there and every question is answered, and wanted no longer", async () => {
  const place = makePlace();
  place.dataset.later = "";
  const [first, second] = [asking(place), asking(place)];
  let used = false;
  const done = whileWanted(place, () => (used = "wanted" in place.dataset));
  for (const end of [() => delete place.dataset.later, first, first, second]) {
    await new Promise((resolve) => setTimeout(resolve, 350));
    assert.equal(used, false);
    end();
  }
  assert.equal(await done, true);
  assert.deepEqual([place.dataset, place.told], [{}, [true, false]]);
});

test("what does not come in time is told in a sentence for people", async () => {
  const place = makePlace();
  asking(place);
  await assert.rejects(
    whileWanted(place, () => {}, { patienceMs: 100 }),
    (error) => error instanceof UserError && /has not come yet/.test(error.message),
  );
  assert.deepEqual(place.told, [true, false]);
});
