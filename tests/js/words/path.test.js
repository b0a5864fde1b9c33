import assert from "node:assert/strict";
import { test } from "node:test";
import { comparedText, measureRows, placeText, titleText } from "../../../static/js/words/path.js";

test("who has more of what is told by the numbers, whoever it is", () => {
  const much = { r2: 0.91, straightness: 0.8, same_direction: 0.7 };
  const little = { r2: 0.5, straightness: 0.82, same_direction: 0.2 };
  assert.equal(
    comparedText(much, little),
    "The capsule has more in R² (0.91 and 0.50) and same direction (0.70 and 0.20); they differ by less than 0.05 in " +
      "straightness (0.80 and 0.82). The number of the capsule stands first.",
  );
  assert.match(comparedText(little, much), /^The CNN has more in R² \(0\.50 and 0\.91\) and same direction/);
  assert.match(
    comparedText(much, much),
    /^They differ by less than 0\.05 in R² .*, straightness .* and same direction/,
  );
});

test("each measure has its number and what it means", () => {
  const measured = { r2: -0.3, r2_features: 0.4, straightness: 0.5, same_direction: 0.25, explained: 0.875, tried: 30 };
  const rows = measureRows([measured, { ...measured, r2: 0.9 }], "rotation");
  assert.deepEqual(
    rows.map(({ values }) => values.join()),
    ["−0.30,0.90", "0.40,0.40", "0.50,0.50", "0.25,0.25", "88 %,88 %"],
  );
  assert.match(rows[0].meaning, /the rotation of a digit.*below 0 worse/);
  assert.match(rows[2].meaning, /30 test digits/);
  assert.doesNotMatch(measureRows([{ ...measured, r2: 0.3 }, null], "right")[0].meaning, /worse/);
  assert.deepEqual(measureRows([null, measured], "right")[1].values, ["–", "0.40"]);
  assert.deepEqual(measureRows([null, null], "right"), []);
});

test("the present place says where it is, and whether that was measured", () => {
  const of = { name: /** @type {const} */ ("rotation"), range: [-30, 30], straightness: 0.5, share: 0.75, cosine: 0.9 };
  assert.match(placeText({ ...of, amount: 15 }), /^Here: \+15°; cosine with the mean direction 0\.90\. .* 0\.50, 75 %/);
  assert.match(placeText({ ...of, amount: 45 }), /^Here: \+45°, beyond what was measured;/);
  assert.match(placeText({ ...of, amount: 0 }), /^Here: 0°, at rest\./);
});

test("the plots are called by what they follow", () => {
  assert.equal(titleText("capsule", { called: "4", title: "", count: 16 }), "The capsule of class 4: 16 numbers");
  assert.equal(titleText("cnn", { called: "4", title: "a small CNN", count: null }), "A small CNN");
});
