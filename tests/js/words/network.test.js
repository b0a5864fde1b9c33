import assert from "node:assert/strict";
import { test } from "node:test";
import { pairErrorText, paperText } from "../../../static/js/words/network.js";
import { PAPER_CARD, SMALL_CARD } from "../cards.js";

test("a card tells the paper's error where the paper has one, and nothing of other networks", () => {
  assert.match(paperText(PAPER_CARD), /^0\.25 %\. This network has its layers, but other training/);
  assert.match(
    paperText({ ...PAPER_CARD, name: "multimnist", task: "pair" }),
    /^5\.2 %; trained far longer\. It answers in the room Overlap\.$/,
  );
  assert.equal(paperText(SMALL_CARD), "");
});

test("beside the errors of the paper's networks for pairs stands what was not compared", () => {
  const card = { ...PAPER_CARD, name: "multimnist", test_error: 14.8 };
  assert.match(pairErrorText(card), /misreads 14\.8 % of .* 5\.2 %.* 7\.5 % .* 8\.1 %.* does not compare/);
  assert.doesNotMatch(pairErrorText({ ...SMALL_CARD, test_error: 20 }), /paper/);
});
