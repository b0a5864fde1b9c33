import assert from "node:assert/strict";
import { test } from "node:test";
import { WHOLE, between, cropText, isPhoto, isWhole, withEdgesMoved } from "../../../static/js/capsules/crop.js";

/** @param {readonly number[]} crop @param {readonly number[]} wanted */
const isNear = (crop, wanted) => crop.forEach((edge, k) => assert.ok(Math.abs(edge - wanted[k]) < 1e-9, `${crop}`));

test("the edges of a handle move, and no other", () => {
  isNear(withEdgesMoved(WHOLE, [0, 1], [0.2, 0.1]), [0.1, 0.2, 1, 1]);
  isNear(withEdgesMoved(WHOLE, [2, 3], [-0.2, -0.1]), [0, 0, 0.9, 0.8]);
  isNear(withEdgesMoved(WHOLE, [3], [-0.2, -0.1]), [0, 0, 1, 0.8]);
});

test("no edge leaves the picture or passes the one across", () => {
  isNear(withEdgesMoved([0.1, 0.2, 0.9, 0.8], [0, 1], [-5, -5]), [0, 0, 0.9, 0.8]);
  isNear(withEdgesMoved([0.1, 0.2, 0.9, 0.8], [2, 3], [5, 5]), [0.1, 0.2, 1, 1]);
  const [top, left, bottom, right] = withEdgesMoved([0.1, 0.2, 0.9, 0.8], [0, 1], [5, 5]);
  assert.ok(top < bottom && left < right && bottom === 0.9 && right === 0.8);
});

test("a frame is drawn between two points in any order, and a slip draws none", () => {
  isNear(between([0.8, 0.3], [0.2, 0.9]) ?? [], [0.3, 0.2, 0.9, 0.8]);
  isNear(between([0.5, 0.5], [2, -1]) ?? [], [0, 0.5, 0.5, 1]);
  assert.equal(between([0.5, 0.5], [0.501, 0.9]), null);
});

test("the whole picture is asked for without a crop", () => {
  assert.equal(cropText(WHOLE), undefined);
  assert.equal(cropText([0.1, 1 / 3, 0.9, 1]), "0.1,0.3333,0.9,1");
  assert.deepEqual([isWhole(WHOLE), isWhole([0, 0, 1, 0.99])], [true, false]);
});

test("a picture with its crop is told from other drawings", () => {
  assert.ok(isPhoto({ png: new Blob(), crop: WHOLE }));
  for (const drawing of [new Blob(), [[0]], { strokes: [], pen_width: 1 }, null]) assert.ok(!isPhoto(drawing));
});
