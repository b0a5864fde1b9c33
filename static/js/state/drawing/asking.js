/** How a trace is asked for: the drawing, the trace, and the untouched one beside it. */
/** @import { Trace } from "../../capsules/types.js" @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Drawing } from "../../api/client.js" @import { Pair, Source } from "../../api/drawing.js" */
/** @import { Model } from "../../capsules/types.js" @import { Photo } from "../../capsules/crop.js" */
/** @import { Network } from "../trace/network.js" @import { Playback } from "../trace/playback.js" */
/** @import { Tampering } from "../trace/tamper.js" @import { LookedAt } from "./sources.js" */
import { geometryOf } from "../../capsules/geometry.js";
import { isTampered } from "../../capsules/interventions.js";
import { rememberLast } from "../../shell/remember.js";
import { cardOf } from "../trace/network.js";

/**
 * @typedef {object} Job
 * @property {Source | Pair} source
 * @property {number} number of the drawing: it grows with each that has nothing to do with the one before
 * @property {Photo} [drawing] in place of the source: a picture that was opened
 * @property {boolean} [keepDials]
 *
 * @typedef {object} Answer
 * @property {Trace} trace one of its own each time, so that what belongs to it is asked for again
 * @property {Trace | null} untouched
 * @property {Drawing} drawing
 *
 * @typedef {object} AskingServices
 * @property {typeof import("../../api/drawing.js").drawingOf} drawingOf
 * @property {typeof import("../../api/client.js").fetchTrace} fetchTrace
 *
 * @param {AskingServices} services
 * @returns {(state: Network & Playback & Tampering & LookedAt, job: Job, signal: AbortSignal) => Promise<Answer>} of a
 *   state whose network is known
 */
export function tracesOf(services) {
  // While the routing is tampered with, the drawing and its untouched trace are asked for once.
  const drawingOf = rememberLast((/** @type {[Geometry, Source | Pair, number]} */ [geometry, source, penWidth]) =>
    services.drawingOf(geometry, source, penWidth),
  );
  const untouchedOf = rememberLast((/** @type {[Drawing, Model, number]} */ [drawing, card, iterations], signal) =>
    services.fetchTrace(drawing, { card, iterations }, signal),
  );

  return async (state, job, signal) => {
    const { penWidth, iterations, interventions } = state;
    const card = /** @type {Model} */ (cardOf(state));
    const drawing = job.drawing ?? (await drawingOf([geometryOf(card), job.source, penWidth], signal));
    const [untouched, tampered] = await Promise.all([
      untouchedOf([drawing, card, iterations], signal),
      isTampered(interventions) ? services.fetchTrace(drawing, { card, iterations, interventions }, signal) : null,
    ]);
    return { trace: tampered ?? { ...untouched }, untouched: tampered && untouched, drawing };
  };
}
