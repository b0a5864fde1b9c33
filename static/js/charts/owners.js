/** Ink in the colours of the two digits that it is given to. @import { Palette } from "../shell/theme.js" */
/** @import { Geometry } from "../capsules/geometry.js" @import { Box } from "./picture.js" */
/** @import { Maps } from "../capsules/owners.js" */
import { WHOSE } from "../capsules/owners.js";
import { css } from "./canvas.js";
import { between, claimedBy } from "./pair.js";
import { pictureIn } from "./picture.js";
import { paintEach } from "./pixels.js";

/** The radius of a dot, in parts of a pixel of the picture. */
const DOT = 0.2;

/**
 * The ink of the sum, each pixel in the colour of the digit whose map is larger there; and a dot on each pixel that
 * goes to the wrong one, in the colour of its own.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {{ink: ArrayLike<number>, maps: Maps, wrong: Uint8Array | null}} shown ink (H, W) in [0, 1]; wrong (H, W) of
 *   WHOSE, null for no dots
 * @param {Palette} palette
 * @param {Box} box
 */
export function drawOwners(geometry, context, { ink, maps, wrong }, palette, box) {
  const { left, top, width, height, pixel } = pictureIn(geometry, box);
  const { surface } = palette;
  const picture = paintEach(geometry.width, geometry.height, (k) =>
    between(surface, claimedBy(maps.a[k], maps.b[k], palette), Math.min(1, ink[k])),
  );
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, left, top, width, height);
  wrong?.forEach((own, k) => {
    if (own === WHOSE.NOBODY) return;
    const [x, y] = [(k % geometry.width) + 0.5, Math.floor(k / geometry.width) + 0.5];
    context.beginPath();
    context.arc(left + x * pixel, top + y * pixel, DOT * pixel, 0, 2 * Math.PI);
    context.fillStyle = css(own === WHOSE.A ? palette.first : palette.second);
    context.fill();
  });
}
