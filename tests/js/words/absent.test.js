import assert from "node:assert/strict";
import { test } from "node:test";
import { decodedTold, fullTold } from "../../../static/js/words/absent.js";

const SIX = { name: "6", isThere: false, isRead: false, length: 0.07, strongest: 0.534, errors: [66.31, 67.7] };

test("a class that is not there is short and says so; a stretched one is still not there", () => {
  assert.equal(
    decodedTold(SIX, null),
    "6 is not in the picture. Its capsule is 0.07 long, which says so; its strongest pixel is 0.53.",
  );
  assert.equal(
    decodedTold({ ...SIX, strongest: 0.97 }, 0.93),
    "6 is not in the picture, however strongly it is drawn: its capsule is stretched from 0.07 to 0.93, and its strongest pixel is 0.97. It misses the nearer digit by Σ² = 66.3.",
  );
});

test("a class that is there, that is missed, that is read by mistake, and of which nothing is known", () => {
  const five = { ...SIX, name: "5", isThere: true, isRead: true, length: 0.9, strongest: 0.92 };
  assert.equal(decodedTold(five, null), "5 is in the picture: its capsule is 0.90 long; its strongest pixel is 0.92.");
  assert.match(decodedTold({ ...five, isRead: false }, null), /in the picture, but .* only .* does not read it/);
  assert.match(decodedTold({ ...five, isThere: false }, null), /not in the picture, yet .* reads one/);
  assert.match(decodedTold({ ...five, isThere: null }, null), /^The capsule of 5 is 0.90 long; its strongest/);
  assert.match(decodedTold(five, 0.95), /^The capsule of 5 is stretched from 0.90 to 0.95/);
  assert.match(decodedTold(five, five.length), /is the longest: it is drawn as it was found/);
  assert.doesNotMatch(decodedTold({ ...SIX, errors: [] }, 0.95), /misses/);
});

test("what full length is", () => {
  assert.match(fullTold(0.93), /of this picture: 0\.93\.$/);
  assert.match(fullTold(null), /of the picture\.$/);
});
