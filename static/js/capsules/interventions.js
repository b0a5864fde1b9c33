/** What is changed in the routing by hand. @import { Addressed, Interventions } from "./types.js" */
/** @import { Geometry } from "./geometry.js" */

/** @type {Interventions} */
export const NO_INTERVENTIONS = Object.freeze({
  capsules: [],
  types: [],
  positions: [],
  couplings: [],
  logits: [],
  uniform: false,
  random: null,
});

/** The seeds of random couplings end before this. */
export const SEEDS = 2 ** 31;

/** The spread of random couplings, on the page: the standard deviation of the logits that they are the softmax of. */
export const SPREAD = { least: 0.1, most: 3, usual: 1 };

/** The largest first logit that the page gives, to either side. */
export const LOGIT_REACH = 5;

/** @param {Interventions} interventions */
export function isTampered({ capsules, types, positions, couplings, logits, uniform, random }) {
  return uniform || random !== null || [capsules, types, positions, couplings, logits].some(({ length }) => length > 0);
}

/**
 * Whether a primary capsule is silenced, by itself, with its type or with its place.
 * @param {Geometry} geometry
 * @param {Interventions} interventions
 */
export function silencing({ perType }, { capsules, types, positions }) {
  const [alone, byType, byPosition] = [new Set(capsules), new Set(types), new Set(positions)];
  return (/** @type {number} */ capsule) =>
    alone.has(capsule) || byType.has(Math.floor(capsule / perType)) || byPosition.has(capsule % perType);
}

/** How many primary capsules are silenced. @param {Geometry} geometry @param {Interventions} interventions */
export function silencedCount(geometry, interventions) {
  const isSilenced = silencing(geometry, interventions);
  let count = 0;
  for (let i = 0; i < geometry.primaries; i++) if (isSilenced(i)) count++;
  return count;
}

/**
 * b_i as a capsule begins with it; of several for one class the last counts.
 * @param {Geometry} geometry
 * @param {Interventions | undefined} interventions
 * @param {number} capsule
 * @returns {Float32Array} (C)
 */
export function firstLogits({ classes, perType }, interventions, capsule) {
  const first = new Float32Array(classes);
  for (const { label, logit, ...whose } of interventions?.logits ?? []) {
    const isMeant =
      breadth(whose) === 0
        ? whose.capsule === capsule
        : whose.type === null || whose.type === Math.floor(capsule / perType);
    if (isMeant) first[label] = logit;
  }
  return first;
}

/**
 * 0 for one capsule, 1 for a type, 2 for all: of several first logits of a pair that of the fewest counts.
 * @param {Addressed} whose
 */
export const breadth = ({ type, capsule }) => (capsule !== undefined ? 0 : type !== null ? 1 : 2);

/** As the server reads them. @param {Geometry} geometry @param {Interventions} interventions */
export function asRequest({ columns }, { capsules, types, positions, couplings, logits, uniform, random }) {
  return {
    silence: {
      capsules,
      types,
      positions: positions.map((position) => [Math.floor(position / columns), position % columns]),
    },
    couplings,
    logits: logits.map(({ label, logit, type, capsule }) => ({
      label,
      logit,
      ...(type !== null && { type }),
      ...(capsule !== undefined && { capsule }),
    })),
    uniform,
    ...(random && { random }),
  };
}

/**
 * Whether a network of this geometry can be routed so: all that is named is there, one primary capsule at least is left
 * to vote, and each capsule has a class left whose coupling is not fixed.
 * @param {Geometry} geometry
 * @param {Interventions} interventions
 */
export function areWithin(geometry, interventions) {
  const { types, perType, primaries, classes } = geometry;
  const { capsules, couplings, logits } = interventions;
  const below = (/** @type {number} */ end) => (/** @type {number} */ index) => index < end;
  return (
    [...capsules, ...couplings.map(({ capsule }) => capsule)].every(below(primaries)) &&
    interventions.types.every(below(types)) &&
    interventions.positions.every(below(perType)) &&
    [...couplings, ...logits].every(({ label }) => label < classes) &&
    logits.every(({ type, capsule = 0 }) => (type ?? 0) < types && capsule < primaries) &&
    mostOf(couplings.map(({ capsule }) => capsule)) < classes &&
    silencedCount(geometry, interventions) < primaries
  );
}

/** How often the most frequent of them is there. @param {number[]} values */
function mostOf(values) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
