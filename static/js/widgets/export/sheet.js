/**
 * A figure as one picture that is complete by itself: its title; all that the page shows of it; its caption; the
 * network, the iteration, the drawing; and the link that leads back.
 */
/** @import { Geometry } from "../../capsules/geometry.js" @import { Palette } from "../../shell/theme.js" */
/** @import { Edges, Item } from "./page.js" */
import { css, withContexts } from "../../charts/canvas.js";
import { drawPicture } from "../../charts/picture.js";
import { UserError } from "../../shell/errors.js";
import { wrapped } from "./lines.js";
import { itemsOf } from "./page.js";

const MARGIN = 20;
const GAP = 14;
/** A narrow figure still has room for its caption. */
const NARROWEST = 640;
/** A small figure is enlarged until it is so wide or so high, but not more than so many times. */
const LARGE = 400;
const TALL = 640;
const MOST_TIMES = 4;
/** What the network saw, at the foot. */
const THUMBNAIL = 72;

const SERIF = '"Charter", "Bitstream Charter", "Source Serif 4", "Liberation Serif", Georgia, serif';
const TITLE = { font: `600 20px ${SERIF}`, line: 26, up: 19 };
const CAPTION = { font: `14px ${SERIF}`, line: 20, up: 14 };
const NOTE = { font: '13px system-ui, "Segoe UI", "Liberation Sans", sans-serif', line: 19, up: 13 };
const LINK = { font: '11.5px ui-monospace, "Liberation Mono", Menlo, Consolas, monospace', line: 16, up: 11 };

/**
 * @typedef {OffscreenCanvasRenderingContext2D | import("./recorder.js").Recorder} Context
 * @typedef {OffscreenCanvas | import("./recorder.js").Recorder} Sheet
 *
 * @typedef {object} Paper makes sheets of one kind
 * @property {(width: number, height: number, zoom?: number) => {sheet: Sheet, context: Context}} make in CSS pixels;
 *   `zoom` is how much larger it will be shown
 *
 * @typedef {object} Words
 * @property {string} title
 * @property {string} caption what the figure shows; "" for none
 * @property {string[]} notes the network and its answer, the iteration, the drawing
 * @property {string} link leads back to the figure, with all that it shows
 *
 * @typedef {object} Look
 * @property {Palette} palette
 * @property {Geometry} geometry
 * @property {Float32Array} image (H, W), what the network saw
 */

/**
 * @param {HTMLElement} root the figure on the page
 * @param {Words} words
 * @param {Look} look
 * @param {Paper} paper
 * @param {{drawAgain: () => void, without?: ReadonlySet<Element>}} page `drawAgain` has every picture painted once
 *   more; `without` are elements of the figure that stand elsewhere on the sheet
 * @returns {Sheet}
 * @throws {UserError} where nothing is in it
 */
export function compose(root, words, look, paper, { drawAgain, without }) {
  const zoom = zoomOf(root);
  const sheets = captured(root, paper, zoom, drawAgain);
  const items = itemsOf(root, (canvas) => sheets.get(canvas) ?? /** @type {any} */ (canvas), without);
  const edges = edgesOf(items);
  if (!edges || isEmpty(root, sheets)) throw new UserError(root.dataset.pictureEmpty ?? "There is nothing in it yet.");
  const width = Math.max(NARROWEST, zoom * (edges.right - edges.left));
  const head = wrapped(words.title, TITLE.font, width);
  const foot = footOf(words, width);
  const top = MARGIN + head.length * TITLE.line + GAP;
  const below = top + zoom * (edges.bottom - edges.top) + GAP;
  const height = below + foot.height + MARGIN;
  const { sheet, context } = paper.make(width + 2 * MARGIN, height);
  context.fillStyle = css(look.palette.surface);
  context.fillRect(0, 0, width + 2 * MARGIN, height);
  head.forEach((line, k) => write(context, line, TITLE, MARGIN, MARGIN + k * TITLE.line, css(look.palette.ink)));
  context.save();
  context.translate(MARGIN, top);
  context.scale(zoom, zoom);
  context.translate(-edges.left, -edges.top);
  for (const { alpha, paint } of items) {
    context.save();
    context.globalAlpha *= alpha;
    paint(context);
    context.restore();
  }
  context.restore();
  writeFoot(context, foot, look, below, width);
  return sheet;
}

