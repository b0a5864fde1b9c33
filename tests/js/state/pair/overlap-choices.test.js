/** What the figure of the study shows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as slice from "../../../../static/js/state/pair/overlap-choices.js";
import { SMALL } from "../../cards.js";
import { INITIAL, LINK, makePage } from "./page.js";

test("the link holds the measure and the pairs, and is silent about what is so at first", () => {
  const shown = { ...INITIAL, overlapMeasure: /** @type {const} */ ("ink") };
  assert.match(LINK.write({ ...shown, overlapPlacement: "tested" }), /by=ink&pairs=tested/);
  assert.doesNotMatch(LINK.write(INITIAL), /by=|pairs=/);
  const { patch, lost } = LINK.read("by=distance&pairs=tested");
  assert.deepEqual([patch.overlapMeasure, patch.overlapPlacement, lost], ["distance", "tested", []]);
  assert.equal(LINK.read("by=weight").lost.length, 1);
});

test("what is chosen is shown", () => {
  const { store, actions } = makePage();
  actions.sortOverlapBy("distance");
  actions.showOverlapOf("tested");
  actions.askClasses([1, 7]);
  const { overlapMeasure, overlapPlacement, askedClasses } = store.get();
  assert.deepEqual([overlapMeasure, overlapPlacement, askedClasses], ["distance", "tested", [1, 7]]);
});

test("classes that another network does not have are not asked about", () => {
  assert.deepEqual(slice.fitted({ ...slice.initial, askedClasses: [1, 8] }, SMALL), { askedClasses: null });
  assert.deepEqual(slice.fitted({ ...slice.initial, askedClasses: [1, 6] }, SMALL), {});
});
