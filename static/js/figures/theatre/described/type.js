/** A type of primary capsules. */
/** @import { Described } from "./parts.js" */
/** @import { Traced } from "../../../state/trace/subject.js" */
import { meanByType } from "../../../capsules/coupling.js";
import { capsuleAddress } from "../../../capsules/geometry.js";
import { argmax, maximum } from "../../../shell/math.js";
import { primaryLengthsOf } from "../../../state/trace/measures.js";
import { couplingsNow, whenText } from "../../../state/trace/playhead.js";
import { typeText } from "../../../words/inspector.js";
import { favouriteOf } from "../../../words/spoken.js";
import { story, tellAgain } from "./parts.js";

/** @param {Traced} state @param {number} type @returns {Described} */
export function describeType(state, type) {
  const told = story(textOf(state, type), `Type ${type + 1} of ${state.trace.geometry.types}`);
  return { nodes: [told], follow: (later) => tellAgain(told, textOf(later, type)) };
}

/** @param {Traced} state @param {number} type */
function textOf(state, type) {
  const { trace } = state;
  const { perType, classes } = trace.geometry;
  const lengths = primaryLengthsOf(trace).subarray(type * perType, (type + 1) * perType);
  const longest = argmax(lengths);
  const { row, column } = capsuleAddress(trace.geometry, longest);
  const means = meanByType(trace.geometry, couplingsNow(state)).subarray(type * classes, (type + 1) * classes);
  const favourite = favouriteOf(trace, means);
  return typeText({
    geometry: trace.geometry,
    longest: { row, column, length: lengths[longest] },
    favourite: favourite === null ? null : trace.classNames[favourite],
    coupling: maximum(means),
    when: whenText(state),
  });
}
