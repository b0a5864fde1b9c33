import assert from "node:assert/strict";
import { test } from "node:test";
import {
  epochsText,
  fixed,
  lengthEquation,
  lengthText,
  narrowLength,
  seedsText,
  signed,
} from "../../../static/js/shell/format.js";

test("numbers carry true minus signs, and never a minus zero", () => {
  assert.deepEqual(
    [fixed(-0.126), fixed(-0.001), signed(0.2), signed(-0.2), signed(0)],
    ["−0.13", "0.00", "+0.20", "−0.20", "0.00"],
  );
});

test("no length is written as 1, which none reaches", () => {
  assert.deepEqual([0, 0.004, 0.5, 0.994, 0.996, 0.9999, 1].map(lengthText), [
    "0.00",
    "0.00",
    "0.50",
    "0.99",
    "> 0.99",
    "> 0.99",
    "> 0.99",
  ]);
  assert.deepEqual([0.5, 0.999].map(narrowLength), ["0.50", ">0.99"]);
  assert.deepEqual([0.5, 0.999].map(lengthEquation), ["‖v‖ = 0.50", "‖v‖ > 0.99"]);
});

test("a card tells the epochs of all stages, and their seeds where they differ", () => {
  const [one, other] = ["capsnet train --epochs 5 --seed 1", "capsnet train --epochs 10 --seed 2"];
  assert.deepEqual([epochsText(one), epochsText(`${one} && ${other}`)], ["5", "5 + 10"]);
  assert.deepEqual(
    [seedsText(one, 1), seedsText(`${one} && ${one}`, 1), seedsText(`${one} && ${other}`, 2)],
    ["1", "1", "1, 2"],
  );
});
