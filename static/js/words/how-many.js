/** What the number of iterations changes, in words. @import { IterationStudy } from "../capsules/types.js" */
import { capital, fixed, listText, thousands } from "../shell/format.js";
import { countWord } from "./numbers.js";

/** Fewer digits than this may be chance: a second training need not show it again. */
const FEW = 10;
const ONE_NETWORK = "This is one network, from one seed.";

/**
 * Whether routing matters over the test digits: the errors with one iteration, as trained, and at best.
 * @param {Pick<IterationStudy, "errors" | "trained_with" | "digits">} study
 */
export function studyText({ errors, trained_with: trained, digits }) {
  const least = Math.min(...errors);
  const best = errors.flatMap((value, k) => (value === least ? [k + 1] : []));
  const misread = (/** @type {number} */ iterations) => `${fixed(errors[iterations - 1])} %`;
  const compared =
    trained === 1
      ? `With 1 iteration, as in training, it misreads ${misread(1)} of them.`
      : `With 1 iteration, which is no routing at all, it misreads ${misread(1)} of them; with ${trained}, as in training, ${misread(trained)}.`;
  const gained = trained === 1 ? FEW : Math.round(((errors[0] - errors[trained - 1]) * digits) / 100);
  const own = Math.abs(gained) < FEW ? `${compared} ${differenceText(Math.abs(gained), digits)}` : compared;
  if (best.includes(trained)) {
    return `${own} ${lowestText({ errors, trained_with: trained, digits }, best)} ${ONE_NETWORK}`;
  }
  const fewer = Math.round(((errors[trained - 1] - least) * digits) / 100);
  const fewest = `${own} The fewest errors come with ${listText(best)}: ${fixed(least)} %`;
  return fewer < FEW
    ? `${fewest}, ${fewer} digit${fewer === 1 ? "" : "s"} fewer. That may be chance. ${ONE_NETWORK}`
    : `${fewest}. ${ONE_NETWORK}`;
}

/**
 * Where the lowest error is that of training, and how far the numbers of iterations beside it are from it.
 * @param {Pick<IterationStudy, "errors" | "trained_with" | "digits">} study
 * @param {number[]} best the numbers of iterations with the lowest error
 */
function lowestText({ errors, trained_with: trained, digits }, best) {
  const told =
    best.length === 1
      ? `The lowest error is at ${trained}, the number used in training.`
      : `The lowest error is at ${listText(best)}; the network was trained with ${trained}.`;
  const beside = [trained - 1, trained + 1].filter(
    (count) => count <= errors.length && count > 0 && !best.includes(count),
  );
  const more = beside.map((count) => Math.round(((errors[count - 1] - errors[trained - 1]) * digits) / 100));
  if (!more.length) return told;
  const chance = more.every((count) => count < FEW) ? ", which may be chance" : "";
  return `${told} With ${beside.join(" and ")} it misreads ${listText(more.map(countWord))} digit${more.at(-1) === 1 ? "" : "s"} more${chance}.`;
}

/** @param {number} count of digits, fewer than `FEW` @param {number} digits of all */
const differenceText = (count, digits) =>
  count === 0
    ? "No difference at all."
    : `${capital(countWord(count))} digit${count === 1 ? "" : "s"} of ${thousands(digits)}, which may be chance.`;

/**
 * From how many iterations on the lead falls; "" where it does not fall twice.
 * @param {number[]} leads of the winner, with 1, 2, ... iterations
 */
export function leadText(leads) {
  const last = leads.length - 1;
  let from = last;
  while (from > 0 && leads[from - 1] > leads[from]) from -= 1;
  if (last - from < 2 || fixed(leads[from]) === fixed(leads[last])) return "";
  return `The lead of this drawing falls with more than ${from + 1} iteration${from ? "s" : ""}: from ${fixed(leads[from])} to ${fixed(leads[last])} with ${last + 1}.`;
}

/** @param {string} model */
export const notStudiedText = (model) =>
  `This network hasn’t been measured with other iteration counts. Run “capsnet study-iterations --model ${model}” to do it.`;
