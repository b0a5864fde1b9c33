/** @import { Palette, Rgb } from "../shell/theme.js" @import { Links } from "./place-links.js" */
/** @import { Theatre } from "./theatre.js" */
import { OPACITY_STEPS } from "./place-links.js";
import { css } from "./canvas.js";

/** Opacity of the strongest link. */
export const STRONGEST = { lit: 0.85, other: 0.6 };

/** Than one pixel of the screen. */
const A_HAIR_MORE = 1.01;

/**
 * Draw links from the primary capsules to the class capsules. All links of one opacity are one path.
 * @param {CanvasRenderingContext2D} context
 * @param {Links} links
 * @param {Theatre} theatre
 * @param {{palette: Palette, lit: number | null, width: number}} look `lit` is the class drawn in the accent
 */
export function drawLinks(context, links, theatre, { palette, lit, width }) {
  // Browsers draw a line thinner than a pixel of the screen piece by piece, and so darker where links cross. One that
  // is a hair wider is drawn as one path; it is paler instead.
  context.lineWidth = Math.max(width, A_HAIR_MORE / devicePixelRatio);
  const pale = width / context.lineWidth;
  strokeSteps(context, links, theatre, { lit, own: false, colour: palette.muted, strongest: pale * STRONGEST.other });
  strokeSteps(context, links, theatre, { lit, own: true, colour: palette.accent, strongest: pale * STRONGEST.lit });
}

/**
 * The links of the lit class, or all others, step by step.
 * @param {CanvasRenderingContext2D} context
 * @param {Links} links
 * @param {Theatre} theatre
 * @param {{lit: number | null, own: boolean, colour: Rgb, strongest: number}} group `own` are those of the lit class
 */
function strokeSteps(context, { capsules, labels, steps }, theatre, { lit, own, colour, strongest }) {
  const { x, y, cell, linkStart, linkEnd, anchors } = theatre;
  for (let step = 1; step <= OPACITY_STEPS; step++) {
    let isEmpty = true;
    for (let k = 0; k < steps.length; k++) {
      if (steps[k] !== step || (labels[k] === lit) !== own) continue;
      if (isEmpty) context.beginPath();
      isEmpty = false;
      const [beginX, beginY, endY] = [x[capsules[k]] + cell, y[capsules[k]] + cell / 2, anchors[labels[k]]];
      const middle = (Math.max(beginX, linkStart) + linkEnd) / 2;
      context.moveTo(beginX, beginY);
      context.bezierCurveTo(middle, beginY, middle, endY, linkEnd, endY);
    }
    if (isEmpty) continue;
    context.strokeStyle = css(colour, (strongest * step) / OPACITY_STEPS);
    context.stroke();
  }
}
