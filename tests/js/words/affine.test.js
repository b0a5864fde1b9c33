/** @import { AffineRow } from "../../../static/js/capsules/affine.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import { measuredOf } from "../../../static/js/capsules/affine.js";
import { countedParts, findings, nameOf, paperText, rowText, sizeText } from "../../../static/js/words/affine.js";
import { affineRow } from "../capsules/measured-affine.js";

/** @param {AffineRow[]} rows */
const told = (...rows) => findings(measuredOf({ rows, examples: [] }));

test("each network is held against its counterpart in the paper", () => {
  const [capsules, cnn] = told(affineRow("capsnet", { affine: 8_123 }), affineRow("cnn-pooling", { affine: 6_500 }));
  assert.equal(
    capsules,
    "The paper’s CapsNet reads 79 % of affNIST. This CapsNet reads 81.2 % of the digits made so: 2.2 points more.",
  );
  assert.equal(
    cnn,
    "The paper’s CNN reads 66 % of affNIST. This small CNN with max pooling reads 65.0 % of the digits made so: 1.0 point fewer. It is another network: it has 874,762 parameters, the paper’s about as many as its CapsNet.",
  );
  assert.match(told(affineRow("capsnet", { affine: 7_900 }))[0], /as many, to a tenth of a point\.$/);
});

test("two networks are told apart only where their intervals are", () => {
  const average = affineRow("cnn-average", { affine: 7_700 });
  assert.ok(
    told(affineRow("capsnet", { affine: 8_123 }), average).includes(
      "Of the digits made so the CapsNet reads 4.2 points more than the CNN with 9 × 9 kernels and average pooling.",
    ),
  );
  assert.ok(
    told(affineRow("capsnet", { affine: 7_720 }), average).some((text) =>
      /is not settled: their intervals overlap/.test(text),
    ),
  );
  const both = told(average, affineRow("cnn-pooling", { affine: 7_900 })).join(" ");
  assert.match(both, /the CNN with 9 × 9 kernels and average pooling reads 2\.0 points fewer than the small CNN/);
});

test("it is told where the networks begin, and whether they begin level", () => {
  const text = (/** @type {number[]} */ ...unturned) =>
    told(...unturned.map((count, k) => affineRow(["capsnet", "cnn-average"][k], { unturned: count }))).at(-1) ?? "";
  assert.match(
    text(9_931, 9_890),
    /99\.23 % \(.* early\) and 99\.22 %, those here 98\.90 to 99\.31 %\. They do not all/,
  );
  assert.match(text(9_923), /the one here 99\.23 %\. So all begin level\.$/);
  assert.match(text(9_721, 9_468), / trained for 5 epochs, and none as far .*: their order is no order of kinds/);
  assert.match(text(9_721), /only roughly\. It was trained for 5 epochs, and not as far as the paper’s\.$/);
  assert.doesNotMatch(text(9_931, 9_890), /trained for/);
  assert.deepEqual(told(), []);
});

test("a network has its size, its training and its numbers", () => {
  assert.equal(nameOf(affineRow("other")), "a other");
  assert.equal(sizeText(affineRow("cnn-pooling")), "874,762 parameters, 5 epochs");
  const warm = { epochs: 1, parameter_count: 13_044_944, first_weights: "of mnist (SHA-256 ea366f71...)" };
  assert.equal(
    sizeText(affineRow("capsnet", warm)),
    "13.0 million parameters, 1 epoch from a trained network’s weights",
  );
  const [{ unturned, affine }] = measuredOf({ rows: [affineRow("capsnet")], examples: [] });
  assert.deepEqual(countedParts(affine, 1), ["70.0 %", "(69.1 to 70.9)"]);
  assert.deepEqual(countedParts({ share: 0.5, interval: null }, 2), ["50.00 %", ""]);
  assert.deepEqual([0.79, 0.9922].map(paperText), ["79 %", "99.22 %"]);
  assert.equal(rowText("CapsNet", { unturned, affine }), "CapsNet: 99.2 % unturned, 70.0 % made so");
});
