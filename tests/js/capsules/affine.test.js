import assert from "node:assert/strict";
import { test } from "node:test";
import { PAPER, measuredOf } from "../../../static/js/capsules/affine.js";
import { wilson } from "../../../static/js/capsules/intervals.js";
import { affineRow } from "./measured-affine.js";

test("the capsule network comes first, and each network knows which of the paper's it can be held against", () => {
  const rows = ["another", "cnn-pooling", "capsnet", "cnn-average"].map((kind) => affineRow(kind));
  assert.deepEqual(
    measuredOf({ rows, examples: [] }).map(({ row, counterpart }) => [row.architecture, counterpart]),
    [
      ["capsnet", "capsnet"],
      ["cnn-average", null],
      ["cnn-pooling", "cnn"],
      ["another", null],
    ],
  );
});

test("shares have their intervals, and the paper's have none", () => {
  const [{ unturned, affine }] = measuredOf({ rows: [affineRow("capsnet", { affine: 8_100 })], examples: [] });
  assert.deepEqual(affine, { share: 0.81, interval: wilson(8_100, 10_000) });
  assert.deepEqual(unturned, { share: 0.9923, interval: wilson(9_923, 10_000) });
  for (const network of Object.values(PAPER)) assert.equal(network.affine.interval, null);
  assert.deepEqual([PAPER.capsnet.affine.share, PAPER.cnn.affine.share], [0.79, 0.66]);
});
