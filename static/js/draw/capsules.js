/** The primary capsules as squares: the longer the capsule, the more ink. @import { Palette } from "../types.js" */
import { PRIMARY, TYPES } from "../lib/network.js";
import { css } from "./canvas.js";
import { ramp } from "./colour.js";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../layout/theatre.js").Theatre} theatre
 * @param {Float32Array | null} lengths (P); null draws the empty grid
 * @param {Palette} palette
 */
export function drawCapsules(context, theatre, lengths, palette) {
  drawTypes(context, theatre, palette);
  if (!lengths) return;
  const colour = ramp(palette.surface, palette.ink);
  const side = Math.max(1, theatre.cell - 0.6);
  for (let i = 0; i < PRIMARY; i++) {
    context.fillStyle = css(colour(lengths[i]));
    context.fillRect(theatre.x[i], theatre.y[i], side, side);
  }
}

/**
 * A frame around one capsule.
 * @param {CanvasRenderingContext2D} context
 * @param {import("../layout/theatre.js").Theatre} theatre
 * @param {number} capsule
 * @param {Palette} palette
 */
export function drawFocus(context, theatre, capsule, palette) {
  context.strokeStyle = css(palette.accent);
  context.lineWidth = 2;
  context.strokeRect(theatre.x[capsule] - 1.5, theatre.y[capsule] - 1.5, theatre.cell + 2.4, theatre.cell + 2.4);
}

/**
 * A frame around the 36 capsules of one type.
 * @param {CanvasRenderingContext2D} context
 * @param {import("../layout/theatre.js").Theatre} theatre
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
 * @param {import("../layout/theatre.js").Theatre} theatre
 * @param {Palette} palette
 */
function drawTypes(context, { types }, palette) {
  context.fillStyle = css(palette.line, 0.45);
  const gap = types.cell * 0.03;
  for (let type = 0; type < TYPES; type++) {
    const x = types.left + (type % types.columns) * types.cell;
    const y = types.top + Math.floor(type / types.columns) * types.cell;
    context.fillRect(x + gap, y + gap, types.cell - 2 * gap, types.cell - 2 * gap);
  }
}
