/** What a part of the page looks like, as a list of things to paint: text, boxes, bars, controls and canvases. */
/** @import { Context, Sheet } from "./sheet.js" */
import { linesOf, markerOf } from "./lines.js";

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Edges
 *
 * @typedef {object} Item one thing on the page, in the page's own pixels
 * @property {Edges} edges
 * @property {number} alpha
 * @property {(context: Context) => void} paint
 *
 * @typedef {object} Around what holds for an element because of those around it
 * @property {number} alpha
 * @property {Edges | null} clip beyond it nothing is seen
 */

/** Never part of a picture: what only acts, and what nobody sees. */
const LEFT_OUT =
  ".visually-hidden, .address, summary, details:not([open]), datalist, input[type='file'], [data-picture-skip]";
/** A button is left out, but for one that shows something: a state, or a picture. */
const SHOWING = "[data-picture-keep], [aria-pressed='true']";

/**
 * Everything that is seen of an element, back to front.
 * @param {Element} element
 * @param {(canvas: HTMLCanvasElement) => Sheet} sheetOf what a canvas shows
 * @param {ReadonlySet<Element>} [without] elements that stand elsewhere on the sheet
 * @returns {Item[]}
 */
export function itemsOf(element, sheetOf, without = new Set()) {
  /** @type {Item[]} */
  const items = [];
  collect(element, { alpha: 1, clip: null });
  return items;

  /** @param {Element} child @param {Around} around */
  function collect(child, { alpha: outer, clip }) {
    const style = getComputedStyle(child);
    if (without.has(child) || !isSeen(child, style)) return;
    const alpha = outer * Number(style.opacity);
    const edges = child.getBoundingClientRect();
    if (clip && (edges.left >= clip.right || edges.right <= clip.left)) return;
    if (!child.matches("input, select")) items.push(...boxItems(child, style, edges, alpha));
    if (child instanceof HTMLCanvasElement) {
      const sheet = sheetOf(child);
      if (sheet.width && sheet.height) {
        const [left, top] = [edges.left + child.clientLeft, edges.top + child.clientTop]; // within its border
        const [width, height] = [child.clientWidth, child.clientHeight];
        items.push({
          edges,
          alpha,
          paint: (context) => context.drawImage(/** @type {any} */ (sheet), left, top, width, height),
        });
      }
      return;
    }
    const control = controlItem(child, style, edges, alpha);
    if (control) return void items.push(control);
    const inside = style.overflowX === "visible" ? clip : edges;
    for (const node of child.childNodes) {
      if (node instanceof Element) collect(node, { alpha, clip: inside });
      else if (node instanceof Text) items.push(...textItems(node, style, { alpha, clip: inside }));
    }
  }
}

/** @param {Element} element @param {CSSStyleDeclaration} style */
function isSeen(element, { display, visibility }) {
  if (display === "none" || visibility !== "visible" || element.matches(LEFT_OUT)) return false;
  return !element.matches("button, .button") || element.matches(SHOWING) || element.querySelector("canvas") !== null;
}

/**
 * The ground of an element, its scale of colours, its lines, its number in a list.
 * @param {Element} element
 * @param {CSSStyleDeclaration} style
 * @param {DOMRect} edges
 * @param {number} alpha
 * @returns {Item[]}
 */
function boxItems(element, style, edges, alpha) {
  /** @type {Item[]} */
  const items = [];
  const { left, top, right, bottom, width, height } = edges;
  /** @param {number[]} rect @param {string} colour */
  function fill([x, y, w, h], colour) {
    if (!isInk(colour) || !(w > 0) || !(h > 0)) return;
    const paint = (/** @type {Context} */ context) => {
      context.fillStyle = colour;
      context.fillRect(x, y, w, h);
    };
    items.push({ edges: { left: x, top: y, right: x + w, bottom: y + h }, alpha, paint });
  }
  fill([left, top, width, height], style.backgroundColor);
  const colours = style.backgroundImage.match(/^linear-gradient\(to right, (.*)\)$/)?.[1].split(/,\s*(?![^(]*\))/);
  if (colours) {
    const picture = ramp(colours, width);
    items.push({ edges, alpha, paint: (context) => context.drawImage(picture, left, top, width, height) });
  }
  const [above, beyond, below, before] = ["top", "right", "bottom", "left"].map((side) => ({
    size: Number.parseFloat(style.getPropertyValue(`border-${side}-width`)),
    colour: style.getPropertyValue(`border-${side}-color`),
  }));
  fill([left, top, width, above.size], above.colour);
  fill([left, bottom - below.size, width, below.size], below.colour);
  fill([left, top, before.size, height], before.colour);
  fill([right - beyond.size, top, beyond.size, height], beyond.colour);
  if (style.outlineStyle !== "none" && !element.matches(":focus-visible")) {
    const size = Number.parseFloat(style.outlineWidth);
    for (const y of [top - size, bottom]) fill([left - size, y, width + 2 * size, size], style.outlineColor);
    for (const x of [left - size, right]) fill([x, top, size, height], style.outlineColor);
  }
  if (element.localName === "mfrac") fill(...lineOfFraction(element, style));
  const marker = markerOf(element, style, edges);
  if (marker) items.push(wordsItem(marker, fontOf(style), style.color, alpha));
  return items;
}

