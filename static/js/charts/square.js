/** An outline in a frame: the outline thick, the frame a longer rectangle with its two axes. */
/** @import { Palette } from "../shell/theme.js" */
import { cornersIn } from "../capsules/square.js";
import { css } from "./canvas.js";

/** Half of the frame's sides, in the outline's: longer than wide, so that one sees how it lies. */
const FRAME = { right: 2.3, up: 1.75 };

/** From the middle to the edge of the picture: whatever is turned stays in it. */
const REACH = 3;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{outline: number, frame: number}} angles in degrees, anticlockwise
 * @param {{width: number, height: number, palette: Palette}} look
 */
export function drawSquare(context, { outline, frame }, { width, height, palette }) {
  const unit = Math.min(width, height) / (2 * REACH);
  const turn = (-frame * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  /** @param {number} right @param {number} up @returns {[number, number]} on the canvas, of a place in the frame */
  const place = (right, up) => [
    width / 2 + unit * (right * cos + up * sin),
    height / 2 + unit * (right * sin - up * cos),
  ];
  const { right, up } = FRAME;
  context.lineWidth = 1;
  context.strokeStyle = css(palette.line);
  path(context, [place(-right, 0), place(right, 0)]);
  path(context, [place(0, -up), place(0, up)]);
  context.lineWidth = 1.5;
  context.strokeStyle = css(palette.muted);
  path(context, [place(-right, -up), place(right, -up), place(right, up), place(-right, up)], true);
  context.lineWidth = 3;
  context.lineJoin = "miter";
  context.strokeStyle = css(palette.accent);
  const corners = cornersIn(outline, frame).map((corner) => place(corner.right, corner.up));
  path(context, corners, true);
}

/** @param {CanvasRenderingContext2D} context @param {[number, number][]} places @param {boolean} [isClosed] */
function path(context, places, isClosed = false) {
  context.beginPath();
  for (const [x, y] of places) context.lineTo(x, y);
  if (isClosed) context.closePath();
  context.stroke();
}
