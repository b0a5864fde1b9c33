/** What is looked at, in words and numbers: each kind of thing has a describer of its own. */
/** @import { Described } from "./described/parts.js" */
/** @import { State, Traced } from "../../state/trace/subject.js" */
import { describeCapsule, describeCapsules } from "./described/capsule.js";
import { describeClass } from "./described/class.js";
import { describeIteration } from "./described/iteration.js";
import { describeMap } from "./described/map.js";
import { story } from "./described/parts.js";
import { describeType } from "./described/type.js";
import { READING, nothingYet } from "../../words/inspector.js";

/** @param {State} state @returns {Described} */
export function describe(state) {
  if (!state.trace) return { nodes: [story(emptyText(state))] };
  const traced = /** @type {Traced} */ (state);
  const { hoveredMap, hoveredCapsule, hoveredType, hoveredClass, pinnedCapsules, pinnedType, pinnedClass } = state;
  if (hoveredMap !== null) return describeMap(traced, hoveredMap);
  if (hoveredCapsule !== null) return describeCapsule(traced, hoveredCapsule);
  if (state.hoveredLink) return describeCapsule(traced, state.hoveredLink.capsule);
  if (hoveredType !== null) return describeType(traced, hoveredType);
  if (hoveredClass !== null) return describeClass(traced, hoveredClass);
  if (pinnedCapsules.length) return describeCapsules(traced, pinnedCapsules);
  if (pinnedType !== null) return describeType(traced, pinnedType);
  if (pinnedClass !== null) return describeClass(traced, pinnedClass);
  return describeIteration(traced);
}

/** @param {State} state */
const emptyText = ({ status }) => (status === "loading" ? READING : nothingYet());
