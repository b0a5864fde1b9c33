/** The trace that is shown: everything that the network computed of what is looked at. */
/** @import { Trace } from "../../capsules/types.js" @import { Arrival } from "../compose.js" */

/**
 * @typedef {object} Traces
 * @property {Trace | null} trace
 * @property {Trace | null} untouched the trace without the interventions that `trace` was made with
 *
 * @typedef {{trace: Trace}} Traced a state that has something to show
 */

/** @type {Traces} */
export const initial = { trace: null, untouched: null };

/** @param {Traces} _state @param {Arrival} arrival @returns {Traces} */
export const arrived = (_state, { trace, untouched }) => ({ trace, untouched });

export const cleared = initial;
