/** Changes of the routing that teach something, each with a sentence about this digit. @import { Interventions, Trace } from "../types.js" */
import { contributions, lengthAt } from "../lib/contributions.js";
import { shareOf, strongest } from "../lib/difference.js";
import { fixed, lengthText } from "../lib/format.js";
import { NO_INTERVENTIONS } from "../lib/interventions.js";
import { CLASSES } from "../lib/network.js";
import { runnerUp } from "./planes.js";

const FEW = 10;
const CONVICTION = 3;

/** c of the class that all capsules begin with b for. @param {number} logit */
export const convinced = (logit) => Math.exp(logit) / (Math.exp(logit) + CLASSES - 1);

/**
 * @param {Trace} untouched
 * @returns {{name: string, interventions: Interventions, text: string}[]}
 */
export function presetsOf(untouched) {
  const { label, iterations } = untouched;
  const terms = contributions(untouched, label, iterations);
  const few = strongest(terms, FEW);
  const other = runnerUp(untouched, label);
  const [first, last] = [1, iterations].map((iteration) => lengthText(lengthAt(untouched, label, iteration)));
  return [
    {
      name: "Without routing",
      interventions: { ...NO_INTERVENTIONS, uniform: true },
      text: `All votes count alike, c = 1/10: the capsule of ${label} stays ${first} long; routing makes it ${last}. Which one is the longest mostly stays the same.`,
    },
    {
      name: `Silence the strongest ${FEW}`,
      interventions: { ...NO_INTERVENTIONS, capsules: few.sort((a, b) => a - b) },
      text: `The ${FEW} primary capsules that give ${label} most, of 1152, are ${Math.round(100 * shareOf(terms, few))} % of all that speaks for it.`,
    },
    {
      name: `Begin convinced of ${other}`,
      interventions: { ...NO_INTERVENTIONS, logits: [{ label: other, logit: CONVICTION, type: null }] },
      text: `With b = ${CONVICTION} for ${other}, the next longest, every capsule begins with c = ${fixed(convinced(CONVICTION))} for it, not 0.10.`,
    },
  ];
}
