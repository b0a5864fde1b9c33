/** A primary capsule, a map of Conv1, a class capsule or an iteration, in words and numbers. @import { State, Trace, Traced } from "../types.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawField, drawNumbers, drawVotes } from "../draw/capsule.js";
import { classCurves, drawCurves } from "../draw/curves.js";
import { drawMap } from "../draw/mosaic.js";
import { contributions, lengthAt } from "../lib/contributions.js";
import { meanByType } from "../lib/coupling.js";
import { shareOf, strongest } from "../lib/difference.js";
import { capital, fixed, lengthText } from "../lib/format.js";
import { silencing } from "../lib/interventions.js";
import { argmax, maximum } from "../lib/math.js";
import { CLASSES, PER_TYPE, POSE_DIM, PRIMARY, PRIMARY_DIM, capsuleAddress, receptiveField } from "../lib/network.js";
import { favourText, favouriteOf, numbersText, voteLines } from "../lib/spoken.js";
import {
  atPlayhead, couplingHistory, couplingsNow, iterationOf, lengthsNow, passageOf, placeText, primaryLengthsOf,
  shownClass,
} from "../state/selectors.js";
import { element } from "./dom.js";

/** A shorter class capsule owns too little of the drawing to be seen. */
const FAINT = 0.1;

/**
 * @typedef {object} Described what is looked at
 * @property {Node[]} nodes their canvases draw when they are told that they stand on the page
 * @property {(state: Traced) => void} [follow] writes what the playhead changes, and leaves all else as it stands; without
 *   it the playhead changes nothing
 *
 * @param {State} state
 * @returns {Described}
 */
export function describe(state) {
  if (!state.trace) return { nodes: [story(emptyText(state))] };
  const traced = /** @type {Traced} */ (state);
  const { hoveredMap, hoveredCapsule, hoveredType, hoveredClass, pinnedCapsules, pinnedType, pinnedClass } = state;
  if (hoveredMap !== null) return { nodes: describeMap(traced, hoveredMap) };
  if (hoveredCapsule !== null) return describeCapsule(traced, hoveredCapsule);
  if (hoveredType !== null) return describeType(traced, hoveredType);
  if (hoveredClass !== null) return describeClass(traced, hoveredClass);
  if (pinnedCapsules.length) return comparison(traced, pinnedCapsules);
  if (pinnedType !== null) return describeType(traced, pinnedType);
  if (pinnedClass !== null) return describeClass(traced, pinnedClass);
  return describeIteration(traced);
}

/** One capsule as it is, several as columns. @param {Traced} state @param {readonly number[]} capsules @returns {Described} */
function comparison(state, capsules) {
  const described = capsules.map((capsule) => describeCapsule(state, capsule));
  if (described.length === 1) return described[0];
  return {
    nodes: described.map(({ nodes }) => element("div", { className: "kept-capsule" }, ...nodes)),
    follow: (now) => described.forEach(({ follow }) => follow?.(now)),
  };
}

/** @param {State} state */
function emptyText({ status }) {
  if (status === "loading") return "Reading …";
  return "Draw a digit on the pad, or take one of the test digits. The network answers while you draw; then every square, line and bar here can be asked what it is.";
}

/** What happens in the iteration that the playhead is in, or on the way to the next. @param {Traced} state @returns {Described} */
function describeIteration(state) {
  return followed(state, happeningText, (now) => capital(placeText(now)), shownLabel(state), [questions()]);
}

/** @param {State} state @returns {number} */
const shownLabel = (state) => /** @type {number} */ (shownClass(state)); // a trace has one

/** @param {Traced} state */
function happeningText(state) {
  const passage = passageOf(state);
  return passage ? passageText(state.trace, passage, shownLabel(state)) : iterationText(state.trace, iterationOf(state), shownLabel(state));
}

/**
 * A story and a plot of lengths that follow the playhead.
 * @param {Traced} state
 * @param {(state: Traced) => string} textOf
 * @param {(state: Traced) => string} titleOf
 * @param {number} label whose curve is lit
 * @param {Node[]} rest
 * @returns {Described}
 */
