/** The strongest votes for two classes as pictures, and their sum as parts are added. */
/** @import { Wholes } from "../../capsules/types.js" @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Choice } from "./choosing.js" @import { PartKind, WithParts } from "./parts.js" */
/** @import { Clock, Playback } from "./playback.js" @import { Traces } from "./traces.js" */
/** @import { Store } from "../../shell/store.js" @import { Row } from "../../shell/link.js" */
import { shownClass } from "./choosing.js";
import { runnerUp } from "./measures.js";
import { partOf } from "./parts.js";
import { iterationOf } from "./playhead.js";

/** How long a sum stands before the next part is added. */
const STEP_MS = 220;
/** The same where the system asks for reduced motion: fewer sums, and each stands longer. */
const STILL_MS = 1000;
const STILL_COUNTS = [1, 2, 5, 10, 20, 50, 100];

/**
 * @typedef {object} Adding
 * @property {number | null} againstClass the class beside the shown one; null follows: the longest other one
 * @property {number | null} addedParts how many of the strongest parts are added; null is all of them
 * @property {boolean} adding whether parts are being added one after the other
 */

/** @type {Adding} */
export const initial = { againstClass: null, addedParts: null, adding: false };

/** @type {Row<Adding>[]} */
export const link = [
  {
    key: "against",
    what: "the class that is compared",
    fields: ["againstClass"],
    write: ({ againstClass }) => (againstClass === null ? null : String(againstClass)),
    read: (text) => ({ againstClass: text.index() }),
  },
  {
    key: "added",
    what: "how many parts are added",
    fields: ["addedParts", "adding"],
    write: ({ addedParts, adding }) => (addedParts === null || adding ? null : String(addedParts)),
    read: (text) => ({ addedParts: text.whole(1, 1e6) }),
  },
];

export const cleared = { adding: false };

/** @param {Adding} state @param {Geometry} geometry @returns {Partial<Adding>} */
export const fitted = ({ againstClass }, { classes }) =>
  (againstClass ?? 0) < classes ? {} : { againstClass: initial.againstClass };

/** @typedef {Adding & Choice & Traces & Playback} WholesState */

/** @type {PartKind<Wholes, WholesState, {fetchWholes: typeof import("../../api/client.js").fetchWholes}>} */
const WHOLES = {
  name: "wholes",
  detail(state) {
    const labels = wholeLabels(state);
    return labels && detailOf(labels, iterationOf(state));
  },
  ask({ fetchWholes }, drawing, trace, state) {
    const labels = /** @type {[number, number]} */ (wholeLabels(state));
    return fetchWholes(drawing, { ...trace, labels: labels.join(","), at: iterationOf(state) });
  },
};

/** @param {[number, number]} labels @param {number} at */
const detailOf = (labels, at) => `${labels.join(",")} ${at}`;

/**
 * The class that is shown, and the one beside it.
 * @param {WholesState} state
 * @returns {[number, number] | null}
 */
export function wholeLabels(state) {
  const { trace, againstClass } = state;
  const first = shownClass(state);
  if (!trace || first === null) return null;
  return [first, againstClass === null || againstClass === first ? runnerUp(trace, first) : againstClass];
}

/**
 * The wholes at the playhead's iteration; until they are there, those of another iteration of the same routing.
 * @param {WholesState & WithParts} state
 * @returns {Wholes | null}
 */
export function wholesNow(state) {
  const labels = wholeLabels(state);
  const now = partOf(state, WHOLES);
  if (now || !labels || !state.trace) return now;
  for (let at = state.trace.iterations; at >= 1; at--) {
    const other = partOf(state, { ...WHOLES, detail: () => detailOf(labels, at) });
    if (other) return other;
  }
  return null;
}

/**
 * Which of the sums is shown: the last that has no more parts than asked for.
 * @param {ArrayLike<number>} counts (S) of parts, rising
 * @param {number | null} added null: all
 */
export function sumAt(counts, added) {
  let place = counts.length - 1;
  while (added !== null && place > 0 && counts[place] > added) place -= 1;
  return place;
}

/**
 * @param {Store<WholesState & WithParts>} store
 * @param {{clock: Clock, fetchWholes: typeof import("../../api/client.js").fetchWholes}} services
 * @param {{needPart: (kind: typeof WHOLES) => Promise<number>}} others
 */
export function actions(store, { clock: { requestFrame, still } }, others) {
  /** Which of several runs is the one that goes on. */
  let run = 0;

  /** @param {number} mine @param {number} since when the sum that stands was shown */
  function wait(mine, since) {
    requestFrame((now) => {
      if (mine !== run || !store.get().adding) return;
      if (now - since < (still() ? STILL_MS : STEP_MS)) return wait(mine, since);
      addNext();
      if (store.get().adding) wait(mine, now);
    });
  }

  function addNext() {
    const state = store.get();
    const counts = wholesNow(state)?.counts;
    if (!counts) return;
    const last = counts.length - 1;
    const from = sumAt(counts, state.addedParts);
    let next = Math.min(from + 1, last);
    while (still() && next < last && !STILL_COUNTS.includes(counts[next])) next += 1;
    store.set(next === last ? { addedParts: null, adding: false } : { addedParts: counts[next] });
  }

  return {
    needWholes: () => others.needPart(WHOLES),

    /** Choose the class beside the shown one. @param {number | null} label null follows the lengths */
    compareWith: (label) => store.set({ againstClass: label }),

    /** Add so many of the strongest parts. @param {number | null} count null: all */
    addParts: (count) => store.set({ addedParts: count, adding: false }),

    /** Add part after part, from the first where all are added; or stop. */
    toggleAdding() {
      const { adding, addedParts } = store.get();
      if (adding || !wholesNow(store.get())) return store.set({ adding: false });
      store.set({ adding: true, addedParts: addedParts ?? 1 });
      run += 1;
      const mine = run;
      requestFrame((now) => wait(mine, now));
    },
  };
}
