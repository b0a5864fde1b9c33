/** @import { Palette, Rgb } from "../types.js" @import { Link } from "../layout/links.js" @import { Theatre } from "../layout/theatre.js" */
import { OPACITY_STEPS } from "../layout/links.js";
import { anchorY } from "../layout/theatre.js";
import { css } from "./canvas.js";

/** Opacity of the strongest link. */
export const STRONGEST = { lit: 0.85, other: 0.6 };

/** Than one pixel of the screen. */
const A_HAIR_MORE = 1.01;

/**
 * Draw links from the primary capsules to the class capsules. All links of one opacity are one path.
 * @param {CanvasRenderingContext2D} context
 * @param {Link[]} links
 * @param {Theatre} theatre
 * @param {{palette: Palette, lit: number | null, width: number}} look `lit` is the class drawn in the accent
 */
export function drawLinks(context, links, theatre, { palette, lit, width }) {
  const other = groupByStep(links.filter(({ label }) => label !== lit));
  const own = groupByStep(links.filter(({ label }) => label === lit));
  // Browsers draw a line thinner than a pixel of the screen piece by piece, and so darker where links cross. One that
  // is a hair wider is drawn as one path; it is paler instead.
  context.lineWidth = Math.max(width, A_HAIR_MORE / devicePixelRatio);
  const pale = width / context.lineWidth;
  strokeGroups(context, other, theatre, palette.muted, pale * STRONGEST.other);
  strokeGroups(context, own, theatre, palette.accent, pale * STRONGEST.lit);
}

/** @param {Link[]} links @returns {Link[][]} by opacity step */
function groupByStep(links) {
  /** @type {Link[][]} */
  const groups = Array.from({ length: OPACITY_STEPS + 1 }, () => []);
  for (const link of links) groups[link.step].push(link);
  return groups;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Link[][]} groups
 * @param {Theatre} theatre
 * @param {Rgb} colour
 * @param {number} strongest
 */
function strokeGroups(context, groups, theatre, colour, strongest) {
  groups.forEach((group, step) => {
    if (!group.length) return;
    context.beginPath();
    for (const link of group) addLink(context, link, theatre);
    context.strokeStyle = css(colour, (strongest * step) / OPACITY_STEPS);
    context.stroke();
  });
}

/** @param {CanvasRenderingContext2D} context @param {Link} link @param {Theatre} theatre */
function addLink(context, { capsule, label }, theatre) {
  const x = theatre.x[capsule] + theatre.cell;
  const y = theatre.y[capsule] + theatre.cell / 2;
  const end = anchorY(theatre, label);
  const middle = (Math.max(x, theatre.linkStart) + theatre.linkEnd) / 2;
  context.moveTo(x, y);
  context.bezierCurveTo(middle, y, middle, end, theatre.linkEnd, end);
}