function followed(state, textOf, titleOf, label, rest = []) {
  let now = state;
  const told = story(textOf(state), titleOf(state));
  const curves = plot("curves", "length ‖v‖ over the iterations", (canvas) => {
    const { trace, palette, playhead } = now;
    const { context, width, height } = fitCanvas(canvas);
    drawCurves(context, classCurves(trace.lengths, trace.iterations, label), { width, height, palette, playhead });
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

/** What else can be asked. */
function questions() {
  const items = [
    "Point at a primary capsule: what it sees, its numbers, its ten votes. Click to keep it, up to four.",
    "Point at a class capsule: its links, and the parts it owns. Click to keep them painted.",
    "Click a class capsule: its dials, and the digit drawn as that class.",
    "Play the routing: watch couplings leave 1/10 as votes agree.",
  ];
  return element("ul", { className: "questions" }, ...items.map((textContent) => element("li", { textContent })));
}

/** @param {Trace} trace @param {number} iteration @param {number} label */
function iterationText(trace, iteration, label) {
  const length = lengthText(lengthAt(trace, label, iteration));
  if (iteration === 1 && !changesCouplings(trace.interventions)) {
    return `Nobody has agreed on anything yet: each primary capsule sends a tenth of itself to each class, c = 1/10 exactly. A tenth of the sum of all votes already makes the capsule of ${label} ${length} long.`;
  }
  const step = PRIMARY * CLASSES;
  const largest = maximum(trace.coupling_coefficients.subarray((iteration - 1) * step, iteration * step));
  const terms = contributions(trace, label, iteration);
  const share = Math.round(100 * shareOf(terms, strongest(terms, 100)));
  return `${whatHappens(trace, iteration)}; the largest coupling is ${fixed(largest)}. The capsule of ${label} is ${length} long, and the hundred primary capsules that give it most make up ${share} % of all that speaks for it.`;
}

/** @param {Trace} trace @param {[number, number]} passage @param {number} label */
function passageText(trace, [from, to], label) {
  return `Between two iterations the couplings, lengths, poses and reconstructions on this page are drawn passing from the one to the other; the network computes nothing there. The capsule of ${label} is ${lengthText(lengthAt(trace, label, from))} long in iteration ${from} and ${lengthText(lengthAt(trace, label, to))} in iteration ${to}.`;
}

/** @param {Trace} trace @param {number} iteration */
function whatHappens({ interventions }, iteration) {
  if (interventions?.uniform) return "Routing is switched off by hand: each iteration couples like the first";
  if (iteration === 1) return "Routing begins with the couplings that were set by hand";
  const agreeing = "each primary capsule now gives more of itself to the classes that its votes agreed with most, less to the others";
  return changesCouplings(interventions) ? `What was set by hand still weighs; besides it, ${agreeing}` : capital(agreeing);
}

/** Whether iteration 1 couples otherwise than by tenths. @param {Trace["interventions"]} interventions */
const changesCouplings = (interventions) => Boolean(interventions?.couplings.length || interventions?.logits.length);

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
const describeClass = (state, label) => followed(state, (now) => classText(now, label), () => `Class capsule ${label}`, label);

/** @param {Traced} state @param {number} label */
function classText(state, label) {
  const { trace } = state;
  const iteration = iterationOf(state);
  const passage = passageOf(state);
  const length = passage
    ? `passes from ${passage.map((r) => `${lengthText(lengthAt(trace, label, r))} in iteration ${r}`).join(" to ")}`
    : `is ${lengthText(lengthAt(trace, label, iteration))} in iteration ${iteration}`;
  const speaking = lengthsNow(state)[label] < FAINT ? "No part of the drawing speaks for it clearly." : "On the drawing, orange marks roughly where the capsules look whose votes give it that length: each one’s share is spread over the 17 × 17 pixels that it sees.";
  return `Its length, by which the network says how much this is a ${label}, ${length}. ${speaking}`;
}

/** @param {Traced} state @param {number} type @returns {Described} */
function describeType(state, type) {
  const told = story(typeText(state, type), `Type ${type + 1} of 32`);
  return { nodes: [told], follow: (later) => tellAgain(told, typeText(later, type)) };
}

/** @param {Traced} state @param {number} type */
function typeText(state, type) {
  const lengths = primaryLengthsOf(state.trace).subarray(type * PER_TYPE, (type + 1) * PER_TYPE);
  const longest = argmax(lengths);
  const { row, column } = capsuleAddress(longest);
  const means = meanByType(couplingsNow(state)).subarray(type * CLASSES, (type + 1) * CLASSES);
  const favourite = favouriteOf(means);
  const c = fixed(maximum(means), 3);
  const most = favourite === null ? `the same to all ten: c = ${c}` : `largest to ${favourite}: c = ${c}`;
  return `One pattern, looked for at 6 × 6 positions; here it is found best in row ${row + 1}, column ${column + 1}, by a capsule ${lengthText(lengths[longest])} long. Over all 36 positions the mean coupling is ${most}.`;
}

/**
 * @param {Traced} state
 * @param {number} capsule
 * @returns {Described}
 */
function describeCapsule(state, capsule) {
  const { trace, votes, palette } = state;
  const numbers = trace.primary_capsules.subarray(capsule * PRIMARY_DIM, (capsule + 1) * PRIMARY_DIM);
  const own = votes?.subarray(capsule * CLASSES * POSE_DIM, (capsule + 1) * CLASSES * POSE_DIM);
  let now = state;
  const told = story(capsuleText(state, capsule), `Primary capsule ${capsule + 1} of 1152`);
  const curves = plot("curves", "c over the iterations", (canvas) => {
    const { context, width, height } = fitCanvas(canvas);
    const lines = classCurves(couplingHistory(trace, capsule), trace.iterations, favouriteOf(couplingsOf(now, capsule)));
    drawCurves(context, lines, { width, height, palette, playhead: now.playhead });
  });
  const nodes = [
    told,
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
      if (own) drawVotes(context, own, { width, height, palette, lit: favouriteOf(couplingsOf(state, capsule)) });
    }, own && voteLines(own)),
    curves,
  ];
  return {
    nodes,
    follow(later) {
      now = later;
      tellAgain(told, capsuleText(later, capsule));
      redraw(curves);
    },
  };
}

/** @param {Traced} state @param {number} capsule @returns {Float32Array} (C) */
const couplingsOf = ({ trace, playhead }, capsule) => atPlayhead(couplingHistory(trace, capsule), playhead, CLASSES);

/** @param {Traced} state @param {number} capsule */
function capsuleText(state, capsule) {
  const { type, row, column } = capsuleAddress(capsule);
  const length = lengthText(primaryLengthsOf(state.trace)[capsule]);
  const { interventions } = state.trace;
  const silenced = interventions && silencing(interventions)(capsule) ? " It is silenced by hand: u = 0, and so are its votes." : "";
  return `Type ${type + 1}, row ${row + 1}, column ${column + 1}, ${length} long. ${favourText(couplingsOf(state, capsule))}${silenced}`;
}

/** @param {string} text @param {string} [title] */
function story(text, title) {
  const paragraph = element("p", { textContent: text });
  const made = element("div", { className: title ? "story" : "story alone" }, paragraph);
  if (title) made.prepend(element("h3", { textContent: title }));
  return made;
}

/** @param {HTMLElement} told a story @param {string} text @param {string} [title] */
function tellAgain(told, text, title) {
  /** @type {HTMLElement} */ (told.querySelector("p")).textContent = text;
  if (title) /** @type {HTMLElement} */ (told.querySelector("h3")).textContent = title;
}

/** @param {HTMLElement} figure a plot */
const redraw = (figure) => figure.querySelector("canvas")?.dispatchEvent(new CustomEvent("draw"));

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
