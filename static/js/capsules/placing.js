/**
 * Where on the pad the picture lies that the network sees. The server's recipe crops the ink, scales it and moves it.
 * Both pictures show the same ink, so that its middle and its spread tell what the recipe did, whatever its numbers
 * are.
 */
/** @import { Geometry } from "./geometry.js" */
import { INK } from "./overlap.js";

/** The variance of what is spread evenly over one pixel, whose side is 1. */
const WITHIN_A_PIXEL = 1 / 12;

/**
 * @typedef {{left: number, top: number, width: number, height: number}} Place of the picture, in parts of the pad's
 *   side
 *
 * @param {Geometry} geometry
 * @param {Float32Array} ink of the pad, a square picture in [0, 1]
 * @param {Float32Array} image (H, W) in [0, 1]
 * @returns {Place}
 */
export function placeOfImage({ width, height }, ink, image) {
  const side = Math.sqrt(ink.length);
  const [onPad, inImage] = [weigh(ink, side), weigh(image, width)];
  const pixel = scaleOf(onPad, inImage) / side; // of the image, in parts of the pad's side
  return {
    left: onPad.x / side - inImage.x * pixel,
    top: onPad.y / side - inImage.y * pixel,
    width: width * pixel,
    height: height * pixel,
  };
}

/**
 * How many pixels of the pad one of the image is: along the axis in which the ink is longer, where rounding to whole
 * pixels matters less.
 * @param {Weighed} onPad
 * @param {Weighed} inImage
 */
function scaleOf(onPad, inImage) {
  const [large, small] =
    onPad.spreadX > onPad.spreadY ? [onPad.spreadX, inImage.spreadX] : [onPad.spreadY, inImage.spreadY];
  return Math.sqrt(large / small);
}

/**
 * @typedef {ReturnType<typeof weigh>} Weighed the centre of mass and the variances about it, in pixels
 * @param {Float32Array} picture
 * @param {number} width
 */
function weigh(picture, width) {
  let [mass, x, y, xx, yy] = [0, 0, 0, 0, 0];
  for (let k = 0; k < picture.length; k++) {
    const amount = picture[k];
    if (amount < INK) continue;
    const [column, row] = [(k % width) + 0.5, Math.floor(k / width) + 0.5];
    mass += amount;
    x += amount * column;
    y += amount * row;
    xx += amount * column * column;
    yy += amount * row * row;
  }
  const whole = mass || 1;
  const [meanX, meanY] = [x / whole, y / whole];
  const spreadX = xx / whole - meanX * meanX + WITHIN_A_PIXEL;
  return { x: meanX, y: meanY, spreadX, spreadY: yy / whole - meanY * meanY + WITHIN_A_PIXEL };
}
