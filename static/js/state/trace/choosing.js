/** The class that is selected: the dials, the pictures and the lit links are about it. */
/** @import { Geometry } from "../../capsules/geometry.js" @import { Arrival, Life } from "../compose.js" */
/** @import { Traces } from "./traces.js" @import { Store } from "../../shell/store.js" */
/** @import { Row } from "../../shell/link.js" */

/**
 * @typedef {object} Choice
 * @property {number | null} selectedClass null follows the prediction
 */

/** @type {Choice} */
export const initial = { selectedClass: null };

/** @type {Row<Choice>[]} */
export const link = [
  {
    key: "class",
    what: "the selected class",
    fields: ["selectedClass"],
    write: ({ selectedClass }) => (selectedClass === null ? null : String(selectedClass)),
    read: (text) => ({ selectedClass: text.index() }),
  },
];

/** What was selected for one drawing says nothing of the next. @param {Choice} _state @param {Arrival} arrival */
export const arrived = (_state, { isNew }) => (isNew ? initial : {});

/** @param {Choice} state @param {Geometry} geometry */
export const fitted = ({ selectedClass }, { classes }) => ((selectedClass ?? 0) < classes ? {} : initial);

export const cleared = initial;

/** @param {Store<Choice & Traces>} store @param {unknown} _services @param {unknown} _others @param {Life} life */
export function actions(store, _services, _others, life) {
  return {
    /** @param {number | null} label null follows the prediction */
    selectClass(label) {
      const { trace, selectedClass } = store.get();
      const chosen = label === trace?.label ? null : label;
      if (chosen === selectedClass) return;
      store.set({ selectedClass: chosen });
      life.chosen();
    },
  };
}

/** The class that the dials and pictures are about. @param {Choice & Traces} state @returns {number | null} */
export const shownClass = (state) => state.selectedClass ?? state.trace?.label ?? null;

/**
 * The pose of the shown class as the network found it.
 * @param {Choice & Traces} state
 * @returns {Float32Array | null} (D)
 */
export function foundPose(state) {
  const label = shownClass(state);
  if (!state.trace || label === null) return null;
  const { iterations, class_capsules, geometry } = state.trace;
  const start = ((iterations - 1) * geometry.classes + label) * geometry.poseDim;
  return class_capsules.subarray(start, start + geometry.poseDim);
}
