/** What is changed in the routing by hand. @import { Addressed, Interventions } from "../types.js" */
import { CLASSES, GRID, PER_TYPE, PRIMARY, TYPES } from "./network.js";

/** @type {Interventions} */
export const NO_INTERVENTIONS = Object.freeze({ capsules: [], types: [], positions: [], couplings: [], logits: [], uniform: false });

/** The largest first logit that the page gives, to either side. */
export const LOGIT_REACH = 5;

/** @param {Interventions} interventions */
export function isTampered({ capsules, types, positions, couplings, logits, uniform }) {
  return uniform || [capsules, types, positions, couplings, logits].some(({ length }) => length > 0);
}

/** Whether a primary capsule is silenced, by itself, with its type or with its place. @param {Interventions} interventions */
export function silencing({ capsules, types, positions }) {
  const [alone, byType, byPosition] = [new Set(capsules), new Set(types), new Set(positions)];
  return (/** @type {number} */ capsule) =>
    alone.has(capsule) || byType.has(Math.floor(capsule / PER_TYPE)) || byPosition.has(capsule % PER_TYPE);
}

/** How many primary capsules are silenced. @param {Interventions} interventions */
export function silencedCount(interventions) {
  const isSilenced = silencing(interventions);
  let count = 0;
  for (let i = 0; i < PRIMARY; i++) if (isSilenced(i)) count++;
  return count;
}

/** b_i as a capsule begins with it; of several for one class the last counts. @param {Interventions | undefined} interventions @param {number} capsule */
export function firstLogits(interventions, capsule) {
  const first = new Float32Array(CLASSES);
  for (const { label, logit, ...whose } of interventions?.logits ?? []) {
    const isMeant = breadth(whose) === 0 ? whose.capsule === capsule : whose.type === null || whose.type === Math.floor(capsule / PER_TYPE);
    if (isMeant) first[label] = logit;
  }
  return first;
}

/** 0 for one capsule, 1 for a type, 2 for all: of several first logits of a pair that of the fewest counts. @param {Addressed} whose */
export const breadth = ({ type, capsule }) => (capsule !== undefined ? 0 : type !== null ? 1 : 2);

/** As the server reads them. @param {Interventions} interventions */
export function asRequest({ capsules, types, positions, couplings, logits, uniform }) {
  return {
    silence: { capsules, types, positions: positions.map((position) => [Math.floor(position / GRID), position % GRID]) },
    couplings,
    logits: logits.map(({ label, logit, type, capsule }) => ({ label, logit, ...(type !== null && { type }), ...(capsule !== undefined && { capsule }) })),
    uniform,
  };
}

/** @param {Interventions} interventions */
export function inWords(interventions) {
  const { couplings, logits, uniform } = interventions;
  const silenced = silencedCount(interventions);
  const classes = [...new Set(logits.map(({ label }) => label))].sort();
  return [
    silenced && `${counted(silenced, "capsule")} silenced`,
    couplings.length && `${counted(couplings.length, "coupling")} fixed`,
    classes.length && `b set for ${classes.join(" and ")}`,
    uniform && "no routing",
  ].filter(Boolean).join(", ");
}

/** @param {number} count @param {string} noun */
const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/**
 * Text for a link, of characters that a link need not escape: the groups are joined by "_", their items by ".",
 * the numbers of an item by "*".
 * @param {Interventions} interventions
 */
export function packInterventions({ capsules, types, positions, couplings, logits, uniform }) {
  const groups = [
    ["c", capsules],
    ["t", types],
    ["g", positions],
    ["k", couplings.map(({ capsule, label, coupling }) => [capsule, label, Math.round(coupling * 100)].join("*"))],
    ["b", logits.filter(({ capsule }) => capsule === undefined).map((row) => [row.label, Math.round(row.logit * 10), ...(row.type === null ? [] : [row.type])].join("*"))],
    ["i", logits.filter(({ capsule }) => capsule !== undefined).map((row) => [row.label, Math.round(row.logit * 10), row.capsule].join("*"))],
    ["u", uniform ? [1] : []],
  ];
  return groups.filter(([, items]) => items.length).map(([name, items]) => name + /** @type {unknown[]} */ (items).join(".")).join("_");
}

/** @param {string} text @returns {Interventions} @throws {RangeError} where it says nothing that makes sense */
export function unpackInterventions(text) {
  const groups = new Map(text.split("_").map((group) => [group[0], group.slice(1).split(".").map((item) => item.split("*").map(Number))]));
  const found = {
    capsules: (groups.get("c") ?? []).map(([capsule]) => whole(capsule, PRIMARY)),
    types: (groups.get("t") ?? []).map(([type]) => whole(type, TYPES)),
    positions: (groups.get("g") ?? []).map(([position]) => whole(position, PER_TYPE)),
    couplings: (groups.get("k") ?? []).map(([capsule, label, hundredths]) => (
      { capsule: whole(capsule, PRIMARY), label: whole(label, CLASSES), coupling: whole(hundredths, 101) / 100 }
    )),
    logits: [
      ...(groups.get("b") ?? []).map(([label, tenths, type]) => ({ ...logitOf(label, tenths), type: type === undefined ? null : whole(type, TYPES) })),
      ...(groups.get("i") ?? []).map(([label, tenths, capsule]) => ({ ...logitOf(label, tenths), type: null, capsule: whole(capsule, PRIMARY) })),
    ],
    uniform: groups.has("u"),
  };
  if (!isTampered(found) || silencedCount(found) === PRIMARY || !isPossible(found.couplings)) throw new RangeError(`no interventions: ${text}`);
  return found;
}

/** Each pair once, and something left of each capsule for another class. @param {Interventions["couplings"]} couplings */
function isPossible(couplings) {
  const pairs = new Set(couplings.map(({ capsule, label }) => capsule * CLASSES + label));
  return pairs.size === couplings.length && couplings.every(({ capsule }) => {
    const own = couplings.filter((pair) => pair.capsule === capsule);
    return own.length < CLASSES && own.reduce((sum, { coupling }) => sum + coupling, 0) < 1 + 1e-6;
  });
}

/** @param {number} label @param {number} tenths */
function logitOf(label, tenths) {
  return { label: whole(label, CLASSES), logit: (whole(tenths + 10 * LOGIT_REACH, 20 * LOGIT_REACH + 1) - 10 * LOGIT_REACH) / 10 };
}

/** @param {number} value @param {number} count */
function whole(value, count) {
  if (!Number.isInteger(value) || value < 0 || value >= count) throw new RangeError(`not one of ${count}: ${value}`);
  return value;
}
