/** Who made a class, the way there and back, and a link that is pointed at. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { contributions } from "../../../../static/js/capsules/contributions.js";
import { supporters } from "../../../../static/js/state/trace/measures.js";
import { linkedCapsules, lookedAtCapsule, lookedAtCapsules } from "../../../../static/js/state/trace/pointing.js";
import { votesReach } from "../../../../static/js/state/trace/votes.js";
import { makePage, settled } from "../digit/page.js";
import { makeTrace } from "../digit/traces.js";

const { trace } = makeTrace();

test("supporters are the largest terms, as shares of all positive ones", () => {
  for (let r = 1; r <= trace.iterations; r++) {
    const terms = contributions(trace, trace.label, r);
    const found = supporters(trace, trace.label)[r - 1];
    const positive = terms.filter((term) => term > 0).reduce((sum, term) => sum + term, 0);
    assert.ok(found.length <= 10);
    for (const [k, { capsule, share }] of found.entries()) {
      assert.ok(terms[capsule] > 0);
      assert.ok(Math.abs(share - terms[capsule] / positive) < 1e-5);
      assert.ok(k === 0 || share <= found[k - 1].share);
    }
  }
});

test("from a class to a capsule that made it, and back", async () => {
  const { store, actions } = makePage({ fetchTrace: async () => ({ ...trace }) });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.showSupporters(trace.label);
  assert.equal(store.get().pinnedClass, trace.label);
  actions.pinCapsule(5);
  assert.equal(lookedAtCapsule(store.get()), 5);
  actions.showSupporters(trace.label);
  assert.deepEqual([store.get().pinnedCapsules, lookedAtCapsule(store.get())], [[], null]);
  assert.equal(store.get().pinnedClass, trace.label);
});

test("a pointed link looks at its capsule, and leaves the other links where they are", () => {
  const { store, actions } = makePage();
  actions.hoverLink({ capsule: 7, label: 3 });
  assert.equal(lookedAtCapsule(store.get()), 7);
  assert.deepEqual(lookedAtCapsules(store.get()), [7]);
  assert.equal(linkedCapsules(store.get()), null);
  const before = store.get();
  actions.hoverLink({ capsule: 7, label: 3 });
  assert.equal(store.get(), before, "the same link is no news");
  actions.pinCapsule(4);
  assert.deepEqual(linkedCapsules(store.get()), [4]);
  actions.hoverLink(null);
  assert.equal(lookedAtCapsule(store.get()), 4);
});

test("the scale of all votes ends at their largest number", () => {
  assert.equal(votesReach(Float32Array.of(0.25, -1.5, 0.5)), 1.5);
  assert.equal(votesReach(new Float32Array(4)), 1);
});
