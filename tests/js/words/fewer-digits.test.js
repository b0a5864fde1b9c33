import assert from "node:assert/strict";
import { test } from "node:test";
import { comparedOf, curvesOf } from "../../../static/js/capsules/fewer-digits.js";
import {
  byChance,
  differenceText,
  findings,
  nameText,
  pictureText,
  pointParts,
  trainingText,
} from "../../../static/js/words/fewer-digits.js";
import { studyOf } from "../capsules/few.js";

/** @param {Parameters<typeof studyOf>[0]} errors */
function told(errors) {
  const [first, second] = curvesOf(studyOf(errors));
  return findings(comparedOf(first, second), [first.network, second.network]);
}

test("the network that misreads fewer is named, with the numbers of digits and by how much", () => {
  assert.deepEqual(
    told({
      capsnet: { 100: [100, 110, 120], 200: [50, 55, 60], 1000: [30, 31, 35] },
      "cnn-pooling": { 100: [140, 150, 160], 200: [70, 75, 80], 1000: [32, 33, 34] },
    }),
    [
      "Trained on 100 and 200 digits, the CapsNet misreads fewer test digits than the CNN with max pooling, whichever " +
        "seeds one takes: by 4.0 and 2.0 percentage points in the mean.",
      "With 1,000 digits the bars overlap: this measurement does not tell the two networks apart there.",
      "Where the two are told apart, the claim holds, for these two networks trained in this way.",
      "Few seeds leave room for chance: even of two equally good networks, the bars would lie apart at up to 10 % " +
        "of these numbers of digits.",
    ],
  );
});

test("what speaks against the claim is said as plainly", () => {
  const texts = told({ capsnet: { 10: [600, 610, 620] }, "cnn-pooling": { 10: [500, 510, 520] } });
  assert.match(texts[0], /^Trained on 10 digits, the CNN with max pooling misreads fewer test digits than the CapsNet/);
  assert.match(texts[1], /the opposite of the claim holds/);
});

test("the claim is the CapsNet's, in whichever order the networks stand, and nobody's where it is not compared", () => {
  const errors = { capsnet: { 10: [500, 510] }, cnn: { 10: [600, 610] }, "cnn-pooling": { 10: [700, 710] } };
  const { capsnet, cnn, "cnn-pooling": pooling } = errors;
  assert.match(told({ "cnn-pooling": pooling, capsnet }).join(" "), /told apart, the claim holds/);
  assert.match(told({ capsnet, "cnn-pooling": pooling }).join(" "), /told apart, the claim holds/);
  assert.doesNotMatch(told({ cnn, "cnn-pooling": pooling }).join(" "), /claim/);
});

test("where each is better somewhere, both are told", () => {
  const texts = told({
    capsnet: { 10: [600, 610], 20: [300, 310] },
    "cnn-pooling": { 10: [500, 510], 20: [350, 360] },
  });
  assert.match(texts[0], /^Trained on 20 digits, the CapsNet/);
  assert.match(texts[1], /^Trained on 10 digits, the CNN/);
  assert.match(texts[2], /holds at some of these numbers of digits, and not at others/);
  assert.match(texts[3], /up to 33 %/);
});

test("one seed says nothing for the claim, or against it", () => {
  assert.deepEqual(told({ capsnet: { 10: [600], 20: [300] }, "cnn-pooling": { 10: [500], 20: [350] } }), [
    "With 10 and 20 digits there are not two seeds of each network yet: too few to tell a difference from chance. " +
      "As far as it goes, the CapsNet misreads fewer with 20 digits; the CNN with max pooling misreads fewer with 10 digits.",
    "So far nothing is said for the claim, or against it.",
  ]);
  const alike = told({ capsnet: { 10: [600, 640] }, "cnn-pooling": { 10: [610, 620] } });
  assert.match(alike[1], /^So this says nothing for the claim, or against it/);
});

test("equal networks with three seeds each are apart in two of twenty orders", () => {
  const [first, second] = curvesOf(studyOf({ a: { 10: [1, 2, 3] }, b: { 10: [4, 5, 6] } }));
  assert.equal(byChance(comparedOf(first, second)[0]), 0.1);
});

test("a row has the mean, the range, the seeds and the difference", () => {
  const [first, second] = curvesOf(
    studyOf({ capsnet: { 10: [500, 600], 20: [100], 50: [40, 60] }, cnn: { 10: [520, 540], 20: [90], 50: [70, 80] } }),
  );
  const [many, single, apart] = comparedOf(first, second);
  assert.deepEqual(pointParts(many.points[0]), ["55.0 %", "(50.0 to 60.0), two seeds"]);
  assert.deepEqual(pointParts(single.points[1]), ["9.0 %", "one seed"]);
  assert.equal(differenceText(many), "−2.0, not told apart");
  assert.equal(differenceText(single), "−1.0, too few seeds");
  assert.equal(differenceText(apart), "+2.5");
});

test("how all were trained, and the picture to those who hear it", () => {
  const study = studyOf({ capsnet: { 10: [500], 1000: [20] } });
  assert.match(trainingText(study), /300 steps of 64 pictures.*up to 2 pixels.*1,000 test digits.*Neither .* tuned/);
  assert.equal(pictureText(curvesOf(study)), "CapsNet, test error: 10 digits 50.0 %, 1,000 digits 2.0 %.");
  assert.equal(nameText("lenet"), "lenet");
});
