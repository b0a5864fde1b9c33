import assert from "node:assert/strict";
import { test } from "node:test";
import { angleText, seenText, shapeText } from "../../../static/js/words/frame.js";

test("what is seen in the frame, and in that of the page where it is called otherwise there", () => {
  assert.match(seenText("square", "square"), /in this frame it is a square\.$/);
  assert.match(seenText("square", "diamond"), /a square\. In the frame of the page it is a diamond\.$/);
  assert.match(seenText("diamond", "between"), /a diamond\. In the frame of the page it is neither\.$/);
});

test("the shape and the angles", () => {
  assert.equal(
    shapeText({ lengths: [2, 2], angles: [90, 89.9999] }),
    "Its four sides are 2.00, 2.00 long, its angles 90°, 90°.",
  );
  assert.deepEqual([angleText(0), angleText(45), angleText(-7)], ["0°", "+45°", "−7°"]);
});
