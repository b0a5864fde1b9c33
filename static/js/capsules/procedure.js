/** Procedure 1 of the paper for one primary capsule i and one class capsule j: the numbers of each line. */
import { contributions, lengthAt } from "./contributions.js";
import { fixed } from "../shell/format.js";
import { firstLogits } from "./interventions.js";
import { clamp } from "../shell/math.js";

/** @import { Trace } from "./types.js" */

/** What follows the last iteration: the return of v. */
export const RETURN = 8;
const AT_REST = 6;
/** Between two iterations the lines are passed in this order: 7 ends the one, 4 to 6 are the next. */
const PASSED = [7, 4, 5, 6];

/**
 * The line of the pseudo-code that the playhead is in. On an iteration its capsules have just been squashed; on the
 * last one they are returned.
 * @param {number} playhead 1 to R
 * @param {number} iterations R
 */
export function litLine(playhead, iterations) {
  if (playhead >= iterations) return RETURN;
  const passed = playhead - Math.floor(playhead);
  return passed === 0 ? AT_REST : PASSED[clamp(Math.floor(passed * PASSED.length), 0, PASSED.length - 1)];
}

/**
 * The iteration whose numbers the lit line computes: from line 4 on the next one.
 * @param {number} playhead
 * @param {number} iterations
 */
export function litIteration(playhead, iterations) {
  const begun = clamp(Math.floor(playhead), 1, iterations);
  const line = litLine(playhead, iterations);
  return line === 7 || line === RETURN || playhead === begun ? begun : begun + 1;
}

/**
 * Line 7 as it is written: the sum is that of the rounded terms, so that who adds up what stands there finds it.
 * @param {number} before
 * @param {number} agreement
 */
export function sumText(before, agreement) {
  const [shown, added] = [before, agreement].map((number) => Number(number.toFixed(3)));
  return `${fixed(shown, 3)} ${added < 0 ? "−" : "+"} ${fixed(Math.abs(added), 3)} = ${fixed(shown + added, 3)}`;
}

/**
 * @param {Trace} trace
 * @param {number} capsule i
 * @param {number} label j
 * @param {number} iteration 1 to R
 */
export function procedureNumbers(trace, capsule, label, iteration) {
  const { agreement, coupling_coefficients, interventions } = trace;
  const { primaries, classes } = trace.geometry;
  const step = primaries * classes;
  const own = (iteration - 1) * step + capsule * classes;
  const logits = firstLogits(trace.geometry, interventions, capsule); // each iteration adds its agreement, line 7
  for (let r = 0; r < iteration - 1; r++) {
    for (let j = 0; j < classes; j++) logits[j] += agreement[r * step + capsule * classes + j];
  }
  return {
    logits, // b_i, before this iteration's update
    coupling: coupling_coefficients[own + label],
    // Near 1 the length, which comes in float16, says too little of it.
    sumLength: contributions(trace, label, iteration).reduce((sum, term) => sum + term, 0),
    length: lengthAt(trace, label, iteration),
    agreement: agreement[own + label],
  };
}
