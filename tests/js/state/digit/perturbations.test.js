/** The grid of perturbations. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { perturbationsNow } from "../../../../static/js/state/digit/perturbations.js";
import { makeActions, settled } from "./page.js";

test("the grid is shown only under the class and the reach that it was drawn for", async () => {
  const { store, actions } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.setSweepReach("paper");
  await actions.needPerturbations();
  assert.ok(perturbationsNow(store.get()));
  actions.selectClass(3);
  assert.equal(perturbationsNow(store.get()), null);
  actions.selectClass(null);
  assert.ok(perturbationsNow(store.get()));
  actions.setSweepReach("class");
  assert.equal(perturbationsNow(store.get()), null);
});
