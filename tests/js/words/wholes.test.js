import assert from "node:assert/strict";
import { test } from "node:test";
import {
  agreementText,
  agreementUnknownText,
  partsText,
  rowText,
  sumText,
  verdictText,
} from "../../../static/js/words/wholes.js";
import { AGREEMENT } from "../state/digit/services.js";

const SEVEN = {
  name: "7",
  withV: 0.9,
  among: 0.82,
  strength: 4.86,
  length: 0.96,
  longest: { length: 0.98, count: 25 },
};
const NINE = {
  name: "9",
  withV: -0.29,
  among: 0.31,
  strength: 1.14,
  length: 0.05,
  longest: { length: 0.5, count: 50 },
};
const SHOWN = { isWinner: true, votes: 10 };

test("who wins, and why", () => {
  assert.equal(
    verdictText(SEVEN, NINE, SHOWN),
    [
      "7 wins: its ten strongest votes are strong (c‖û‖ 4.86 in all, against 1.14 for 9)",
      "and agree among themselves (mean cosine 0.82, against 0.31).",
      "All votes for 7 make length 0.96.",
      "The sum for 9 is longest with its 50 strongest votes (0.50). The other votes bring it to 0.05.",
    ].join(" "),
  );
  assert.match(verdictText(SEVEN, NINE, { ...SHOWN, isWinner: false }), /^7 is the longer of the two: its ten/);
  assert.match(
    verdictText({ ...SEVEN, among: 0.5 }, NINE, SHOWN),
    / and agree more among themselves \(mean cosine 0\.50/,
  );
});

test("where the loser's votes agree more, it says so, and calls them weaker only where they are", () => {
  const united = { ...NINE, among: 0.95 };
  assert.match(
    verdictText(SEVEN, united, SHOWN),
    / for 9\)\. Those for 9 agree more among themselves \(.* 0\.95, against 0\.82\), but they are weaker\./,
  );
  assert.doesNotMatch(verdictText(SEVEN, { ...united, strength: 5 }, SHOWN), /weaker|are strong/);
});

test("votes are called strong only where they are, and told apart only where they differ", () => {
  assert.match(
    verdictText(SEVEN, { ...NINE, strength: 4 }, SHOWN),
    /^7 wins: its ten strongest votes agree among .* Their strengths: c‖û‖ 4\.86 in all, against 4\.00 for 9\./,
  );
  const alike = { ...NINE, among: 0.8 };
  assert.match(verdictText(SEVEN, alike, SHOWN), /are strong .* Among themselves those for 9 agree about as well/);
  assert.match(verdictText(SEVEN, { ...alike, strength: 4 }, SHOWN), /^7 wins\. Its ten strongest votes: c‖û‖ 4\.86/);
});

test("no other vote is said to shorten a sum that never was much longer", () => {
  assert.match(verdictText(SEVEN, { ...NINE, longest: { length: 0.06, count: 3 } }, SHOWN), /make only 0\.05\.$/);
  assert.match(
    verdictText(SEVEN, { ...NINE, longest: { length: 0.4, count: 1 } }, SHOWN),
    /is longest with its strongest vote alone \(0\.40\)\./,
  );
});

test("how many parts make which length", () => {
  assert.equal(sumText(1, 1152, 0.78), "the strongest part: ‖v‖ = 0.78");
  assert.equal(sumText(1000, 1152, 0.5), "the 1,000 strongest parts: ‖v‖ = 0.50");
  assert.equal(sumText(1152, 1152, 0.999), "all 1,152 parts: ‖v‖ > 0.99");
});

test("how many parts there are, without their length", () => {
  assert.deepEqual(
    [1, 12, 1152].map((count) => partsText(count, 1152)),
    ["the strongest part", "the 12 strongest parts", "all 1,152 parts"],
  );
});

test("a row's means", () => {
  assert.equal(
    rowText(NINE, 10),
    "These ten: mean cosine with v −0.29, with each other 0.31; their c‖û‖ adds up to 1.14.",
  );
});

test("what was measured is told with what speaks against it", () => {
  const text = agreementText(AGREEMENT);
  assert.match(text, /Over 1,000 test digits, after 3 iterations, .* is 0\.88 for the winner and 0\.00 for the other/);
  assert.match(text, /In 13 % of the digits at least one of the other classes has ten votes that agree more among/);
  assert.match(
    text,
    / cancel\. Routing gives the winner’s more weight \(c‖û‖ adds up to 1\.7 against 0\.5\)\. That class/,
  );
  assert.match(text, / That class ends 0\.07 long, the winner 0\.90\.$/);
  assert.doesNotMatch(agreementText({ ...AGREEMENT, outdone: 0 }), /other classes has/);
  assert.match(agreementUnknownText("mine"), /“capsnet study-votes --model mine”/);
});

test("votes that outdo the winner's are said to cancel, or to weigh less, only where they do", () => {
  const long = agreementText({ ...AGREEMENT, outdone_length_other: 0.6 });
  assert.match(long, / It still loses\. Routing gives/);
  assert.doesNotMatch(long, /cancel/);
  const strong = agreementText({ ...AGREEMENT, outdone_strength_other: 2.1 });
  assert.match(strong, / The c‖û‖ of its votes adds up to 2\.1, the winner’s to 1\.7\. That class ends 0\.07 long/);
  assert.match(agreementText({ ...AGREEMENT, outdone: 0.002 }), / In less than 1 % of the digits/);
  const once = agreementText({ ...AGREEMENT, iterations: 1 });
  assert.match(once, /after 1 iteration, .* The winner’s are stronger \(c‖û‖ adds up to 1\.7 against 0\.5\)\./);
});
