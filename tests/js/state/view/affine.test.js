/** What was measured on digits made as affNIST is: asked for once, whatever digit is on the page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../../static/js/shell/errors.js";
import { troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { affineRow } from "../../capsules/measured-affine.js";
import { makePage } from "./page.js";

const STUDY = { rows: [affineRow("capsnet")], examples: [] };

test("it is asked for once, also before there is a digit", async () => {
  let asked = 0;
  const { store, actions } = makePage({ fetchAffineAccuracy: async () => (asked++, STUDY) });
  await Promise.all([actions.needAffine(), actions.needAffine()]);
  assert.equal(await actions.needAffine(), 0);
  assert.deepEqual([asked, store.get().affine], [1, STUDY]);
  actions.clear();
  assert.equal(store.get().affine, STUDY);
});

test("what fails is told, and asked for again", async () => {
  let fails = true;
  const fetchAffineAccuracy = async () => {
    if (fails) throw new ApiError("unknown", "it broke", 500);
    return STUDY;
  };
  const { store, actions } = makePage({ fetchAffineAccuracy });
  await actions.needAffine();
  assert.match(troubleOf(store.get(), "affine"), /it broke/);
  fails = false;
  await actions.needAffine();
  assert.deepEqual([troubleOf(store.get(), "affine"), store.get().affine], ["", STUDY]);
});
