/** A part of the page as one picture: its canvases, and its text, lines and bars where they stand. */
import { withContexts } from "../draw/canvas.js";

const MARGIN = 16;
const TITLE = { font: "600 17px Georgia, serif", line: 24 };
const CAPTION = { font: "italic 12.5px Georgia, serif", line: 18 };

/**
 * @typedef {OffscreenCanvasRenderingContext2D | import("./recorder.js").Recorder} Context
 * @typedef {OffscreenCanvas | import("./recorder.js").Recorder} Sheet
 * @typedef {object} Paper makes sheets of one kind
 * @property {(width: number, height: number) => {sheet: Sheet, context: Context}} make in CSS pixels
 *
 * @typedef {{title: string, caption: string, surface: string, ink: string, muted: string}} Words
 */

/**
 * Compose a part of the page on a sheet, with a title above and a caption below.
 * @param {HTMLElement} root
 * @param {Words} words
 * @param {Paper} paper
 * @param {() => void} drawAgain has every picture of the page painted once more
 * @returns {Sheet}
 */
export function compose(root, words, paper, drawAgain) {
  const canvases = captured(root, paper, drawAgain);
  const box = root.getBoundingClientRect();
  const width = Math.max(320, box.width) + 2 * MARGIN;
  const captions = wrapped(words.caption, CAPTION.font, width - 2 * MARGIN);
  const height = box.height + TITLE.line + captions.length * CAPTION.line + 3 * MARGIN;
  const { sheet, context } = paper.make(width, height);
  context.fillStyle = words.surface;
  context.fillRect(0, 0, width, height);
  write(context, words.title, { ...TITLE, x: MARGIN, y: MARGIN + 14, colour: words.ink });
  paint(context, root, { x: MARGIN - box.left, y: MARGIN + TITLE.line - box.top }, canvases);
  const foot = MARGIN + TITLE.line + box.height + MARGIN + 8;
  captions.forEach((line, k) => write(context, line, { ...CAPTION, x: MARGIN, y: foot + k * CAPTION.line, colour: words.muted }));
  return sheet;
}

/**
 * Have the canvases of a part of the page painted on sheets of their own.
 * @param {HTMLElement} root
 * @param {Paper} paper
 * @param {() => void} drawAgain
 */
function captured(root, paper, drawAgain) {
  /** @type {Map<HTMLCanvasElement, Sheet>} */
  const sheets = new Map();
  withContexts((canvas) => {
    if (!root.contains(canvas)) return null;
    const { sheet, context } = paper.make(canvas.clientWidth, canvas.clientHeight);
    sheets.set(canvas, sheet);
    return /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (context));
  }, drawAgain);
  return sheets;
}

/**
 * An element and what stands in it, back to front.
 * @param {Context} context
 * @param {HTMLElement} element
 * @param {{x: number, y: number}} offset from the screen to the sheet
 * @param {Map<HTMLCanvasElement, Sheet>} canvases
 */
function paint(context, element, offset, canvases) {
  if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(".visually-hidden, input, select, .quiet")) return;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const place = { x: box.left + offset.x, y: box.top + offset.y, width: box.width, height: box.height };
  context.save();
  context.globalAlpha *= Number(style.opacity);
  paintBox(context, style, place);
  if (element instanceof HTMLCanvasElement) {
    const sheet = /** @type {OffscreenCanvas} */ (canvases.get(element) ?? element);
    if (sheet.width && sheet.height) context.drawImage(sheet, place.x, place.y, place.width, place.height);
  } else {
    for (const child of element.childNodes) {
      if (child instanceof HTMLElement) paint(context, child, offset, canvases);
      else if (child instanceof Text) paintText(context, child, style, offset);
    }
  }
  context.restore();
}

/** @param {Context} context @param {CSSStyleDeclaration} style @param {{x: number, y: number, width: number, height: number}} box */
function paintBox(context, style, { x, y, width, height }) {
  if (isInk(style.backgroundColor)) {
    context.fillStyle = style.backgroundColor;
    context.fillRect(x, y, width, height);
  }
  const colours = style.backgroundImage.match(/^linear-gradient\(to right, (.*)\)$/)?.[1].split(/,\s*(?![^(]*\))/);
  if (colours) context.drawImage(ramp(colours, width), x, y, width, height);
  const [top, right, bottom, left] = ["top", "right", "bottom", "left"].map((side) => ({
    size: Number.parseFloat(style.getPropertyValue(`border-${side}-width`)),
    colour: style.getPropertyValue(`border-${side}-color`),
  }));
  for (const { colour, rect } of [
    { colour: top.colour, rect: [x, y, width, top.size] },
    { colour: bottom.colour, rect: [x, y + height - bottom.size, width, bottom.size] },
    { colour: left.colour, rect: [x, y, left.size, height] },
    { colour: right.colour, rect: [x + width - right.size, y, right.size, height] },
  ]) {
    if (!isInk(colour) || !rect[2] || !rect[3]) continue;
    context.fillStyle = colour;
    context.fillRect(rect[0], rect[1], rect[2], rect[3]);
  }
}

/** The colours of a scale from left to right, evenly apart. @param {string[]} colours @param {number} width */
function ramp(colours, width) {
  const picture = new OffscreenCanvas(Math.ceil(width), 1);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (picture.getContext("2d"));
  const gradient = context.createLinearGradient(0, 0, picture.width, 0);
  colours.forEach((colour, k) => gradient.addColorStop(k / (colours.length - 1), colour));
  context.fillStyle = gradient;
  context.fillRect(0, 0, picture.width, 1);
  return picture;
}

/** Whether a colour is to be seen: browsers write what is not as rgba(…, 0). @param {string} colour */
const isInk = (colour) => colour !== "transparent" && !/[,/]\s*0\)$/.test(colour);

/**
 * A text, line by line as the page broke it.
 * @param {Context} context
 * @param {Text} text
 * @param {CSSStyleDeclaration} style
 * @param {{x: number, y: number}} offset
 */
function paintText(context, text, style, offset) {
  const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  for (const { words, box } of linesOf(text)) {
    context.font = font;
    const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = context.measureText(words);
    const baseline = box.top + (box.height - ascent - descent) / 2 + ascent;
    write(context, words, { font, x: box.left + offset.x, y: baseline + offset.y, colour: style.color });
  }
}

/** @param {Text} text @returns {{words: string, box: DOMRect}[]} */
function linesOf(text) {
  const range = document.createRange();
  /** @type {{words: string, box: DOMRect}[]} */
  const lines = [];
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.box.top - box.top) < 2) last.words += ` ${word}`;
    else lines.push({ words: word, box });
  }
  return lines;
}

/** @param {Context} context @param {string} text @param {{font: string, x: number, y: number, colour: string}} look */
function write(context, text, { font, x, y, colour }) {
  context.font = font;
  context.fillStyle = colour;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillText(text, x, y);
}

/** @param {string} text @param {string} font @param {number} width @returns {string[]} */
function wrapped(text, font, width) {
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext("2d"));
  context.font = font;
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
