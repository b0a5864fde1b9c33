/** Edits of the routing to try first, each with a sentence about this drawing. */
/** @import { Interventions, Trace } from "../../capsules/types.js" */
/** @import { Geometry } from "../../capsules/geometry.js" */
import { contributions, lengthAt } from "../../capsules/contributions.js";
import { evenCoupling } from "../../capsules/coupling.js";
import { shareOf, strongest } from "../../capsules/difference.js";
import { NO_INTERVENTIONS } from "../../capsules/interventions.js";
import { favourText, silenceText, withoutRoutingText } from "../../words/tamper.js";
import { countWord } from "../../words/numbers.js";
import { runnerUp } from "./measures.js";

const FEW = 10;
const CONVICTION = 3;

/** c of the class that all capsules begin with b for. @param {Geometry} geometry @param {number} logit */
export const convinced = ({ classes }, logit) => Math.exp(logit) / (Math.exp(logit) + classes - 1);

/**
 * @param {Trace} untouched
 * @returns {{name: string, interventions: Interventions, text: string}[]}
 */
export function presetsOf(untouched) {
  const { geometry, classNames, label, iterations } = untouched;
  const name = classNames[label];
  const terms = contributions(untouched, label, iterations);
  const few = strongest(terms, FEW);
  const other = runnerUp(untouched, label);
  const [first, last] = [1, iterations].map((iteration) => lengthAt(untouched, label, iteration));
  return [
    {
      name: "Without routing",
      interventions: { ...NO_INTERVENTIONS, uniform: true },
      text: withoutRoutingText({ name, first, last, classes: geometry.classes }),
    },
    {
      name: `Silence the ${countWord(FEW)} strongest`,
      interventions: { ...NO_INTERVENTIONS, capsules: few.sort((a, b) => a - b) },
      text: silenceText({
        name,
        few: FEW,
        primaries: geometry.primaries,
        share: shareOf(terms, few),
      }),
    },
    {
      name: `Start in favour of ${classNames[other]}`,
      interventions: { ...NO_INTERVENTIONS, logits: [{ label: other, logit: CONVICTION, type: null }] },
      text: favourText({
        name: classNames[other],
        logit: CONVICTION,
        coupling: convinced(geometry, CONVICTION),
        even: evenCoupling(geometry),
      }),
    },
  ];
}
