/** What is looked at, in numbers: a primary capsule, a map of Conv1, a class capsule, or the iteration. */
/** @import { Context } from "./dom.js" @import { State, Trace } from "../types.js" */
import { css, fitCanvas, paintPixels } from "../draw/canvas.js";
import { ramp } from "../draw/colour.js";
import { drawCurves } from "../draw/curves.js";
import { drawMap } from "../draw/mosaic.js";
import { drawStrip } from "../draw/strip.js";
import { fixed } from "../lib/format.js";
import { maximum } from "../lib/math.js";
import { CLASSES, IMAGE, POSE_DIM, PRIMARY, PRIMARY_DIM, capsuleAddress, receptiveField } from "../lib/network.js";
import { contributions, couplingHistory, couplingsNow, iterationOf, lookedAtCapsule, primaryLengthsOf, shownClass } from "../state/selectors.js";
import { byId, element } from "./dom.js";

/** @typedef {State & {trace: Trace}} Traced */

/** @param {Context} context */
export function inspectorView({ store }) {
  const root = byId("inspector", HTMLElement);
  store.watch(
    (state) => [
      state.trace,
      state.votes,
      state.palette,
      state.hoveredMap,
      state.hoveredClass,
      lookedAtCapsule(state),
      shownClass(state),
      state.playhead,
    ],
    (state) => {
      root.replaceChildren(...describe(state));
      for (const canvas of root.querySelectorAll("canvas")) canvas.dispatchEvent(new CustomEvent("draw"));
    },
  );
}

/** @param {State} state @returns {Node[]} */
function describe(state) {
  if (!state.trace) return [story(emptyText(state))];
  const traced = /** @type {Traced} */ (state);
  const capsule = lookedAtCapsule(state);
  if (state.hoveredMap !== null) return describeMap(traced, state.hoveredMap);
  if (capsule !== null) return describeCapsule(traced, capsule);
  if (state.hoveredClass !== null) return describeClass(traced, state.hoveredClass);
  return describeIteration(traced);
}

/** @param {State} state */
function emptyText({ status }) {
  if (status === "loading") return "Reading …";
  return "Draw a digit on the pad, or take one of the test digits. The network answers while you draw; then every square, line and bar here can be asked what it is.";
}

/** What happens in the iteration that the playhead is in. @param {Traced} state */
function describeIteration(state) {
  const { trace, palette, playhead } = state;
  const label = shownClass(state) ?? trace.label;
  return [
    story(iterationText(trace, iterationOf(state), label), `Iteration ${iterationOf(state)} of ${trace.iterations}`),
    lengthsPlot(trace, label, palette, playhead),
  ];
}

/** @param {Trace} trace @param {number} iteration @param {number} label */
function iterationText(trace, iteration, label) {
  const length = fixed(trace.lengths[(iteration - 1) * CLASSES + label]);
  if (iteration === 1) {
    return `Nobody has agreed on anything yet: each primary capsule sends a tenth of itself to each class, c = 1/10 exactly. The sum of all votes already makes the capsule of ${label} ${length} long.`;
  }
  const step = PRIMARY * CLASSES;
  const strongest = maximum(trace.coupling_coefficients.subarray((iteration - 1) * step, iteration * step));
  const share = Math.round(100 * shareOfBest(contributions(trace, label, iteration), 100));
  return `Votes that pointed the way of a class capsule are coupled to it more strongly now, the others less; the largest coupling is ${fixed(strongest)}. The capsule of ${label} is ${length} long, and ${share} % of what makes it so comes from the hundred primary capsules that agree with it best.`;
}

/** The part of a sum that its largest terms make up. @param {Float32Array} terms @param {number} count */
function shareOfBest(terms, count) {
  const sorted = [...terms].sort((a, b) => b - a);
  const total = (/** @type {number[]} */ some) => some.reduce((sum, term) => sum + term, 0);
  return total(sorted.slice(0, count)) / total(sorted);
}

/** @param {Trace} trace @param {number} label @param {import("../types.js").Palette} palette @param {number} playhead */
function lengthsPlot(trace, label, palette, playhead) {
  return plot("curves", "length ‖v‖ over the iterations", (canvas) => {
    const { context, width, height } = fitCanvas(canvas);
    drawCurves(context, classCurves(trace.lengths, trace.iterations, label), { width, height, palette, playhead });
  });
}

/** @param {Traced} state @param {number} map */
function describeMap({ trace, palette }, map) {
  const size = trace.conv1.length / 256;
  const strongest = maximum(trace.conv1.subarray(map * size, (map + 1) * size));
  return [
    story(`Where the pattern of kernel ${map + 1} is found in the image: the response at each of 20 × 20 places, at most ${fixed(strongest)} here.`, `Map ${map + 1} of Conv1`),
    plot("patch", "20 × 20 responses", (canvas) => {
      const { context, height } = fitCanvas(canvas);
      drawMap(context, trace.conv1, map, palette, height);
    }),
  ];
}

/** @param {Traced} state @param {number} label */
function describeClass({ trace, palette, playhead }, label) {
  const length = fixed(trace.lengths[(trace.iterations - 1) * CLASSES + label]);
  return [
    story(`Its length, the network’s belief that this is a ${label}, is ${length} after ${trace.iterations} iterations. On the picture that the network sees, orange marks the parts whose votes made it so long.`, `Class capsule ${label}`),
    lengthsPlot(trace, label, palette, playhead),
  ];
}

