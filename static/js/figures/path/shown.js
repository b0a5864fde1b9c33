/** What the plot of one network shows: ways through the measured plane. */
/** @import { ViewpointPaths } from "../../capsules/paths.js" @import { Ways } from "../../charts/path.js" */
/** @import { Name } from "../../capsules/viewpoint.js" @import { Side } from "../../state/view/viewed.js" */
/** @import { State } from "../../state/view/subject.js" */
import { cosineWith, placeOn, shareIn, straightnessOf } from "../../capsules/paths.js";
import { REST } from "../../capsules/viewpoint.js";
import { directionOf } from "../../state/view/directions.js";
import { STEPS_A_SIDE, placeNow, wayNow } from "../../state/view/path.js";

/**
 * @typedef {object} Shown
 * @property {ViewpointPaths} measured
 * @property {Ways} ways
 * @property {number[]} amounts (m) of the digit's own way; empty while it is not known
 * @property {number} every so many places of it were measured of the other digits
 * @property {Told | null} told null while the present place is not known
 *
 * @typedef {{name: Name, amount: number, range: readonly number[], straightness: number, share: number,
 *   cosine: number}} Told
 */

/**
 * @param {State} state
 * @param {Side} side
 * @returns {Shown | null} null until it is known what was measured
 */
export function shownWay(state, side) {
  const measured = directionOf(state, side);
  if (!measured) return null;
  const { plane, direction, amounts: known, transformation: name } = measured;
  const [low, high] = [known[0], known[known.length - 1]];
  const zero = direction.map(() => 0);
  const straight = [low, high].map((amount) => {
    const by = amount - REST[name];
    return placeOn(
      direction.map((number) => by * number),
      zero,
      plane,
    );
  });
  const way = wayNow(state, side);
  const every = (2 * STEPS_A_SIDE) / (known.length - 1);
  if (!way) {
    return {
      measured,
      ways: { others: measured.paths, own: [], straight, present: null },
      amounts: [],
      every,
      told: null,
    };
  }
  const rest = way.features[STEPS_A_SIDE];
  const own = way.features.map((numbers) => placeOn(numbers, rest, plane));
  const now = placeNow(state, side);
  return {
    measured,
    ways: { others: measured.paths, own, straight, present: now && placeOn(now.features, rest, plane) },
    amounts: way.amounts,
    every,
    told: now && {
      name,
      amount: now.amount,
      range: [low, high],
      straightness: straightnessOf(way.features.filter((_, k) => k % every === 0)),
      share: shareIn(way.features, rest, plane),
      cosine: cosineWith(now.features, rest, direction) * Math.sign(now.amount - REST[name]),
    },
  };
}
