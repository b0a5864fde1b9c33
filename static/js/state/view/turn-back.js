/**
 * Poses pushed along the directions that were measured, and decoded: the upright digit's pose as far as the picture is
 * transformed, and the pose of the transformed digit as far back.
 */
/** @import { ViewpointPaths } from "../../capsules/paths.js" */
/** @import { Name, Viewpoint } from "../../capsules/viewpoint.js" */
/** @import { Trace } from "../../capsules/types.js" @import { Store } from "../../shell/store.js" */
/** @import { Troubles } from "../trace/troubles.js" @import { BothSeen } from "./viewed.js" */
/** @import { WaysState } from "./path.js" */
import { amountsOver, pushed } from "../../capsules/paths.js";
import { REST, movedNames } from "../../capsules/viewpoint.js";
import { retryIn } from "../../shell/errors.js";
import { newestWins } from "../../shell/latest.js";
import { newestOnce } from "../../shell/once.js";
import { attempt, settle, tell } from "../trace/troubles.js";
import { directionOf } from "./directions.js";
import { featuresOf } from "./path.js";
import { bothSeen, viewedClass } from "./viewed.js";

/** The row shows so many pictures on each side of rest. */
const COLUMNS_A_SIDE = 2;

/** So many it shows in all. */
export const COLUMNS = 2 * COLUMNS_A_SIDE + 1;

/**
 * @typedef {object} RowOrigin
 * @property {Trace} trace of the upright picture
 * @property {number} label
 * @property {ViewpointPaths} measured of its network and class
 *
 * @typedef {object} TurnRow one digit at several amounts of one transformation
 * @property {RowOrigin} of
 * @property {number[]} amounts (n) rest in the middle
 * @property {Float32Array[]} seen (n) (H, W) the pictures, really transformed
 * @property {Float32Array[]} own (n) (H, W) what is decoded of the pose that the network finds in each
 * @property {Float32Array[]} pushed (n) (H, W) what is decoded of the pose at rest, pushed
 *
 * @typedef {{both: BothSeen, directions: readonly ViewpointPaths[]}} TurnOrigin the answers, and a direction for each
 *   transformation that the digit stands in
 *
 * @typedef {object} TurnedBack
 * @property {TurnOrigin} of
 * @property {Float32Array} pushed (H, W) what is decoded of the upright pose, pushed as far as the picture is moved
 * @property {Float32Array} undone (H, W) what is decoded of the present pose, pushed as far back
 *
 * @typedef {object} TurningBack
 * @property {TurnRow | null} turnRow the last that was asked for
 * @property {TurnedBack | null} turnedBack the newest answer
 *
 * @typedef {TurningBack & WaysState} TurningBackState
 */

/** @type {TurningBack} */
export const initial = { turnRow: null, turnedBack: null };

export const cleared = initial;

/**
 * @param {Store<TurningBackState & Troubles>} store
 * @param {{fetchViews: typeof import("../../api/viewpoints.js").fetchViews,
 *   fetchReconstructions: typeof import("../../api/client.js").fetchReconstructions}} services
 * @param {{needDirections: () => Promise<number>}} others
 */