/** @param {Traced} state @param {number} capsule */
function describeCapsule(state, capsule) {
  const { trace, votes, palette, playhead } = state;
  const { type, row, column } = capsuleAddress(capsule);
  const couplings = couplingsNow(state).subarray(capsule * CLASSES, (capsule + 1) * CLASSES);
  const favourite = couplings.indexOf(maximum(couplings));
  const length = fixed(primaryLengthsOf(trace)[capsule]);
  return [
    story(
      `Type ${type + 1}, row ${row + 1}, column ${column + 1}, ${length} long. Now it gives most to ${favourite}: c = ${fixed(couplings[favourite])}.`,
      `Primary capsule ${capsule + 1} of 1152`,
    ),
    plot("patch", "sees 17 × 17 pixels", (canvas) => drawField(canvas, state, capsule)),
    plot("numbers", "its 8 numbers u", (canvas) => {
      const { context, width } = fitCanvas(canvas);
      const values = trace.primary_capsules.subarray(capsule * PRIMARY_DIM, (capsule + 1) * PRIMARY_DIM);
      drawNumbers(context, values, width, palette);
    }),
    plot("votes", votes ? "its ten votes û, by class" : "its ten votes û …", (canvas) => votes && drawVotes(canvas, votes, capsule, favourite, state)),
    plot("curves", "c over the iterations", (canvas) => {
      const { context, width, height } = fitCanvas(canvas);
      const curves = classCurves(couplingHistory(trace, capsule), trace.iterations, favourite);
      drawCurves(context, curves, { width, height, palette, playhead });
    }),
  ];
}

/** @param {HTMLCanvasElement} canvas @param {Traced} state @param {number} capsule */
function drawField(canvas, { trace, palette }, capsule) {
  const { context, height } = fitCanvas(canvas);
  const { left, top, size } = receptiveField(capsule);
  const colour = ramp(palette.surface, palette.ink);
  const picture = paintPixels(size, size, (k) => colour(trace.image[(top + Math.floor(k / size)) * IMAGE + left + (k % size)]));
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, height, height);
  context.strokeStyle = css(palette.accent);
  context.strokeRect(0.5, 0.5, height - 1, height - 1);
}

/**
 * Eight signed numbers as bars from a middle line.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} values
 * @param {number} width
 * @param {import("../types.js").Palette} palette
 */
function drawNumbers(context, values, width, palette) {
  const cell = width / values.length;
  const middle = 46;
  context.font = "10px system-ui, sans-serif";
  context.textAlign = "center";
  values.forEach((value, k) => {
    const height = value * 44;
    context.fillStyle = css(value < 0 ? palette.negative : palette.positive);
    context.fillRect(k * cell + 2, middle - Math.max(0, height), cell - 4, Math.abs(height));
    context.fillStyle = css(palette.muted);
    context.fillText(fixed(value, 1).replace("0.", "."), (k + 0.5) * cell, 102);
  });
  context.fillStyle = css(palette.line);
  context.fillRect(0, middle, width, 1);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array} votes (P, C, D)
 * @param {number} capsule
 * @param {number} favourite
 * @param {Traced} state
 */
function drawVotes(canvas, votes, capsule, favourite, { palette }) {
  const { context, width, height } = fitCanvas(canvas);
  const own = votes.subarray(capsule * CLASSES * POSE_DIM, (capsule + 1) * CLASSES * POSE_DIM);
  const reach = Math.max(maximum(own), -Math.min(...own), 1e-6);
  const row = height / CLASSES;
  context.font = "10px system-ui, sans-serif";
  context.textBaseline = "middle";
  for (let label = 0; label < CLASSES; label++) {
    context.fillStyle = css(label === favourite ? palette.accent : palette.muted);
    context.fillText(String(label), 0, (label + 0.5) * row);
    const vote = own.subarray(label * POSE_DIM, (label + 1) * POSE_DIM);
    drawStrip(context, vote, { left: 12, top: label * row, width: width - 12, height: row - 1 }, palette, reach);
  }
}

/** Ten curves out of (R, C). @param {Float32Array} values @param {number} iterations @param {number} lit */
function classCurves(values, iterations, lit) {
  return Array.from({ length: CLASSES }, (_, label) => ({
    name: String(label),
    lit: label === lit,
    values: Float32Array.from({ length: iterations }, (_unused, r) => values[r * CLASSES + label]),
  }));
}

/** @param {string} text @param {string} [title] */
function story(text, title) {
  const paragraph = element("p", { textContent: text });
  const made = element("div", { className: title ? "story" : "story alone" }, paragraph);
  if (title) made.prepend(element("h3", { textContent: title }));
  return made;
}

/** A small canvas with its caption; it is drawn once it stands on the page. @param {string} kind @param {string} caption @param {(canvas: HTMLCanvasElement) => void} draw */
function plot(kind, caption, draw) {
  const canvas = element("canvas");
  canvas.addEventListener("draw", () => draw(canvas));
  return element("figure", { className: kind }, canvas, element("figcaption", { textContent: caption }));
}
