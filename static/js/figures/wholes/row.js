/** The votes for one class: what each of them draws, and what their sum draws. */
/** @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State, Traced } from "../../state/trace/subject.js" */
/** @import { Wholes } from "../../capsules/types.js" @import { RowSums } from "../../words/wholes.js" */
/** @import { Card, Vote } from "./card.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawGrowth } from "../../charts/growth.js";
import { drawPicture } from "../../charts/picture.js";
import { argmax, lengthOf, maximum } from "../../shell/math.js";
import { couplingColumn } from "../../state/trace/measures.js";
import { className } from "../../state/trace/network.js";
import { rowText, sumText } from "../../words/wholes.js";
import { element } from "../../widgets/dom.js";
import { rove } from "../../widgets/roving.js";
import { fitCard, makeCard, paintCard, tellCard } from "./card.js";

/**
 * @typedef {ReturnType<typeof makeRow>} Row
 * @param {Context<State, Actions>} context
 */
export function makeRow(context) {
  const [title, told, numbers] = [element("h3"), element("p", { className: "caption" }), element("p")];
  const sum = element("canvas", { className: "picture", role: "img", "aria-label": "What the sum draws" });
  const growth = element("canvas", { role: "img", "aria-label": "Length of the sum" });
  const list = element("ol", { className: "whole-parts" });
  const root = element(
    "div",
    { className: "whole-row" },
    element("div", { className: "whole-sum" }, title, element("div", { className: "whole-grown" }, sum, growth), told),
    element("div", { className: "whole-votes" }, list, numbers),
  );
  numbers.className = "caption";
  /** @type {Card[]} */
  let cards = [];
  rove(list, ".whole-part", context.signal);

  /** As many cards as there are votes. @param {number} count */
  function build(count) {
    if (cards.length === count) return;
    cards = Array.from({ length: count }, () => makeCard(context.actions));
    list.replaceChildren(...cards.map(({ button }) => element("li", {}, button)));
  }

  /** There is nothing to show. */
  function clear() {
    cards.forEach(fitCard);
    for (const canvas of [sum, growth]) fitCanvas(canvas);
    for (const { button } of cards) button.disabled = true;
    [title.textContent, told.textContent, numbers.textContent] = ["…", "", ""];
    delete root.dataset.label;
  }

  /** @param {Traced} state @param {Wholes} wholes @param {RowLook} look */
  function draw(state, wholes, look) {
    build(wholes.parts.length / wholes.labels.length);
    const fitted = cards.map(fitCard); // all before any text changes: one layout
    const [big, curve] = [fitCanvas(sum), fitCanvas(growth)];
    const { palette, trace } = state;
    const { k, place } = look;
    const { counts } = wholes;
    const name = className(state, wholes.labels[k]);
    const votes = cards.map((_, n) => voteOf(state, wholes, look, n));
    fitted.forEach((canvases, n) => paintCard(canvases, state, votes[n]));
    const lengths = sumsOf(wholes, k, trace.geometry.poseDim);
    const drawn = pictureOf(wholes.sum_pictures, trace.geometry.pixels, k * counts.length + place);
    drawPicture(trace.geometry, big.context, drawn, palette, { left: 0, top: 0, size: big.width });
    drawGrowth(curve.context, { counts, lengths, place }, { ...curve, palette, lit: k === 0 });
    root.dataset.label = String(wholes.labels[k]);
    title.textContent = look.text;
    told.textContent = sumText(counts[place], trace.geometry.primaries, lengths[place]);
    numbers.textContent = rowText(sumsFor(wholes, k, { name, grown: lengths }), cards.length);
    sum.ariaLabel = `What the sum draws for ${name}: ${told.textContent}`;
    growth.ariaLabel = `Length of the sum for ${name} against the number of parts`;
    cards.forEach((card, n) => tellCard(card, state, votes[n]));
  }

  return { root, clear, draw };
}

/**
 * @typedef {object} RowLook
 * @property {0 | 1} k which of the two classes
 * @property {number} place of the sum that is shown
 * @property {number} strongest c ‖û‖ of the strongest vote of both classes, where the bars end
 * @property {string} text the row's title
 */

/** @param {Float32Array} pictures (…, H, W) @param {number} pixels @param {number} n */
const pictureOf = (pictures, pixels, n) => pictures.subarray(n * pixels, (n + 1) * pixels);

/**
 * @param {Traced} state
 * @param {Wholes} wholes
 * @param {RowLook} look
 * @param {number} n which of the strongest
 * @returns {Vote}
 */
function voteOf(state, wholes, { k, place, strongest }, n) {
  const { geometry } = state.trace;
  const { labels, parts, at } = wholes;
  const own = (k * parts.length) / labels.length + n;
  const part = parts[own];
  return {
    part,
    name: className(state, labels[k]),
    cosine: wholes.cosines[own],
    share: wholes.strengths[own] / (strongest || 1),
    picture: pictureOf(wholes.pictures, geometry.pixels, own),
    couplings: historyOf(couplingColumn(state.trace, labels[k]), part, geometry.primaries),
    at,
    isAdded: n < wholes.counts[place],
  };
}

/**
 * One coupling over the iterations.
 * @param {Float32Array} column (R, P)
 * @param {number} part
 * @param {number} primaries
 */
const historyOf = (column, part, primaries) =>
  Float32Array.from({ length: column.length / primaries }, (_, r) => column[r * primaries + part]);

/**
 * The lengths of the sums for one class.
 * @param {Wholes} wholes
 * @param {number} k
 * @param {number} poseDim
 * @returns {Float32Array} (S) in [0, 1)
 */
export const sumsOf = ({ sums, counts }, k, poseDim) =>
  Float32Array.from({ length: counts.length }, (_, s) => lengthOf(sums, (k * counts.length + s) * poseDim, poseDim));

/**
 * @param {Wholes} wholes
 * @param {number} k
 * @param {{name: string, grown: Float32Array}} of the class; `grown` from `sumsOf`
 * @returns {RowSums}
 */
export function sumsFor({ cosines, strengths, among, labels, counts }, k, { name, grown }) {
  const count = cosines.length / labels.length;
  const own = (/** @type {Float32Array} */ values) =>
    values.subarray(k * count, (k + 1) * count).reduce((sum, value) => sum + value, 0);
  return {
    name,
    withV: own(cosines) / count,
    among: among[k],
    strength: own(strengths),
    length: grown[grown.length - 1],
    longest: { length: maximum(grown), count: counts[argmax(grown)] },
  };
}
