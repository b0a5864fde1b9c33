import assert from "node:assert/strict";
import { test } from "node:test";
import {
  beyondText,
  gainText,
  knobText,
  movedText,
  pushText,
  typicalText,
  undoText,
} from "../../../static/js/words/turn-back.js";

test("what a push is worth follows from both errors, also where it harms", () => {
  assert.equal(gainText(10, 40), "the push takes 75 % of it away");
  assert.equal(gainText(50, 40), "the push makes it worse by 25 %");
  assert.equal(gainText(40, 40), "the push gains nothing");
  assert.equal(gainText(0, 0), "there is nothing to gain");
  assert.match(
    pushText({ pushed: 10, still: 40, own: 8.25 }),
    /pushed 10\.0, not pushed 40\.0: .*75 %.* is 8\.3 from it\.$/,
  );
  assert.match(
    undoText({ undone: 5, left: 20 }),
    /undone 5\.0, not undone 20\.0: undoing takes 75 % of the change back/,
  );
  assert.match(undoText({ undone: 30, left: 20 }), /undoing makes it worse by 50 %/);
  assert.match(undoText({ undone: 0, left: 0 }), /nothing is to be undone/);
});

test("the knob bears the name of what was measured", () => {
  const text = knobText({ fitted: 100 }, { name: "rotation", called: "4", count: 16 });
  assert.match(text, /called “Rotation” .* all 16 numbers .* 100 training digits of class 4 for each degree/);
});

test("how far the ink moved is told of shifts alone", () => {
  const moved = /** @type {const} */ ([1.75, -0.5]);
  assert.match(movedText({ name: "right", amount: 2, moved }), /by \+1\.75 px; the slider says \+2\.00 px\.$/);
  assert.match(movedText({ name: "down", amount: -1, moved }), /by −0\.50 px; the slider says −1\.00 px\.$/);
  assert.equal(movedText({ name: "rotation", amount: 15, moved }), "");
});

test("other digits are told of where they were measured", () => {
  const of = { name: /** @type {const} */ ("shear"), called: "7" };
  assert.match(
    typicalText({ tried: 30, pushed_error: 10, unpushed_error: 40 }, of),
    /^Over 30 test digits of class 7 and all measured amounts of “Lean”, .* 10\.0 with .* 40\.0 without: .*75 %/,
  );
  assert.equal(typicalText({ tried: 30, pushed_error: null, unpushed_error: null }, of), "");
});

test("what lies beyond the measured range is named", () => {
  assert.equal(beyondText([]), "");
  assert.match(beyondText(["rotation", "right"]), /^Beyond what was measured: rotation, right\./);
});
