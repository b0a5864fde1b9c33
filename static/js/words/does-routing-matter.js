/** Whether routing matters, in words: every number is taken from what was measured. */
/** @import { Reading, RoutingStudy } from "../capsules/types.js" */
import { fixed, lengthText, thousands } from "../shell/format.js";
import { countWord } from "./numbers.js";

/** An effect of chance comes out as large more often than this: then the page says so. */
const CHANCE = 0.05;

/** Where routing leaves this share of the answers as they are, the answer is mostly there before it. */
const MOSTLY = 0.95;

/** A mean length that changes by less is not called another one. */
const LONGER = 0.1;

/** Mean entropies that differ by less than this share of the largest are about the same. */
const SAME_ENTROPY = 0.02;

/** Couplings do not do where they misread so many times as much as the routed ones, and more than so many per cent. */
const [MANY_TIMES, MANY] = [10, 5];

/** Errors below this, in per cent, are written with two decimals. */
const FINE = 5;

/**
 * One way to couple, over the test digits.
 * @typedef {object} Way
 * @property {string} name
 * @property {number[]} errors per cent, of each of the random couplings, or one
 * @property {number} length of the winner, the mean
 * @property {number} entropy in bits, the mean
 * @property {number} [iterations] how often it routes, where it does
 * @property {number} [spread] of the random couplings, where it has these
 */

/**
 * After each iteration, and then the random couplings of each spread.
 * @param {RoutingStudy} study
 * @param {number} classes
 * @returns {Way[]}
 */
export function waysOf(study, classes) {
  const { iterations, random, trained_with: trained } = study;
  const spreads = [...new Set(random.map(({ spread }) => spread))];
  return [
    ...iterations.map((reading, k) => ({
      name:
        k === 0 ? `1 iteration: c = 1/${classes}` : `${k + 1} iterations${k + 1 === trained ? ", as in training" : ""}`,
      iterations: k + 1,
      ...summed(study, [reading]),
    })),
    ...spreads.map((spread) => ({
      name: `random, spread ${spread}`,
      spread,
      ...summed(
        study,
        random.filter((row) => row.spread === spread).map(({ reading }) => reading),
      ),
    })),
  ];
}

/** @param {RoutingStudy} study @param {Reading[]} readings */
function summed({ digits }, readings) {
  return {
    errors: readings.map(({ errors }) => (100 * errors) / digits),
    length: mean(readings.map(({ winning_length }) => winning_length)),
    entropy: mean(readings.map(({ entropy }) => entropy)),
  };
}

/** @param {readonly number[]} values */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** "0.28 %", or "0.98 % (0.62 to 2.07)" where there are several. @param {readonly number[]} errors per cent */
export function errorsText(errors) {
  const [least, most] = [Math.min(...errors), Math.max(...errors)];
  return errors.length > 1 ? `${short(mean(errors))} % (${short(least)} to ${short(most)})` : `${short(least)} %`;
}

/** @param {number} share in per cent */
const short = (share) => fixed(share, share < FINE ? 2 : 1);

/** A row as it is read aloud. @param {Way} way */
export const wayText = ({ name, errors, length }) =>
  `${name}: misreads ${errorsText(errors)}; mean length of the winner ${lengthText(length)}`;

/**
 * What the figure says in three sentences or so, one entry each.
 * @param {RoutingStudy} study
 * @param {number} classes
 */
export function findings(study, classes) {
  const ways = waysOf(study, classes);
  const [first, last] = [ways[0], ways[study.trained_with - 1]];
  const random = ways.filter(({ spread }) => spread !== undefined).sort((a, b) => (a.spread ?? 0) - (b.spread ?? 0));
  return [
    answersText(study, first, last),
    `${lengthsText(first, last)} ${entropiesText(first, last, Math.log2(classes))}`,
    ...(random.length ? [randomText(random, last, Math.log2(classes))] : []),
  ];
}

/** What the findings come to. @param {RoutingStudy} study @param {number} classes */
export function soText(study, classes) {
  const { digits, trained_with: trained, turned } = study;
  if (trained === 1) return "This network was trained with one iteration, so without routing.";
  const ways = waysOf(study, classes);
  const changed = (turned.to_right + turned.to_wrong + turned.wrong_to_wrong) / digits;
  const answer =
    changed <= 1 - MOSTLY
      ? "the answer is mostly there before any routing"
      : `routing changes ${short(100 * changed)} % of the answers`;
  return `So ${answer}, and ${standingText(ways[trained - 1].length - ways[0].length)}. This network was trained with routing and is only read without it.`;
}

/** @param {number} grown by how much routing makes the winner longer, in the mean */
function standingText(grown) {
  if (Math.abs(grown) < LONGER) return "routing changes the winner’s length little";
  return grown > 0 ? "routing makes the winner stand out" : "routing makes the winner shorter";
}

/** @param {Way} first @param {Way} last */
function lengthsText(first, last) {
  const [from, to] = [lengthText(first.length), lengthText(last.length)];
  if (from === to) return `The winner is ${to} long in the mean.`;
  return last.length > first.length
    ? `With routing the winner grows from ${from} to ${to} in the mean.`
    : `With routing the winner shrinks from ${from} to ${to} in the mean.`;
}

