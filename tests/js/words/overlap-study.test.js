import assert from "node:assert/strict";
import { test } from "node:test";
import { hardestFirst, lostShares, pointAt } from "../../../static/js/capsules/overlap-study.js";
import {
  classesText,
  emptyText,
  hardestText,
  lostText,
  overlapText,
  ownText,
  placementText,
  rangeText,
  routingText,
  sureText,
  unmeasuredText,
  valueText,
  wayText,
} from "../../../static/js/words/overlap-study.js";
import { STUDY, bin } from "../capsules/studies.js";

const NAMES = ["boot", "bag", "coat"];

test("ranges and values have the unit of their measure", () => {
  assert.equal(rangeText("box", { low: 0.125, high: 0.25 }), "12.5 to 25 %");
  assert.equal(rangeText("distance", { low: 10, high: 12 }), "10 to 12 pixels");
  assert.deepEqual([valueText("ink", 0.75), valueText("distance", 6)], ["75 %", "6"]);
  assert.equal(sureText({ share: 0.166, interval: [0.15, 0.1832] }), "16.6 % (15.0 to 18.3)");
});

test("one iteration is said to have uniform couplings", () => {
  const network = { trained: 3, classes: 7 };
  assert.equal(wayText(1, network), "1 iteration: uniform couplings, c = 1/7");
  assert.equal(wayText(3, network), "3 iterations, as in training");
  assert.equal(wayText(5, network), "5 iterations");
  assert.equal(wayText(null, network), "this network");
});

test("bins without a pair are named", () => {
  assert.equal(emptyText("box", STUDY.tested.box), "Without a single pair, and so left out: 75 to 100 %.");
  assert.equal(emptyText("distance", STUDY.tested.distance), "");
});

test("the pair on the page is told with its range, or that none was measured there", () => {
  const point = pointAt(STUDY.centred.box, 0.3, 2);
  assert.equal(
    ownText("box", 0.3, { placement: "centred", point, iterations: 3 }),
    "This pair (the line): its boxes overlap by 30 %. Of the 400 centred pairs from 25 to 50 %, 14.0 % (10.9 to 17.7) are misread with 3 iterations.",
  );
  assert.equal(
    ownText("distance", 13.04, { placement: "tested", point: null, iterations: null }),
    "This pair: its digits lie 13.0 pixels apart. No pair that was measured lies there.",
  );
});

test("overlap is said to matter only where the intervals lie apart", () => {
  assert.equal(
    overlapText(STUDY, "centred", "box"),
    "Of the centred pairs whose boxes overlap by less than 25 %, 9.0 % (6.6 to 12.2) are misread; of those whose boxes overlap by 50 % or more, 25.0 % (19.5 to 31.4). So pairs that overlap more are misread more often.",
  );
  assert.match(overlapText(STUDY, "tested", "distance"), /^Of the test pairs that lie 8 pixels .* is not sure\.$/);
  const bare = { ...STUDY, tested: { ...STUDY.tested, box: STUDY.tested.box.slice(0, 2) } };
  assert.equal(overlapText(bare, "tested", "box"), "", "no pair overlaps much");
  const eased = { ...STUDY.tested, ink: [bin(0, 0.25, 400, [0, 0, 99]), bin(0.5, 1, 400, [0, 0, 9])] };
  assert.match(overlapText({ ...STUDY, tested: eased }, "tested", "ink"), /misread less often\.$/);
});

test("nothing is claimed of routing where the intervals overlap", () => {
  const text = routingText(STUDY, "centred", "box");
  assert.match(text, /misreads 16\.0 % \(13\.9 to 18\.4\) of all centred pairs, 3 iterations 14\.2 % \(/);
  assert.match(text, /In each of the three ranges their intervals overlap\. So it is not proven that routing helps/);
  const apart = {
    ...STUDY,
    tested: { ...STUDY.tested, box: [bin(0, 0.5, 400, [99, 9, 9, 9]), bin(0.5, 1, 9, [1, 1, 1, 1])] },
  };
  assert.match(routingText(apart, "tested", "box"), /In one of two ranges their intervals lie apart\. Nothing was/);
  assert.equal(routingText({ ...STUDY, trained_with: null }, "tested", "box"), "");
  assert.equal(routingText({ ...STUDY, trained_with: 1 }, "tested", "box"), "", "it was trained without routing");
});

test("which pairs these are", () => {
  assert.match(
    placementText("centred", STUDY),
    /^1,000 pairs of test digits around the middle .* the pair does not\.$/,
  );
  assert.match(placementText("tested", STUDY), /^1,000 pairs of test digits, each moved its own way/);
});

test("the hardest classes, and what is lost", () => {
  const ranked = hardestFirst(STUDY);
  assert.equal(hardestText(ranked, NAMES), "", "too few to rank");
  const four = [...ranked, ...ranked].sort((a, b) => b.share - a.share);
  assert.equal(
    hardestText(four, NAMES),
    "Hardest are boot and coat: 25.0 % (19.5 to 31.4) of their 200 test pairs are misread. Then come boot and coat (25.0 %) and boot and bag (10.0 %). Easiest are boot and bag: 10.0 % (5.5 to 17.4). Two classes meet in only 100 to 200 pairs, so the order is uncertain.",
  );
  assert.equal(
    classesText(ranked[0], NAMES),
    "boot and coat: 50 of 200 pairs are misread, 25.0 % (19.5 to 31.4). boot is lost in 30 of them, coat in 22.",
  );
  assert.equal(
    lostText(lostShares(STUDY, 4), [...NAMES, "hat"]),
    "Lost most often: coat, in 11.0 % of its pairs. Least often: bag, in 9.0 %.",
  );
  assert.equal(lostText([null, 0.1], NAMES), "");
});

test("an unmeasured network says which command measures it", () => {
  assert.match(unmeasuredText("pairs"), /“capsnet study-overlap --model pairs”/);
});
