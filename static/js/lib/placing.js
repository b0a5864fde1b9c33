/** Where on the pad the 28 x 28 picture lies that the network sees: the way back from MNIST's recipe. */
import { IMAGE } from "./network.js";

/** The recipe scales the longer side of the ink's box to so many pixels, and takes fainter ink than this for none. */
const BOX = 20;
const LEAST_INK = 0.1;

/**
 * @typedef {{left: number, top: number, size: number}} Place the picture's square, in parts of the pad's side
 *
 * The scale follows from the ink's box, the place from the centres of mass: they are the same ink.
 * @param {Float32Array} ink of the pad, a square picture in [0, 1]
 * @param {Float32Array} image (28, 28) in [0, 1]
 * @returns {Place}
 */
export function placeOfImage(ink, image) {
  const side = Math.sqrt(ink.length);
  const [onPad, inImage] = [weigh(ink, side), weigh(image, IMAGE)];
  const pixel = Math.max(1, onPad.longer) / BOX / side; // of the image, in parts of the pad's side
  return {
    left: onPad.x / side - inImage.x * pixel,
    top: onPad.y / side - inImage.y * pixel,
    size: IMAGE * pixel,
  };
}

/** The centre of mass of a square picture, and the longer side of its ink's box. @param {Float32Array} picture @param {number} side */
function weigh(picture, side) {
  let [mass, x, y] = [0, 0, 0];
  let [left, right, top, bottom] = [side, -1, side, -1];
  for (let k = 0; k < picture.length; k++) {
    const [column, row] = [k % side, Math.floor(k / side)];
    mass += picture[k];
    x += picture[k] * (column + 0.5);
    y += picture[k] * (row + 0.5);
    if (picture[k] < LEAST_INK) continue;
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
  }
  return { x: x / (mass || 1), y: y / (mass || 1), longer: Math.max(right - left, bottom - top) + 1 };
}