/** @param {Way} first @param {Way} last @param {number} most bits, of even couplings */
function entropiesText(first, last, most) {
  const [from, to] = [fixed(first.entropy, 3), fixed(last.entropy, 3)];
  const change = last.entropy - first.entropy;
  if (from === to) return `The mean entropy of the couplings is ${to} bits.`;
  if (Math.abs(change) > SAME_ENTROPY * most) {
    return `The mean entropy of the couplings ${change < 0 ? "falls" : "rises"} from ${from} to ${to} bits.`;
  }
  const hardly = `The mean entropy of the couplings hardly moves, from ${from} to ${to} bits`;
  return last.entropy > (1 - SAME_ENTROPY) * most
    ? `${hardly}: most capsules still give every class about the same share.`
    : `${hardly}.`;
}

/** @param {RoutingStudy} study @param {Way} first @param {Way} last */
function answersText({ digits, trained_with: trained, turned }, first, last) {
  const right = (/** @type {Way} */ way) => `${fixed(100 - way.errors[0])} %`;
  const read = `With uniform couplings the network reads ${right(first)} of ${thousands(digits)} test digits right`;
  if (trained === 1) return `${read}.`;
  const { to_right: gained, to_wrong: lost, wrong_to_wrong: other } = turned;
  const changed = gained + lost + other;
  const told = `${read}, with ${trained} iterations ${right(last)}.`;
  if (changed === 0) return `${told} Not one answer changes.`;
  const stay = other ? `, ${countWord(other)} stay${other === 1 ? "s" : ""} wrong` : "";
  const turns = `${told} Routing changes ${answers(changed)}: ${howMany(gained)} become${gained === 1 ? "s" : ""} right, ${howMany(lost)} wrong${stay}.`;
  if (byChance(gained, lost) > CHANCE) return `${turns} That is no clear difference: it may be chance.`;
  const errors = Math.round((first.errors[0] * digits) / 100);
  if (errors === 0) return turns;
  const share = Math.round((100 * Math.abs(gained - lost)) / errors);
  const fewer = gained > lost;
  return `${turns} That ${fewer ? `removes ${share} % of` : `adds ${share} % to`} the errors.${fewer ? ` Part of it may be habit: the network was trained with ${trained} iterations.` : ""}`;
}

/** @param {number} count */
const howMany = (count) => (count === 0 ? "none" : countWord(count));

/** @param {number} count */
const answers = (count) => `${countWord(count)} answer${count === 1 ? "" : "s"}`;

/**
 * What random couplings do: the most even, and the most uneven.
 * @param {Way[]} random by their spread, rising
 * @param {Way} routed
 * @param {number} most bits, of even couplings
 */
function randomText(random, routed, most) {
  const [even, uneven] = [random[0], random[random.length - 1]];
  const told = `Random couplings of spread ${even.spread}, ${evenWords(even.entropy - routed.entropy, most)} the routed ones (${fixed(even.entropy, 3)} bits), misread ${errorsText(even.errors)} and leave the winner at ${lengthText(even.length)}.`;
  const many = `With spread ${uneven.spread} (${fixed(uneven.entropy, 2)} bits) they misread ${errorsText(uneven.errors)}`;
  const misread = mean(uneven.errors);
  const isLost = misread > MANY && misread > MANY_TIMES * mean(routed.errors);
  const end = isLost ? ": this network does not read with just any couplings." : ".";
  const further = uneven === even ? "" : ` ${many}${end}`;
  const untrained = (routed.iterations ?? 1) > 1 ? " This network was not trained with them." : "";
  return `${told}${otherThingText(even, routed, most)}${further}${untrained}`;
}

/**
 * Why random couplings are not routing without a drawing, where their entropy might suggest it.
 * @param {Way} even
 * @param {Way} routed
 * @param {number} most bits, of even couplings
 */
function otherThingText(even, routed, most) {
  const gaps = [even.entropy - routed.entropy, most - routed.entropy];
  return gaps.every((gap) => Math.abs(gap) <= SAME_ENTROPY * most) && (routed.iterations ?? 1) > 1
    ? " With the same mean entropy random couplings are still a different thing: they shift every capsule a little, routing shifts a few a lot."
    : "";
}

/** @param {number} more bits than the routed couplings @param {number} most bits, of even couplings */
function evenWords(more, most) {
  if (Math.abs(more) <= SAME_ENTROPY * most) return "about as even as";
  return more > 0 ? "more even than" : "less even than";
}

/**
 * How often chance alone turns answers at least as unevenly: the two-sided sign test.
 * @param {number} gained
 * @param {number} lost
 */
export function byChance(gained, lost) {
  const count = gained + lost;
  let [term, sum] = [0.5 ** count, 0];
  for (let k = 0; k <= Math.min(gained, lost); k++) {
    sum += term;
    term *= (count - k) / (k + 1);
  }
  return Math.min(1, 2 * sum);
}

/**
 * Your drawing with one way to couple, as it is read aloud.
 * @param {string} name of the answer
 * @param {number} length
 */
export const answerText = (name, length) => `your drawing: ${name}, length ${lengthText(length)}`;

/** @param {string} model */
export const unmeasuredText = (model) =>
  `This network hasn’t been measured with other couplings. Run “capsnet study-routing --model ${model}” to do it.`;
