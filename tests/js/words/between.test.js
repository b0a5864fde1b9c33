import assert from "node:assert/strict";
import { test } from "node:test";
import { apartText, placeText, walkAsText } from "../../../static/js/words/between.js";

test("two classes have no line between them, and the text counts the pose's own dimensions", () => {
  assert.equal(
    apartText({ read: "3", own: "7", dimensions: 16, length: 0.123 }),
    "The network reads B as a 3, not a 7. Each class has its own 16 dimensions, so there is no meaningful line between two classes. But B has a capsule of 7 too: it is 0.12 long.",
  );
});

test("with one class for both, the two lengths are told once they are known", () => {
  assert.match(walkAsText("7", null), /capsule of 7 of each drawing, whatever the network reads\.$/);
  assert.match(walkAsText("7", { a: 0.9, b: 0.1 }), / It is 0\.90 long in A and 0\.10 in B\.$/);
});

test("a place on the walk is a share, a length and an angle", () => {
  assert.equal(
    placeText({ share: 25, length: 0.812, angle: 41.6 }),
    "25 % of the way from A to B. The pose is 0.81 long. The poses of A and B are 42° apart.",
  );
});
