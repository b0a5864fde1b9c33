/** All numbers of the trace as a file, and what saved things are called. */
/** @import { Choice } from "./choosing.js" */
/** @import { Playback } from "./playback.js" @import { WithParts } from "./parts.js" */
/** @import { Traced, Traces } from "./traces.js" @import { Store } from "../../shell/store.js" */
import { isPassing, reasonOf } from "../../shell/errors.js";
import { editsText } from "../../words/tamper.js";
import { lengthAt } from "../../capsules/contributions.js";
import { twoLongest } from "../../capsules/overlap.js";
import { lengthEquation } from "../../shell/format.js";
import { shownClass } from "./choosing.js";
import { iterationOf, placeText } from "./playhead.js";

/**
 * @param {Store<Traces & WithParts>} store
 * @param {{fetchTraceFile: typeof import("../../api/client.js").fetchTraceFile}} services
 * @param {{complain: (message: string) => void}} others
 */
export const actions = (store, { fetchTraceFile }, others) => ({
  /**
   * All numbers of the trace on the page, as a file; null where they cannot be had.
   * @returns {Promise<ArrayBuffer | null>}
   */
  async traceFile() {
    const {
      trace,
      parts: { drawing },
    } = store.get();
    if (!trace || !drawing) return null;
    try {
      return await fetchTraceFile(drawing, trace);
    } catch (error) {
      others.complain(
        `${reasonOf(error)}${isPassing(error) ? " The numbers could not be saved; try again later." : ""}`,
      );
      return null;
    }
  },
});

/** What the network reads: one class, or of a pair the two longest. @param {Traced} state */
const answersOf = ({ trace }) => (trace.layers ? twoLongest(trace) : [trace.label]);

/**
 * The beginning of the names of files that are saved: the model, the answer and the iteration.
 * @param {Traced & Playback} state
 */
export function fileStem(state) {
  const { model, classNames, iterations, interventions } = state.trace;
  const edited = interventions ? "-edited" : "";
  const names = answersOf(state).map((label) => classNames[label]);
  const answer = names.join("-and-").replace(/[^\p{L}\p{N}]+/gu, "-");
  return `capsnet-${model}-reads-${answer}-iteration-${iterationOf(state)}-of-${iterations}${edited}`;
}

/**
 * What a saved picture is of: the network, its answer, the iteration, the class, the edits.
 * @param {Traced & Traces & Playback & Choice} state
 */
export function savedNote(state) {
  const { model, label, classNames, iterations, interventions } = state.trace;
  const answers = answersOf(state).map(
    (answer) => `${classNames[answer]}, ${lengthEquation(lengthAt(state.trace, answer, iterations))}`,
  );
  const shown = shownClass(state);
  return [
    `CapsNet Explorer, network ${model}: it reads ${answers.join(", and ")}`,
    placeText(state),
    ...(shown === null || shown === label ? [] : [`selected class ${classNames[shown]}`]),
    ...(interventions ? [`edited routing: ${editsText(state.trace, interventions)}`] : []),
  ].join("; ");
}
