/** Interventions as a short text for a link. @import { Interventions } from "./types.js" */
import { LOGIT_REACH, SEEDS, SPREAD, isTampered } from "./interventions.js";

/**
 * Text of characters that a link need not escape: the groups are joined by "_", their items by ".", the numbers of an
 * item by "*".
 * @param {Interventions} interventions
 */
export function packInterventions({ capsules, types, positions, couplings, logits, uniform, random }) {
  const groups = [
    ["c", capsules],
    ["t", types],
    ["g", positions],
    ["k", couplings.map(({ capsule, label, coupling }) => [capsule, label, Math.round(coupling * 100)].join("*"))],
    [
      "b",
      logits
        .filter(({ capsule }) => capsule === undefined)
        .map((row) => [row.label, Math.round(row.logit * 10), ...(row.type === null ? [] : [row.type])].join("*")),
    ],
    [
      "i",
      logits
        .filter(({ capsule }) => capsule !== undefined)
        .map((row) => [row.label, Math.round(row.logit * 10), row.capsule].join("*")),
    ],
    ["u", uniform ? [1] : []],
    ["r", random ? [`${random.seed}*${Math.round(random.spread * 10)}`] : []],
  ];
  return groups
    .filter(([, items]) => items.length)
    .map(([name, items]) => name + /** @type {unknown[]} */ (items).join("."))
    .join("_");
}

/**
 * What a link says of the routing. Whether a network has what is named is not known here: `areWithin` tells that.
 * @param {string} text
 * @returns {Interventions}
 * @throws {RangeError} where it says nothing that makes sense
 */
export function unpackInterventions(text) {
  const groups = new Map(text.split("_").map((group) => [group[0], itemsOf(group.slice(1))]));
  const itemsIn = (/** @type {string} */ name) => groups.get(name) ?? [];
  const found = {
    capsules: itemsIn("c").map(([capsule]) => whole(capsule)),
    types: itemsIn("t").map(([type]) => whole(type)),
    positions: itemsIn("g").map(([position]) => whole(position)),
    couplings: itemsIn("k").map(([capsule, label, hundredths]) => ({
      capsule: whole(capsule),
      label: whole(label),
      coupling: whole(hundredths, 101) / 100,
    })),
    logits: [
      ...itemsIn("b").map(([label, tenths, type]) => ({
        ...logitOf(label, tenths),
        type: type === undefined ? null : whole(type),
      })),
      ...itemsIn("i").map(([label, tenths, capsule]) => ({
        ...logitOf(label, tenths),
        type: null,
        capsule: whole(capsule),
      })),
    ],
    uniform: groups.has("u"),
    random: randomOf(itemsIn("r")),
  };
  const isBoth = found.uniform && found.random !== null;
  if (!isTampered(found) || isBoth || !isPossible(found.couplings)) throw new RangeError(`no interventions: ${text}`);
  return found;
}

/** @param {string} text of one group */
const itemsOf = (text) =>
  text.split(".").map((item) => item.split("*").map((part) => (part === "" ? NaN : Number(part))));

/** Each pair once, and no capsule gives more than itself. @param {Interventions["couplings"]} couplings */
function isPossible(couplings) {
  const pairs = new Set(couplings.map(({ capsule, label }) => `${capsule} ${label}`));
  /** @type {Map<number, number>} */
  const sums = new Map();
  for (const { capsule, coupling } of couplings) sums.set(capsule, (sums.get(capsule) ?? 0) + coupling);
  return pairs.size === couplings.length && [...sums.values()].every((sum) => sum < 1 + 1e-6);
}

/** @param {number[][]} items at most one */
function randomOf(items) {
  if (items.length === 0) return null;
  if (items.length > 1) throw new RangeError("random couplings have one seed");
  const [[seed, tenths]] = items;
  whole(tenths - 10 * SPREAD.least, 10 * (SPREAD.most - SPREAD.least) + 1);
  return { seed: whole(seed, SEEDS), spread: tenths / 10 };
}

/** @param {number} label @param {number} tenths */
function logitOf(label, tenths) {
  return {
    label: whole(label),
    logit: (whole(tenths + 10 * LOGIT_REACH, 20 * LOGIT_REACH + 1) - 10 * LOGIT_REACH) / 10,
  };
}

/** @param {number} value @param {number} [count] */
function whole(value, count = Infinity) {
  if (!Number.isInteger(value) || value < 0 || value >= count) throw new RangeError(`not one of ${count}: ${value}`);
  return value;
}
