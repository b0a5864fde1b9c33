import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../../../static/js/shell/store.js";
import { whenSettled } from "../../../static/js/widgets/settled.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/**
 * A section that asks, and the test's hand on what it sees.
 * @param {import("node:test").TestContext} context
 * @param {{ms?: number, fails?: boolean}} [options]
 */
function makeSection(context, { ms, fails = false } = {}) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const place = { dataset: /** @type {Record<string, string>} */ ({}), closest: () => null };
  const page = { asked: 0, place, fails, appear: (/** @type {boolean} */ _) => {}, pass };
  const [original, page_] = [globalThis.IntersectionObserver, globalThis.document];
  globalThis.document = /** @type {any} */ ({ addEventListener: () => {} });
  globalThis.IntersectionObserver = /** @type {any} */ (
    class {
      /** @param {(entries: {isIntersecting: boolean}[]) => void} told */
      constructor(told) {
        page.appear = (isIntersecting) => told([{ isIntersecting }]);
      }
      observe() {}
    }
  );
  const store = createStore({ penWidth: 0.1 }, { schedule: (flush) => flush() });
  whenSettled(
    store,
    /** @type {any} */ (place),
    ({ penWidth }) => [penWidth],
    async () => (page.asked++, page.fails ? 2000 : 0),
    { settleMs: ms },
  );
  [globalThis.IntersectionObserver, globalThis.document] = [original, page_];

  /** @param {number} passing milliseconds */
  async function pass(passing) {
    context.mock.timers.tick(passing);
    await settled();
  }
  return { store, page };
}

test("a section asks once it is seen and what it shows has stood still", async (context) => {
  const { store, page } = makeSection(context);
  await page.pass(1000);
  assert.equal(page.asked, 0);
  page.appear(true);
  await page.pass(200);
  store.set({ penWidth: 0.2 });
  await page.pass(200);
  assert.equal(page.asked, 0);
  await page.pass(50);
  await page.pass(9000);
  assert.equal(page.asked, 1);
  page.appear(false);
  store.set({ penWidth: 0.3 });
  await page.pass(9000);
  assert.equal(page.asked, 1);
});

test("one may wait less", async (context) => {
  const { page } = makeSection(context, { ms: 120 });
  page.appear(true);
  await page.pass(120);
  assert.equal(page.asked, 1);
});

test("what did not come is asked for again while the section is seen and the same is asked", async (context) => {
  const { store, page } = makeSection(context, { fails: true });
  page.appear(true);
  assert.deepEqual(page.place.dataset, { asking: "1" }, "it is marked from the change on");
  await page.pass(250);
  assert.deepEqual(page.place.dataset, { asking: "1", again: "1" });
  await page.pass(2000);
  await page.pass(2000);
  assert.equal(page.asked, 3);
  store.set({ penWidth: 0.2 });
  await page.pass(250);
  assert.equal(page.asked, 4, "something else is not asked for sooner or later than it would be");
  page.appear(false);
  await page.pass(9000);
  assert.equal(page.asked, 4);
  page.appear(true);
  await page.pass(250);
  page.fails = false;
  await page.pass(2000);
  await page.pass(9000);
  assert.equal(page.asked, 6);
});