/** @param {Element} fraction @param {CSSStyleDeclaration} style @returns {[number[], string]} */
function lineOfFraction({ children: [above, below] }, { color }) {
  const [{ bottom, ...over }, under] = [above, below].map((part) => {
    const { left, right, top, bottom: foot } = part.getBoundingClientRect();
    return { left, right, top, bottom: foot };
  });
  const [left, right] = [Math.min(over.left, under.left), Math.max(over.right, under.right)];
  return [[left, (bottom + under.top) / 2 - 0.5, right - left, 1], color];
}

/**
 * What a form's control shows: the option that is chosen, how far a slider stands, whether a box is ticked.
 * @param {Element} element
 * @param {CSSStyleDeclaration} style
 * @param {DOMRect} edges
 * @param {number} alpha
 * @returns {Item | null}
 */
function controlItem(element, style, edges, alpha) {
  if (element instanceof HTMLSelectElement) {
    const [words, font] = [element.selectedOptions[0]?.label ?? "", fontOf(style)];
    const left = edges.left + Number.parseFloat(style.paddingLeft);
    return wordsItem(
      { words, left, top: edges.top, height: edges.height, width: edges.right - left },
      font,
      style.color,
      alpha,
    );
  }
  if (!(element instanceof HTMLInputElement)) return null;
  const { left, top, width, height } = edges;
  const middle = top + height / 2;
  if (element.type === "range") {
    const [low, high] = [Number(element.min), Number(element.max)];
    const radius = Math.min(5, height / 2);
    const at = left + radius + ((element.valueAsNumber - low) / (high - low || 1)) * (width - 2 * radius);
    const paint = (/** @type {Context} */ context) => {
      context.fillStyle = style.color;
      context.fillRect(left, middle - 0.5, width, 1);
      if (style.accentColor !== "auto") context.fillStyle = style.accentColor;
      disc(context, at, middle, radius);
    };
    return { edges, alpha, paint };
  }
  const size = Math.min(width, height);
  const paint = (/** @type {Context} */ context) => {
    context.fillStyle = style.color;
    context.strokeStyle = style.color;
    context.lineWidth = 1;
    if (element.type === "radio") {
      context.beginPath();
      context.arc(left + size / 2, middle, size / 2 - 0.5, 0, 2 * Math.PI);
      context.stroke();
    } else context.strokeRect(left + 0.5, middle - size / 2 + 0.5, size - 1, size - 1);
    if (element.checked) disc(context, left + size / 2, middle, size / 2 - 3);
  };
  return { edges, alpha, paint };
}

/** @param {Context} context @param {number} x @param {number} y @param {number} radius */
function disc(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/**
 * @param {Text} text
 * @param {CSSStyleDeclaration} style of what it stands in
 * @param {Around} around
 * @returns {Item[]}
 */
function textItems(text, style, { alpha, clip }) {
  return linesOf(text)
    .filter(({ left }) => !clip || left < clip.right)
    .map((line) => {
      const room = clip ? Math.min(line.width, clip.right - line.left) : line.width;
      return wordsItem({ ...line, width: room }, fontOf(style), style.color, alpha);
    });
}

/**
 * @param {import("./lines.js").Line} line
 * @param {string} font
 * @param {string} colour
 * @param {number} alpha
 * @returns {Item}
 */
function wordsItem({ words, left, top, width, height }, font, colour, alpha) {
  return {
    edges: { left, top, right: left + width, bottom: top + height },
    alpha,
    paint(context) {
      context.font = font;
      context.fillStyle = colour;
      context.textAlign = "left";
      context.textBaseline = "alphabetic";
      const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = context.measureText(words);
      context.fillText(words, left, top + (height - ascent - descent) / 2 + ascent, Math.ceil(width) + 1);
    },
  };
}

/** @param {CSSStyleDeclaration} style */
const fontOf = ({ fontStyle, fontWeight, fontSize, fontFamily }) =>
  `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;

/** The colours of a scale from left to right, evenly apart. @param {string[]} colours @param {number} width */
function ramp(colours, width) {
  const picture = new OffscreenCanvas(Math.max(1, Math.ceil(width)), 1);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (picture.getContext("2d"));
  const gradient = context.createLinearGradient(0, 0, picture.width, 0);
  colours.forEach((colour, k) => gradient.addColorStop(k / (colours.length - 1), colour));
  context.fillStyle = gradient;
  context.fillRect(0, 0, picture.width, 1);
  return picture;
}

/** Whether a colour is to be seen: browsers write what is not as rgba(…, 0). @param {string} colour */
const isInk = (colour) => colour !== "transparent" && !/[,/]\s*0\)$/.test(colour);
