import assert from "node:assert/strict";
import { test } from "node:test";
import { LINK, makePage } from "./page.js";

test("outline and frame are turned by whole degrees, and stay within their range", () => {
  const { store, actions } = makePage();
  actions.turnOutline(44.6);
  actions.turnFrame(-100);
  assert.deepEqual([store.get().outlineAngle, store.get().frameAngle], [45, 80]);
  actions.turnOutline(90);
  assert.equal(store.get().outlineAngle, 90);
});

test("the link keeps both, and tells what makes no sense", () => {
  const { store, actions } = makePage();
  assert.doesNotMatch(LINK.write(store.get()), /shape/);
  actions.turnOutline(45);
  actions.turnFrame(-30);
  assert.match(LINK.write(store.get()), /shape=45_-30/);
  assert.deepEqual(LINK.read("#shape=45_-30").patch, { outlineAngle: 45, frameAngle: -30 });
  assert.deepEqual(LINK.read("#shape=99_0").lost, ["the outline and its frame"]);
  assert.deepEqual(LINK.read("#shape=round").lost, ["the outline and its frame"]);
});
