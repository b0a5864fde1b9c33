/** What is said of the votes as pictures. @import { AgreementStudy } from "../capsules/types.js" */
import { fixed, lengthEquation, lengthText, thousands } from "../shell/format.js";
import { countWord } from "./numbers.js";

/**
 * @typedef {object} RowSums of one class
 * @property {string} name
 * @property {number} withV mean cosine of its strongest votes and v
 * @property {number} among mean cosine of two of them
 * @property {number} strength the sum of their c ‖û‖
 * @property {number} length of v, which all parts make
 * @property {{length: number, count: number}} longest the longest sum on the way, and of how many parts it is
 */

/** So much shorter than its longest sum must a capsule end before the page says that votes cancel. */
const CANCELS = 0.1;
/** Votes cancel whose strongest alone are so many times as strong as the sum of all. */
const CANCELLING = 1.5;
/** From this mean cosine on, votes are said to agree. */
const AGREES = 0.7;
/** From so many times the strength on, strength is called the difference. */
const STRONGER = 1.5;
/** Means that differ less are as good as equal. */
const SAME = 0.05;

/** @param {string} name @param {"wins" | "selected" | "runner-up" | "other"} role */
export function roleText(name, role) {
  const roles = { wins: "the winner", selected: "selected", "runner-up": "the longest other class", other: "compared" };
  return `${name}, ${roles[role]}`;
}

/** How many of the parts are added, the strongest first. @param {number} count @param {number} all */
export function partsText(count, all) {
  if (count === all) return `all ${thousands(all)} parts`;
  return count === 1 ? "the strongest part" : `the ${thousands(count)} strongest parts`;
}

/** @param {number} count of parts @param {number} all @param {number} length of their sum */
export const sumText = (count, all, length) => `${partsText(count, all)}: ${lengthEquation(length)}`;

/** The numbers below a row. @param {RowSums} row @param {number} votes how many are shown */
export const rowText = ({ withV, among, strength }, votes) =>
  `These ${countWord(votes)}: mean cosine with v ${fixed(withV)}, with each other ${fixed(among)}; their c‖û‖ adds up to ${fixed(strength)}.`;

/**
 * Which of two classes is longer, and what tells their strongest votes apart.
 * @param {RowSums} longer
 * @param {RowSums} shorter
 * @param {{isWinner: boolean, votes: number}} shown `isWinner` is of the longer one
 */
export function verdictText(longer, shorter, { isWinner, votes }) {
  const head = `${longer.name} ${isWinner ? "wins" : "is the longer of the two"}`;
  const strengths = `c‖û‖ ${fixed(longer.strength)} in all, against ${fixed(shorter.strength)} for ${shorter.name}`;
  const isStrong = longer.strength > STRONGER * shorter.strength;
  const cosines = `mean cosine ${fixed(longer.among)}, against ${fixed(shorter.among)}`;
  const agrees = longer.among > shorter.among + SAME;
  const more = `agree ${longer.among < AGREES ? "more " : ""}among themselves (${cosines})`;
  const its = `${head}: its ${countWord(votes)} strongest votes`;
  const told = isStrong
    ? `${its} are strong (${strengths})${agrees ? ` and ${more}.` : `. ${equalText(longer, shorter)}`}`
    : agrees
      ? `${its} ${more}. Their strengths: ${strengths}.`
      : `${head}. Its ${countWord(votes)} strongest votes: ${strengths}. ${equalText(longer, shorter)}`;
  return `${told} All votes for ${longer.name} make length ${lengthText(longer.length)}. ${endText(shorter)}`;
}

/** Where the votes for the longer one do not agree more. @param {RowSums} longer @param {RowSums} shorter */
function equalText(longer, shorter) {
  const cosines = `mean cosine ${fixed(shorter.among)}, against ${fixed(longer.among)}`;
  if (shorter.among <= longer.among + SAME) {
    return `Among themselves those for ${shorter.name} agree about as well (${cosines}).`;
  }
  const weaker = shorter.strength < longer.strength ? ", but they are weaker" : "";
  return `Those for ${shorter.name} agree more among themselves (${cosines})${weaker}.`;
}

/** What becomes of the sum of the class that is shorter. @param {RowSums} row */
function endText({ name, length, longest }) {
  if (longest.length < length + CANCELS) return `Those for ${name} make only ${lengthText(length)}.`;
  const parts = longest.count === 1 ? "its strongest vote alone" : `its ${thousands(longest.count)} strongest votes`;
  return `The sum for ${name} is longest with ${parts} (${lengthText(longest.length)}). The other votes bring it to ${lengthText(length)}.`;
}

/** What was measured of the network over test digits. @param {AgreementStudy} study */
export function agreementText(study) {
  const { digits, iterations, strongest, outdone } = study;
  const ten = countWord(strongest);
  const means = `Over ${thousands(digits)} test digits, after ${iterations} iteration${iterations === 1 ? "" : "s"}, the mean cosine of the ${ten} strongest votes with v is ${fixed(study.with_v_winner)} for the winner and ${fixed(study.with_v_others)} for the other classes; with each other ${fixed(study.among_winner)} and ${fixed(study.among_others)}.`;
  if (!outdone) return means;
  const share = outdone < 0.01 ? "less than 1" : Math.round(100 * outdone);
  return `${means} But agreement is not all. In ${share} % of the digits at least one of the other classes has ${ten} votes that agree more among themselves than the winner’s do. ${outdoneText(study)}`;
}

/** How the class whose votes agree more compares with the winner. @param {AgreementStudy} study */
function outdoneText(study) {
  const { iterations, outdone_strength_other: other, outdone_strength_winner: winner } = study;
  const { outdone_length_other: otherLength, outdone_length_winner: winnerLength } = study;
  const numbers = `${fixed(winner, 1)} against ${fixed(other, 1)}`;
  const lengths = `That class ends ${fixed(otherLength)} long, the winner ${fixed(winnerLength)}.`;
  const votes =
    winner <= other
      ? `The c‖û‖ of its votes adds up to ${fixed(other, 1)}, the winner’s to ${fixed(winner, 1)}.`
      : iterations > 1
        ? `Routing gives the winner’s more weight (c‖û‖ adds up to ${numbers}).`
        : `The winner’s are stronger (c‖û‖ adds up to ${numbers}).`;
  const sum = Math.sqrt(otherLength / (1 - otherLength)); // ‖s‖, from the squash
  const loses = other > CANCELLING * sum ? "It still loses: its votes as a whole cancel." : "It still loses.";
  return `${loses} ${votes} ${lengths}`;
}

/** @param {string} model */
export const agreementUnknownText = (model) =>
  `How far the votes of this network agree over test digits has not been measured. Run “capsnet study-votes --model ${model}” to do it.`;