/** A narrow figure has more room on a sheet than on the page. @param {HTMLElement} root */
function zoomOf({ offsetWidth: width, offsetHeight: height }) {
  if (!width || !height) return 1;
  return Math.min(MOST_TIMES, Math.max(1, Math.min(LARGE / width, TALL / height)));
}

/** @param {Item[]} items @returns {Edges | null} around all of them */
function edgesOf(items) {
  if (!items.length) return null;
  const [left, top, right, bottom] = /** @type {const} */ (["left", "top", "right", "bottom"]).map((side, k) =>
    items.reduce(
      (most, { edges }) => (k < 2 ? Math.min(most, edges[side]) : Math.max(most, edges[side])),
      items[0].edges[side],
    ),
  );
  return { left, top, right, bottom };
}

/** @typedef {{caption: string[], notes: string[], link: string[], height: number}} Foot */

/** @param {Words} words @param {number} width @returns {Foot} */
function footOf(words, width) {
  const beside = width - THUMBNAIL - GAP;
  const caption = wrapped(words.caption, CAPTION.font, width);
  const notes = words.notes.flatMap((note) => wrapped(note, NOTE.font, beside));
  const link = wrapped(words.link, LINK.font, beside);
  const told = Math.max(THUMBNAIL, notes.length * NOTE.line + link.length * LINK.line);
  return { caption, notes, link, height: caption.length * CAPTION.line + 2 * GAP + told };
}

/**
 * @param {Context} context
 * @param {Foot} foot
 * @param {Look} look
 * @param {number} top
 * @param {number} width
 */
function writeFoot(context, { caption, notes, link }, { palette, geometry, image }, top, width) {
  const [ink, muted] = [css(palette.ink), css(palette.muted)];
  caption.forEach((line, k) => write(context, line, CAPTION, MARGIN, top + k * CAPTION.line, ink));
  const rule = top + caption.length * CAPTION.line + GAP;
  context.fillStyle = css(palette.line);
  context.fillRect(MARGIN, rule, width, 1);
  const place = { left: MARGIN, top: rule + GAP, size: THUMBNAIL };
  drawPicture(
    geometry,
    /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (context)),
    image,
    palette,
    place,
  );
  const left = MARGIN + THUMBNAIL + GAP;
  notes.forEach((line, k) => write(context, line, NOTE, left, place.top + k * NOTE.line, muted));
  const under = place.top + notes.length * NOTE.line;
  link.forEach((line, k) => write(context, line, LINK, left, under + k * LINK.line, muted));
}

/**
 * Have the canvases of a part of the page painted on sheets of their own.
 * @param {HTMLElement} root
 * @param {Paper} paper
 * @param {number} zoom
 * @param {() => void} drawAgain
 */
function captured(root, paper, zoom, drawAgain) {
  /** @type {Map<HTMLCanvasElement, Sheet>} */
  const sheets = new Map();
  withContexts((canvas) => {
    if (!root.contains(canvas)) return null;
    const { sheet, context } = paper.make(canvas.clientWidth, canvas.clientHeight, zoom);
    sheets.set(canvas, sheet);
    return /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (context));
  }, drawAgain);
  return sheets;
}

/**
 * Whether it has pictures, and nothing is in any of them.
 * @param {HTMLElement} root
 * @param {Map<HTMLCanvasElement, Sheet>} sheets
 */
function isEmpty(root, sheets) {
  const canvases = root instanceof HTMLCanvasElement ? [root] : [...root.querySelectorAll("canvas")];
  const shown = canvases.filter((canvas) => canvas.clientWidth > 0);
  return shown.length > 0 && !shown.some((canvas) => hasInk(sheets.get(canvas) ?? canvas));
}

/** @param {Sheet | HTMLCanvasElement} sheet */
function hasInk(sheet) {
  if (!(sheet instanceof OffscreenCanvas || sheet instanceof HTMLCanvasElement)) return sheet.parts.length > 0;
  if (!sheet.width || !sheet.height) return false;
  const context = /** @type {OffscreenCanvasRenderingContext2D | null} */ (sheet.getContext("2d"));
  const { data } = context?.getImageData(0, 0, sheet.width, sheet.height) ?? { data: [] };
  for (let k = 3; k < data.length; k += 4) if (data[k]) return true;
  return false;
}

/**
 * @param {Context} context
 * @param {string} text
 * @param {{font: string, up: number}} type
 * @param {number} x
 * @param {number} top
 * @param {string} colour
 */
function write(context, text, { font, up }, x, top, colour) {
  context.font = font;
  context.fillStyle = colour;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillText(text, x, top + up);
}
