/** A primary capsule, alone or beside others. */
/** @import { Described } from "./parts.js" */
/** @import { Traced } from "../../../state/trace/subject.js" */
import { fitCanvas } from "../../../charts/canvas.js";
import { drawField, drawNumbers, drawVotes } from "../../../charts/capsule.js";
import { classCurves, drawCurves } from "../../../charts/curves.js";
import { fixed, thousands } from "../../../shell/format.js";
import { contributions } from "../../../capsules/contributions.js";
import { shareOf } from "../../../capsules/difference.js";
import { capsuleAddress, receptiveField } from "../../../capsules/geometry.js";
import { silencing } from "../../../capsules/interventions.js";
import { shownClass } from "../../../state/trace/choosing.js";
import { couplingHistory, primaryLengthsOf } from "../../../state/trace/measures.js";
import { atPlayhead, iterationOf, whenText } from "../../../state/trace/playhead.js";
import { element } from "../../../widgets/dom.js";
import { capsuleText, supportText } from "../../../words/inspector.js";
import { countWord } from "../../../words/numbers.js";
import { favourText, favouriteOf, numbersText, voteLines } from "../../../words/spoken.js";
import { plot, redraw, story, tellAgain, word } from "./parts.js";
import { partOf } from "../../../state/trace/parts.js";
import { VOTES, votesReach } from "../../../state/trace/votes.js";

/**
 * One capsule as it is, several as columns.
 * @param {Traced} state
 * @param {readonly number[]} capsules
 * @returns {Described}
 */
export function describeCapsules(state, capsules) {
  const described = capsules.map((capsule) => describeCapsule(state, capsule));
  if (described.length === 1) return described[0];
  return {
    nodes: described.map(({ nodes }) => element("div", { className: "kept-capsule" }, ...nodes)),
    follow: (now) => described.forEach(({ follow }) => follow?.(now)),
  };
}

/** @param {Traced} state @param {number} capsule @returns {Described} */
export function describeCapsule(state, capsule) {
  let now = state;
  const { trace } = state;
  const told = story(
    textOf(state, capsule),
    `Primary capsule ${capsule + 1} of ${thousands(trace.geometry.primaries)}`,
  );
  const curves = plot("curves", "couplings c by iteration", (canvas) => {
    const { palette, playhead } = now;
    const { context, width, height } = fitCanvas(canvas);
    const lines = classCurves(trace, couplingHistory(trace, capsule), favouriteOf(trace, couplingsOf(now, capsule)));
    drawCurves(context, lines, { width, height, palette, playhead });
  });
  return {
    nodes: [told, patchPlot(state, capsule), numbersPlot(state, capsule), votesPlot(state, capsule), curves],
    follow(later) {
      now = later;
      tellAgain(told, textOf(later, capsule));
      redraw(curves);
    },
  };
}

/** What it sees. @param {Traced} state @param {number} capsule */
function patchPlot({ trace, palette }, capsule) {
  const { geometry, image } = trace;
  return plot("patch", ["sees ", word("field", `${geometry.field} × ${geometry.field} pixels`)], (canvas) => {
    const { context, height } = fitCanvas(canvas);
    drawField(geometry, context, image, receptiveField(geometry, capsule), palette, height);
  });
}

/** @param {Traced} state @param {number} capsule */
function numbersPlot({ trace, palette }, capsule) {
  const { primaryDim } = trace.geometry;
  const numbers = trace.primary_capsules.subarray(capsule * primaryDim, (capsule + 1) * primaryDim);
  const draw = (/** @type {HTMLCanvasElement} */ canvas) => {
    const { context, width, height } = fitCanvas(canvas);
    drawNumbers(context, numbers, { width, height, palette });
  };
  return plot("numbers", `its ${primaryDim} numbers u`, draw, [numbersText(numbers)]);
}

/** @param {Traced} state @param {number} capsule */
function votesPlot(state, capsule) {
  const { trace, palette } = state;
  const votes = partOf(state, VOTES);
  const { classes, poseDim } = trace.geometry;
  const own = votes?.subarray(capsule * classes * poseDim, (capsule + 1) * classes * poseDim);
  const reach = votes ? votesReach(votes) : 1;
  const caption = [
    `its ${countWord(classes)} `,
    word("votes", "votes û"),
    ...(votes ? [` ${fixed(-reach, 1)}`, element("span", { className: "scale" }), ` ${fixed(reach, 1)}`] : [" …"]),
  ];
  const draw = (/** @type {HTMLCanvasElement} */ canvas) => {
    const { context, width, height } = fitCanvas(canvas);
    const lit = favouriteOf(trace, couplingsOf(state, capsule));
    if (own) drawVotes(trace, context, own, { width, height, palette, lit, reach });
  };
  return plot("votes", caption, draw, own && voteLines(trace, own));
}

/** @param {Traced} state @param {number} capsule @returns {Float32Array} (C) */
const couplingsOf = ({ trace, playhead }, capsule) =>
  atPlayhead(couplingHistory(trace, capsule), playhead, trace.geometry.classes);

/** @param {Traced} state @param {number} capsule */
function textOf(state, capsule) {
  const { trace } = state;
  return capsuleText({
    address: capsuleAddress(trace.geometry, capsule),
    length: primaryLengthsOf(trace)[capsule],
    favour: favourText(trace, couplingsOf(state, capsule), whenText(state)),
    support: supportOf(state, capsule),
    isSilenced: Boolean(trace.interventions && silencing(trace.geometry, trace.interventions)(capsule)),
  });
}

/**
 * What it adds to the selected class, at the iteration that was reached last.
 * @param {Traced} state
 * @param {number} capsule
 */
function supportOf(state, capsule) {
  const { trace } = state;
  const label = shownClass(state) ?? trace.label;
  const terms = contributions(trace, label, iterationOf(state));
  return supportText(trace.classNames[label], terms[capsule] < 0 ? -1 : shareOf(terms, [capsule]));
}
