/** The primary capsules as squares: the longer the capsule, the more ink. */
/** @import { Palette } from "../shell/theme.js" */
import { css } from "./canvas.js";
import { LAST, inkRamp } from "./colour.js";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./theatre.js").Theatre} theatre
 * @param {Float32Array | null} lengths (P); null draws the empty grid
 * @param {Palette} palette
 */
export function drawCapsules(context, theatre, lengths, palette) {
  drawTypes(context, theatre, palette);
  if (!lengths) return;
  const { styles } = inkRamp(palette);
  const { x, y } = theatre;
  const side = Math.max(1, theatre.cell - 0.6);
  for (let i = 0; i < lengths.length; i++) {
    context.fillStyle = styles[(lengths[i] * LAST + 0.5) | 0]; // a length is below 1
    context.fillRect(x[i], y[i], side, side);
  }
}

/**
 * A frame around one capsule.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./theatre.js").Theatre} theatre
 * @param {number} capsule
 * @param {Palette} palette
 */
export function drawFocus(context, theatre, capsule, palette) {
  context.strokeStyle = css(palette.accent);
  context.lineWidth = 2;
  context.strokeRect(theatre.x[capsule] - 1.5, theatre.y[capsule] - 1.5, theatre.cell + 2.4, theatre.cell + 2.4);
}

/**
 * A frame around the capsules of one type.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./theatre.js").Theatre} theatre
 * @param {number} type
 * @param {Palette} palette
 */
export function drawTypeFocus(context, { types }, type, palette) {
  const x = types.left + (type % types.columns) * types.cell;
  const y = types.top + Math.floor(type / types.columns) * types.cell;
  context.strokeStyle = css(palette.accent);
  context.lineWidth = 2;
  context.strokeRect(x + 1, y + 1, types.cell - 2, types.cell - 2);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./theatre.js").Theatre} theatre
 * @param {Palette} palette
 */
function drawTypes(context, { types, geometry }, palette) {
  context.fillStyle = css(palette.line, 0.45);
  const gap = types.cell * 0.03;
  for (let type = 0; type < geometry.types; type++) {
    const x = types.left + (type % types.columns) * types.cell;
    const y = types.top + Math.floor(type / types.columns) * types.cell;
    context.fillRect(x + gap, y + gap, types.cell - 2 * gap, types.cell - 2 * gap);
  }
}

/** The radius of a ring for all of the support, in sides of a capsule. */
const RING = 3.2;
/** No ring is smaller, in sides of a capsule. */
const LEAST_RING = 0.85;

/**
 * Rings around the capsules that made a class: a ring's area is the capsule's share.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./theatre.js").Theatre} theatre
 * @param {readonly {capsule: number, share: number}[]} supporters
 * @param {Palette} palette
 */
export function drawSupporters(context, { x, y, cell }, supporters, palette) {
  for (const [colour, width] of /** @type {const} */ ([
    [palette.surface, 4],
    [palette.accent, 1.75],
  ])) {
    context.strokeStyle = css(colour);
    context.lineWidth = width;
    context.beginPath();
    for (const { capsule, share } of supporters) {
      const radius = cell * Math.max(LEAST_RING, RING * Math.sqrt(share));
      const [middleX, middleY] = [x[capsule] + cell / 2, y[capsule] + cell / 2];
      context.moveTo(middleX + radius, middleY);
      context.arc(middleX, middleY, radius, 0, 2 * Math.PI);
    }
    context.stroke();
  }
}
