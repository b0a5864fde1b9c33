/** A frame around a digit that was turned, and the arm of the knob that turns it. */
/** @import { Palette } from "../shell/theme.js" @import { Geometry } from "../capsules/geometry.js" */
/** @import { Place, Viewpoint } from "../capsules/viewpoint.js" */
import { movedPlace } from "../capsules/viewpoint.js";
import { css } from "./canvas.js";
import { pictureIn } from "./picture.js";

/**
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {{left: number, top: number, right: number, bottom: number}} frame of the upright picture, in pixels from its
 *   middle
 * @param {Viewpoint} viewpoint
 * @param {Palette} palette
 * @param {number} side of the box at the context's origin, in CSS pixels
 */
export function drawFrame(geometry, context, { left, top, right, bottom }, viewpoint, palette, side) {
  const picture = pictureIn(geometry, { left: 0, top: 0, size: side });
  const [middleX, middleY] = [picture.left + picture.width / 2, picture.top + picture.height / 2];
  const corners = /** @type {Place[]} */ ([
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]);
  context.beginPath();
  for (const corner of corners) {
    const [x, y] = movedPlace(viewpoint, corner);
    context.lineTo(middleX + x * picture.pixel, middleY + y * picture.pixel);
  }
  context.closePath();
  context.strokeStyle = css(palette.accent, 0.7);
  context.lineWidth = 1.25;
  context.stroke();
}
