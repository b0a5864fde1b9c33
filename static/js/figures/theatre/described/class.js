/** A class capsule. */
/** @import { Described } from "./parts.js" */
/** @import { Traced } from "../../../state/trace/subject.js" */
/** @import { Supporter } from "../../../state/trace/measures.js" */
import { lengthAt } from "../../../capsules/contributions.js";
import { iterationOf, lengthsNow, passageOf } from "../../../state/trace/playhead.js";
import { supporters } from "../../../state/trace/measures.js";
import { element } from "../../../widgets/dom.js";
import { classText, lengthsText, supporterText, supportersCaption } from "../../../words/inspector.js";
import { followed } from "./parts.js";

/** The supporters of a shorter class capsule are too weak to be seen on the drawing. */
const FAINT = 0.1;

/** @param {Traced} state @param {number} label @returns {Described} */
export function describeClass(state, label) {
  const list = element("ol");
  const told = element(
    "figure",
    { className: "supporters" },
    list,
    element("figcaption", { textContent: supportersCaption(state.trace.classNames[label]) }),
  );
  const described = followed(
    state,
    (now) => textOf(now, label),
    () => `Class capsule ${state.trace.classNames[label]}`,
    label,
    [told],
  );
  let shown = 0;
  /** @param {Traced} now */
  function tell(now) {
    const iteration = iterationOf(now);
    if (iteration === shown) return;
    shown = iteration;
    list.replaceChildren(...supporters(now.trace, label)[iteration - 1].map(supporterItem));
  }
  tell(state);
  return { ...described, follow: (now) => (described.follow?.(now), tell(now)) };
}

/** A way to a capsule, which the inspector pins. @param {Supporter} supporter */
const supporterItem = ({ capsule, share }) =>
  element(
    "li",
    {},
    element("button", {
      type: "button",
      className: "quiet",
      "data-capsule": capsule,
      textContent: supporterText(capsule, share),
    }),
  );

/** @param {Traced} state @param {number} label */
function textOf(state, label) {
  const { trace } = state;
  const iterations = passageOf(state) ?? [iterationOf(state)];
  const lengths = iterations.map((iteration) => ({ iteration, length: lengthAt(trace, label, iteration) }));
  return classText({
    name: trace.classNames[label],
    lengths: lengthsText(lengths, trace.iterations),
    isFaint: lengthsNow(state)[label] < FAINT,
    count: supporters(trace, label)[iterationOf(state) - 1].length,
    field: trace.geometry.field,
  });
}
