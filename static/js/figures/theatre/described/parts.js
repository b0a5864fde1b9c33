/** What descriptions are made of: stories, and small plots. */
/** @import { Traced } from "../../../state/trace/subject.js" */
import { fitCanvas } from "../../../charts/canvas.js";
import { classCurves, drawCurves } from "../../../charts/curves.js";
import { element } from "../../../widgets/dom.js";

/**
 * @typedef {object} Described what is looked at
 * @property {Node[]} nodes their canvases draw when they are told that they stand on the page
 * @property {(state: Traced) => void} [follow] writes what the playhead changes, and leaves all else as it stands;
 *   without
 *   it the playhead changes nothing
 */

/** @param {string} text @param {string} [title] */
export function story(text, title) {
  const paragraph = element("p", { textContent: text });
  const made = element("div", { className: title ? "story" : "story alone" }, paragraph);
  if (title) made.prepend(element("h3", { textContent: title }));
  return made;
}

/** @param {HTMLElement} told a story @param {string} text @param {string} [title] */
export function tellAgain(told, text, title) {
  /** @type {HTMLElement} */ (told.querySelector("p")).textContent = text;
  if (title) /** @type {HTMLElement} */ (told.querySelector("h3")).textContent = title;
}

/** A word that explains itself. @param {string} term @param {string} text */
export const word = (term, text) => element("dfn", { "data-term": term, tabIndex: 0, textContent: text });

/**
 * A small canvas with its caption; it is drawn once it stands on the page.
 * @param {string} kind
 * @param {string | (string | Node)[]} caption
 * @param {(canvas: HTMLCanvasElement) => void} draw
 * @param {string[]} [lines] what it shows, as text; a browser hands what stands in a canvas to those who do not see it
 */
export function plot(kind, caption, draw, lines = []) {
  const canvas = element("canvas", {}, ...lines.map((textContent) => element("p", { textContent })));
  canvas.addEventListener("draw", () => draw(canvas));
  return element("figure", { className: kind }, canvas, element("figcaption", {}, ...[caption].flat()));
}

/** @param {HTMLElement} figure a plot */
export const redraw = (figure) => figure.querySelector("canvas")?.dispatchEvent(new CustomEvent("draw"));

/**
 * A story and a plot of lengths that follow the playhead.
 * @param {Traced} state
 * @param {(state: Traced) => string} textOf
 * @param {(state: Traced) => string} titleOf
 * @param {number} label whose curve is lit
 * @param {Node[]} rest
 * @returns {Described}
 */
export function followed(state, textOf, titleOf, label, rest = []) {
  let now = state;
  const told = story(textOf(state), titleOf(state));
  const curves = plot("curves", "length ‖v‖ by iteration", (canvas) => {
    const { trace, palette, playhead } = now;
    const { context, width, height } = fitCanvas(canvas);
    drawCurves(context, classCurves(trace, trace.lengths, label), { width, height, palette, playhead });
  });
  return {
    nodes: [told, curves, ...rest],
    follow(later) {
      now = later;
      tellAgain(told, textOf(later), titleOf(later));
      redraw(curves);
    },
  };
}
