/** A primary capsule, a map of Conv1, a class capsule or an iteration, in words and numbers. @import { State, Trace, Traced } from "../types.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawField, drawNumbers, drawVotes } from "../draw/capsule.js";
import { classCurves, drawCurves } from "../draw/curves.js";
import { drawMap } from "../draw/mosaic.js";
import { fixed } from "../lib/format.js";
import { silencing } from "../lib/interventions.js";
import { maximum } from "../lib/math.js";
import { CLASSES, POSE_DIM, PRIMARY, PRIMARY_DIM, capsuleAddress, receptiveField } from "../lib/network.js";
import { numbersText, voteLines } from "../lib/spoken.js";
import { contributions, couplingHistory, couplingsNow, iterationOf, lengthAt, primaryLengthsOf, shownClass } from "../state/selectors.js";
import { element } from "./dom.js";

/** What is looked at, as elements; their canvases draw when they are told that they stand on the page. @param {State} state @returns {Node[]} */
export function describe(state) {
  if (!state.trace) return [story(emptyText(state))];
  const traced = /** @type {Traced} */ (state);
  const { hoveredMap, hoveredCapsule, hoveredClass, pinnedCapsule } = state;
  if (hoveredMap !== null) return describeMap(traced, hoveredMap);
  if (hoveredCapsule !== null) return describeCapsule(traced, hoveredCapsule);
  if (hoveredClass !== null) return describeClass(traced, hoveredClass);
  if (pinnedCapsule !== null) return describeCapsule(traced, pinnedCapsule);
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
    questions(),
  ];
}

/** What else can be asked. */
function questions() {
  const items = [
    "Point at a primary capsule: what it sees, its numbers, its ten votes. Click to keep it.",
    "Point at a class capsule: its links, and which parts of the digit it owns.",
    "Click a class capsule: the digit drawn as that class, and its dials.",
    "Play the routing: watch couplings leave 1/10 as votes agree.",
  ];
  return element("ul", { className: "questions" }, ...items.map((textContent) => element("li", { textContent })));
}

/** @param {Trace} trace @param {number} iteration @param {number} label */
function iterationText(trace, iteration, label) {
  const length = fixed(lengthAt(trace, label, iteration));
  if (iteration === 1 && !changesCouplings(trace.interventions)) {
    return `Nobody has agreed on anything yet: each primary capsule sends a tenth of itself to each class, c = 1/10 exactly. The sum of all votes already makes the capsule of ${label} ${length} long.`;
  }
  const step = PRIMARY * CLASSES;
  const strongest = maximum(trace.coupling_coefficients.subarray((iteration - 1) * step, iteration * step));
  const share = Math.round(100 * shareOfBest(contributions(trace, label, iteration), 100));
  return `${whatHappens(trace, iteration)}; the largest coupling is ${fixed(strongest)}. The capsule of ${label} is ${length} long, and the hundred primary capsules that give it most make up ${share} % of all that speaks for it.`;
}

/** @param {Trace} trace @param {number} iteration */
function whatHappens({ interventions }, iteration) {
  if (interventions?.uniform) return "Routing is switched off by hand: each iteration couples like the first";
  if (iteration === 1) return "Routing begins with the couplings that were set by hand";
  return "Votes that pointed the way of a class capsule are coupled to it more strongly now, the others less";
}

/** Whether iteration 1 couples otherwise than by tenths. @param {Trace["interventions"]} interventions */
const changesCouplings = (interventions) => Boolean(interventions?.couplings.length || interventions?.logits.length);

/** The part that the largest terms make up of all positive ones. @param {Float32Array} terms @param {number} count */
function shareOfBest(terms, count) {
  const sorted = [...terms].filter((term) => term > 0).sort((a, b) => b - a);
  const total = (/** @type {number[]} */ some) => some.reduce((sum, term) => sum + term, 0);
  return total(sorted.slice(0, count)) / (total(sorted) || 1);
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
function describeClass(state, label) {
  const { trace, palette, playhead } = state;
  const iteration = iterationOf(state);
  const length = fixed(lengthAt(trace, label, iteration));
  return [
    story(`Its length, the network’s belief that this is a ${label}, is ${length} in iteration ${iteration}. On the picture that the network sees, orange marks the parts whose votes give it that length.`, `Class capsule ${label}`),
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
  const numbers = trace.primary_capsules.subarray(capsule * PRIMARY_DIM, (capsule + 1) * PRIMARY_DIM);
  const own = votes?.subarray(capsule * CLASSES * POSE_DIM, (capsule + 1) * CLASSES * POSE_DIM);
  return [
    story(
      `Type ${type + 1}, row ${row + 1}, column ${column + 1}, ${length} long. Now it gives most to ${favourite}: c = ${fixed(couplings[favourite], 3)}.${trace.interventions && silencing(trace.interventions)(capsule) ? " It is silenced by hand: u = 0, and so are its votes." : ""}`,
      `Primary capsule ${capsule + 1} of 1152`,
    ),
    plot("patch", ["sees ", word("field", "17 × 17 pixels")], (canvas) => {
      const { context, height } = fitCanvas(canvas);
      drawField(context, trace.image, receptiveField(capsule), palette, height);
    }),
    plot("numbers", "its 8 numbers u", (canvas) => {
      const { context, width, height } = fitCanvas(canvas);
      drawNumbers(context, numbers, { width, height, palette });
    }, [numbersText(numbers)]),
    plot("votes", ["its ten ", word("votes", "votes û"), votes ? ", by class" : " …"], (canvas) => {
      const { context, width, height } = fitCanvas(canvas);
      if (own) drawVotes(context, own, { width, height, palette, lit: favourite });
    }, own && voteLines(own)),
    plot("curves", "c over the iterations", (canvas) => {
      const { context, width, height } = fitCanvas(canvas);
      const curves = classCurves(couplingHistory(trace, capsule), trace.iterations, favourite);
      drawCurves(context, curves, { width, height, palette, playhead });
    }),
  ];
}

/** @param {string} text @param {string} [title] */
function story(text, title) {
  const paragraph = element("p", { textContent: text });
  const made = element("div", { className: title ? "story" : "story alone" }, paragraph);
  if (title) made.prepend(element("h3", { textContent: title }));
  return made;
}

/** A word that explains itself. @param {string} term @param {string} text */
const word = (term, text) => element("dfn", { "data-term": term, tabIndex: 0, textContent: text });

/**
 * A small canvas with its caption; it is drawn once it stands on the page.
 * @param {string} kind
 * @param {string | (string | Node)[]} caption
 * @param {(canvas: HTMLCanvasElement) => void} draw
 * @param {string[]} [lines] what it shows, as text; a browser hands what stands in a canvas to those who do not see it
 */
function plot(kind, caption, draw, lines = []) {
  const canvas = element("canvas", {}, ...lines.map((textContent) => element("p", { textContent })));
  canvas.addEventListener("draw", () => draw(canvas));
  return element("figure", { className: kind }, canvas, element("figcaption", {}, ...[caption].flat()));
}
