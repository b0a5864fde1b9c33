import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOfImage } from "../../../static/js/capsules/placing.js";
import { PAPER, SMALL } from "../cards.js";

/**
 * A filled box in a square picture.
 * @param {number} side
 * @param {{left: number, top: number, width: number, height: number}} box
 */
const boxed = (side, { left, top, width, height }) =>
  Float32Array.from({ length: side * side }, (_, k) => {
    const [x, y] = [k % side, Math.floor(k / side)];
    return Number(x >= left && x < left + width && y >= top && y < top + height);
  });

test("the picture lies where its ink is the pad's ink", () => {
  const ink = boxed(112, { left: 60, top: 8, width: 20, height: 40 }); // 40 of the pad are 20 of the image
  const image = boxed(28, { left: 9, top: 4, width: 10, height: 20 });
  const { left, top, width, height } = placeOfImage(PAPER, ink, image);
  const pixel = width / 28;
  assert.ok(Math.abs(height - width) < 1e-9);
  assert.ok(Math.abs(pixel - 2 / 112) < 1e-9);
  assert.ok(Math.abs(left + 9 * pixel - 60 / 112) < 1e-6 && Math.abs(top + 4 * pixel - 8 / 112) < 1e-6);
});

test("without ink there is still a place", () => {
  for (const part of Object.values(placeOfImage(PAPER, new Float32Array(112 * 112), new Float32Array(784)))) {
    assert.ok(Number.isFinite(part));
  }
});

test("a picture that is no square lies on the pad with its own sides", () => {
  const ink = boxed(112, { left: 20, top: 30, width: 48, height: 24 });
  const image = Float32Array.from({ length: SMALL.pixels }, (_, k) => {
    const [x, y] = [k % SMALL.width, Math.floor(k / SMALL.width)];
    return Number(x >= 6 && x < 22 && y >= 8 && y < 16); // 16 x 8 of it are 48 x 24 of the pad
  });
  const { left, top, width, height } = placeOfImage(SMALL, ink, image);
  assert.ok(Math.abs(width - (28 * 3) / 112) < 1e-6 && Math.abs(height - (24 * 3) / 112) < 1e-6);
  assert.ok(Math.abs(left - (20 - 6 * 3) / 112) < 1e-6 && Math.abs(top - (30 - 8 * 3) / 112) < 1e-6);
});
