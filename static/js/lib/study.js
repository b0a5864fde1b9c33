/** What the numbers of iterations do to the test error, in words. @import { IterationStudy } from "../types.js" */
import { fixed } from "./format.js";

/** Fewer digits than this make no difference that a second training would show again. */
const FEW = 10;

/**
 * With which numbers of iterations fewest digits are misread, and by how many fewer than with the trained one where
 * that is next to nothing.
 * @param {Pick<IterationStudy, "errors" | "trained_with" | "digits">} study
 */
export function bestText({ errors, trained_with, digits }) {
  const least = Math.min(...errors);
  const numbers = errors.flatMap((value, k) => (value === least ? [k + 1] : []));
  const fewer = Math.round(((errors[trained_with - 1] - least) * digits) / 100);
  const told = `${numbers.join(", ")} (${fixed(least)} %)`;
  if (numbers.includes(trained_with) || fewer >= FEW) return told;
  return `${told}, no fewer than with ${trained_with} to speak of: ${fewer} digit${fewer === 1 ? "" : "s"}`;
}
