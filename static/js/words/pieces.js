/** A digit whose parts are put together wrongly, in words. */
import { fixed, lengthEquation, percentText, thousands, withArticle } from "../shell/format.js";
import { probabilityText } from "./viewpoint.js";

/** @type {Record<import("../capsules/viewpoint.js").Pieces, string>} */
export const ARRANGED = {
  whole: "the digit whole",
  "top-bottom": "top and bottom exchanged",
  "left-right": "left and right exchanged",
  quarters: "quarters turned round",
  strips: "seven strips shuffled",
};

/**
 * @typedef {{name: string, score: number, isSure: boolean, isSame: boolean}} Said what a network says of an arrangement
 */

/** How long, or how likely. @param {Said} said @param {boolean} hasCapsules */
export const scoreText = ({ score }, hasCapsules) => (hasCapsules ? lengthEquation(score) : probabilityText(score));

/** @param {Said} said */
export const surelyText = ({ isSure }) => (isSure ? "sure" : "not sure");

/**
 * How well the decoder draws it.
 * @param {{error: number, rank: number | null}} fit
 */
export function fitText({ error, rank }) {
  const told = `Σ² = ${fixed(error, 1)}`;
  return rank === null ? told : `${told}: ${Math.min(99, Math.floor(rank))} of 100 test digits are drawn better`;
}

/**
 * What one network makes of the wrong arrangements of this digit.
 * @param {string} network
 * @param {Said} whole
 * @param {readonly Said[]} wrong
 */
export function networkText(network, whole, wrong) {
  const [same, sure] = [wrong.filter(({ isSame }) => isSame), wrong.filter(({ isSure }) => isSure)];
  const surelySame = same.filter(({ isSure }) => isSure).length;
  const as = withArticle(whole.name);
  return (
    `${network} reads the whole as ${as}. It also reads ${same.length} of the ${wrong.length} wrong arrangements as ${as}` +
    `${same.length ? ` (surely: ${surelySame})` : ""}. It is sure of ${sure.length} of the ${wrong.length}, whatever it reads.`
  );
}

/**
 * What was measured of one arrangement over the test digits.
 * @param {number} digits that were cut
 * @param {{same: number, sure: number}} counts of them: read as their class; read surely, as whatever
 */
export const measuredText = (digits, { same, sure }) =>
  `${thousands(digits)} test digits, upright: ${percentText(same / digits)} read as their class, ${percentText(sure / digits)} read surely, as whatever digit`;

/** Why a network says nothing of the pieces; "" where it does. @param {string} network @param {string} reason */
export const missingText = (network, reason) =>
  reason && `What ${network} says of the pieces could not be loaded. ${reason}`;
