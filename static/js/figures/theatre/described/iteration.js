/** What happens in the iteration that the playhead is in, or on the way to the next. */
/** @import { Trace } from "../../../capsules/types.js" */
/** @import { Described } from "./parts.js" */
/** @import { Traced } from "../../../state/trace/subject.js" */
import { contributions, lengthAt } from "../../../capsules/contributions.js";
import { decidedShare } from "../../../capsules/coupling.js";
import { opposedShare, shareOf, strongest } from "../../../capsules/difference.js";
import { capital } from "../../../shell/format.js";
import { argmax, maximum } from "../../../shell/math.js";
import { shownClass } from "../../../state/trace/choosing.js";
import { iterationOf, passageOf, placeText } from "../../../state/trace/playhead.js";
import { element } from "../../../widgets/dom.js";
import {
  evenText,
  iterationText,
  passageText,
  questions,
  routedText,
  WAY_TO_SUPPORTERS,
} from "../../../words/inspector.js";
import { followed } from "./parts.js";

/** So many primary capsules count as the strongest. */
const STRONGEST = 100;

/** @param {Traced} state @returns {Described} */
export const describeIteration = (state) =>
  followed(state, happeningText, (now) => capital(placeText(now)), shownLabel(state), [asked(state)]);

/** @param {Traced} state @returns {number} */
const shownLabel = (state) => /** @type {number} */ (shownClass(state)); // a trace has one

/** @param {Traced} state */
function happeningText(state) {
  const passage = passageOf(state);
  return passage
    ? passageAt(state.trace, passage, shownLabel(state))
    : textAt(state.trace, iterationOf(state), shownLabel(state));
}

/** What else can be asked, and a way to the capsules that made the shown class. @param {Traced} state */
function asked(state) {
  const { geometry, classNames } = state.trace;
  const label = shownLabel(state);
  const told = questions(geometry.classes, classNames[label], { hasDials: state.task === "digit" });
  const items = told.map((textContent) => element("li", { textContent }));
  items[items.length - 1].append(
    " ",
    element("button", {
      type: "button",
      className: "quiet",
      "data-supporters": label,
      textContent: WAY_TO_SUPPORTERS,
    }),
  );
  return element("ul", { className: "questions", "data-picture-skip": "" }, ...items);
}

/** @param {Trace} trace @param {number} iteration @param {number} label */
function textAt(trace, iteration, label) {
  const { primaries, classes } = trace.geometry;
  const [name, length] = [trace.classNames[label], lengthAt(trace, label, iteration)];
  const edits = editsOf(trace);
  if (iteration === 1 && !changesCouplings(trace)) return evenText(name, length, classes);
  const step = primaries * classes;
  const terms = contributions(trace, label, iteration);
  const few = strongest(terms, STRONGEST);
  const couplings = trace.coupling_coefficients.subarray((iteration - 1) * step, iteration * step);
  return iterationText({
    iteration,
    edits,
    classes,
    decided: decidedShare(trace.geometry, couplings, label),
    largest: maximum(couplings),
    name,
    length,
    share: shareOf(terms, few),
    opposed: opposedShare(terms),
    count: few.length,
    routed: iteration === trace.iterations && edits === "none" ? routedOf(trace, label) : "",
  });
}

/** Whether routing changed anything. @param {Trace} trace @param {number} label */
function routedOf(trace, label) {
  const { classNames, geometry, lengths } = trace;
  const first = argmax(lengths.subarray(0, geometry.classes));
  return routedText({
    before: lengthAt(trace, label, 1),
    first: classNames[first],
    last: classNames[trace.label],
    isPair: trace.layers !== undefined,
  });
}

/** @param {Trace} trace @param {[number, number]} passage @param {number} label */
function passageAt(trace, [from, to], label) {
  const at = (/** @type {number} */ iteration) => ({ iteration, length: lengthAt(trace, label, iteration) });
  return passageText(trace.classNames[label], [at(from), at(to)]);
}

/** @param {Trace} trace @returns {"none" | "couplings" | "off" | "random"} */
function editsOf(trace) {
  if (trace.interventions?.uniform) return "off";
  if (trace.interventions?.random) return "random";
  return changesCouplings(trace) ? "couplings" : "none";
}

/** Whether iteration 1 has other couplings than equal ones. @param {Trace} trace */
const changesCouplings = ({ interventions }) =>
  Boolean(interventions?.couplings.length || interventions?.logits.length || interventions?.random);