export function actions(store, { fetchViews, fetchReconstructions }, others) {
  /** @type {ReturnType<typeof newestOnce<RowOrigin>>} */
  const askRow = newestOnce(isSameRow);

  /** @param {RowOrigin} of @param {AbortSignal} signal @returns {Promise<TurnRow>} */
  async function rowOf(of, signal) {
    const { trace, label, measured } = of;
    const { model, geometry } = trace;
    const { transformation: name, direction, amounts: known } = measured;
    const amounts = amountsOver([known[0], known[known.length - 1]], REST[name], COLUMNS_A_SIDE);
    const viewpoints = amounts.map((amount) => ({ ...REST, [name]: amount }));
    const asked = { model, geometry, label, include: "reconstruction" };
    const views = await fetchViews(trace.image, viewpoints, asked, signal);
    const rest = featuresOf({ ...views[COLUMNS_A_SIDE], of: { trace, label } }, "capsule");
    const poses = amounts.map((amount) => pushed(rest, [{ direction, by: amount - REST[name] }]));
    const pictures = await fetchReconstructions(poses, { model, label }, signal);
    return {
      of,
      amounts,
      seen: views.map(({ image }) => image),
      own: views.map(({ reconstruction }) => /** @type {Float32Array} */ (reconstruction)),
      pushed: amounts.map((_, k) => pictures.subarray(k * geometry.pixels, (k + 1) * geometry.pixels)),
    };
  }

  /** @typedef {{of: TurnOrigin, done: (againIn: number) => void}} Turn */

  /** One question is under way, and of the others the newest waits. */
  const line = newestWins(
    async (/** @type {Turn} */ { of }, signal) => {
      const { now, upright } = of.both;
      const { model, trace } = now.of;
      const pushes = pushesOf(now.of.viewpoint, of.directions);
      const back = pushes.map(({ direction, by }) => ({ direction, by: -by }));
      const poses = [pushed(featuresOf(upright, "capsule"), pushes), pushed(featuresOf(now, "capsule"), back)];
      const pictures = await fetchReconstructions(poses, { model, label: now.of.label ?? 0 }, signal);
      const { pixels } = trace.geometry;
      return { pushed: pictures.subarray(0, pixels), undone: pictures.subarray(pixels, 2 * pixels) };
    },
    (pictures, { of, done }) => {
      settle(store, "turn-back");
      store.set({ turnedBack: { of, ...pictures } });
      done(0);
    },
    (error, { of, done }) => {
      const now = turnOriginOf(store.get());
      if (!now || !isSameTurn(now, of)) return done(0); // it was of what is no longer on the page
      tell(store, "turn-back", error);
      done(retryIn(error));
    },
    ({ done }) => done(0),
  );

  return {
    /**
     * Once for each digit, class and transformation.
     * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
     */
    async needTurnRow() {
      const againIn = await others.needDirections();
      const of = rowOriginOf(store.get());
      if (!of || turnRowNow(store.get())) return againIn;
      const rowAgainIn = await askRow(of, (signal) =>
        attempt(store, { name: "turn-row" }, () => rowOf(of, signal), {
          signal,
          isWanted: () => isSameRow(rowOriginOf(store.get()), of),
          take: (turnRow) => store.set({ turnRow }),
        }),
      );
      return Math.max(againIn, rowAgainIn);
    },

    /** For each answer to the present viewpoint, the newest first. @returns {Promise<number>} as `needTurnRow` */
    async needTurnedBack() {
      const of = turnOriginOf(store.get());
      const known = store.get().turnedBack;
      if (!of || (known && isSameTurn(known.of, of))) return 0;
      return new Promise((done) => line.push({ of, done }));
    },
  };
}

/**
 * How far a viewpoint is pushed in pose space.
 * @param {Viewpoint} viewpoint
 * @param {readonly ViewpointPaths[]} directions
 */
const pushesOf = (viewpoint, directions) =>
  directions.map(({ direction, transformation: name }) => ({ direction, by: viewpoint[name] - REST[name] }));

/** @param {TurningBackState} state @returns {RowOrigin | null} null where nothing was measured, or not yet known */
function rowOriginOf(state) {
  const [label, measured] = [viewedClass(state), directionOf(state, "capsule")];
  return state.trace && label !== null && measured ? { trace: state.trace, label, measured } : null;
}

/** The row, where it is of what is on the page. @param {TurningBackState} state */
export function turnRowNow(state) {
  const { turnRow } = state;
  return turnRow && isSameRow(rowOriginOf(state), turnRow.of) ? turnRow : null;
}

/** @param {RowOrigin | null} a @param {RowOrigin} b */
const isSameRow = (a, b) => a !== null && a.trace === b.trace && a.label === b.label && a.measured === b.measured;

/**
 * @param {TurningBackState} state
 * @returns {TurnOrigin | null} null while an answer or a direction is not known, and where the parts of the picture
 *   have changed places: no direction undoes that
 */
function turnOriginOf(state) {
  const both = bothSeen(state, "capsule");
  if (!both || both.now.of.viewpoint.pieces !== REST.pieces || both.now.of.label === null) return null;
  const directions = movedNames(both.now.of.viewpoint).map((name) => directionOf(state, "capsule", name));
  return directions.every((each) => each !== null) ? { both, directions } : null;
}

/** @param {TurnOrigin} a @param {TurnOrigin} b */
const isSameTurn = (a, b) =>
  a.both.now === b.both.now &&
  a.both.upright === b.both.upright &&
  a.directions.every((direction, k) => direction === b.directions[k]);

/**
 * The newest answer, where it is of the digit, the class and the network on the page; which viewpoint it is of, its
 * `of.both.now` says.
 * @param {TurningBackState} state
 * @returns {TurnedBack | null}
 */
export function turnedBackNow(state) {
  const { turnedBack } = state;
  const both = bothSeen(state, "capsule");
  if (!turnedBack || !both || state.viewpoint.pieces !== REST.pieces) return null;
  return turnedBack.of.both.upright === both.upright ? turnedBack : null;
}

/**
 * The transformations that the digit stands in beyond what was measured.
 * @param {TurnedBack} turned
 * @returns {Name[]}
 */
export const beyondMeasured = ({ of: { both, directions } }) =>
  directions
    .filter(({ amounts, transformation: name }) => {
      const amount = both.now.of.viewpoint[name];
      return amount < amounts[0] || amount > amounts[amounts.length - 1];
    })
    .map(({ transformation }) => transformation);
