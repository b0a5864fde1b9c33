/** One digit moved across the other: what the network answers at each offset. */
/** @import { Interventions, Sweep } from "../../capsules/types.js" */
/** @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Pair } from "../../api/drawing.js" @import { Network } from "../trace/network.js" */
/** @import { Traces } from "../trace/traces.js" @import { Troubles } from "../trace/troubles.js" */
/** @import { Row } from "../../shell/link.js" @import { Store } from "../../shell/store.js" */
/** @import { ChosenClasses, Classes } from "./classes.js" @import { Layers, Which } from "./layers.js" */
/** @import { Truths } from "./truths.js" */
import { twoLongest } from "../../capsules/overlap.js";
import { newestOnce } from "../../shell/once.js";
import { attempt } from "../trace/troubles.js";
import { chosenPair } from "./classes.js";
import { layersOf } from "./layers.js";
import { truthOf } from "./truths.js";

/** The two ways to move a digit, in the order of an offset's numbers. */
export const AXES = /** @type {const} */ (["down", "right"]);

/** @typedef {typeof AXES[number]} Axis */

/**
 * @typedef {object} SweepOrigin what a sweep follows from
 * @property {Pair["layers"]} layers
 * @property {number} penWidth
 * @property {string} model
 * @property {Geometry} geometry
 * @property {number} iterations
 * @property {Interventions} [interventions]
 * @property {Which} layer that moves
 * @property {Axis} axis
 * @property {Classes} labels of the two layers: their reconstructions are held against the layers
 * @property {Classes | null} truths what the two digits are; null where that was not known when it was asked for
 *
 * @typedef {Sweep & {of: SweepOrigin}} Swept
 *
 * @typedef {object} Sweeping
 * @property {Which} sweptLayer the digit that moves
 * @property {Axis} sweptAxis
 * @property {Swept | null} swept the last that was asked for
 */

/** @type {Sweeping} */
export const initial = { sweptLayer: 1, sweptAxis: "right", swept: null };

/** What the link calls a sweep, the first one where nothing is said. */
const WORDS = ["b-right", "b-down", "a-right", "a-down"];

/** @type {Row<Sweeping>[]} */
export const link = [
  {
    key: "sweep",
    what: "which digit is swept",
    fields: ["sweptLayer", "sweptAxis"],
    write({ sweptLayer, sweptAxis }) {
      const word = `${"ab"[sweptLayer]}-${sweptAxis}`;
      return word === WORDS[0] ? null : word;
    },
    read(text) {
      const [layer, axis] = text.oneOf(WORDS).split("-");
      return { sweptLayer: layer === "a" ? 0 : 1, sweptAxis: axis === "down" ? "down" : "right" };
    },
  },
];

export const cleared = { swept: initial.swept };

/** @typedef {Sweeping & ChosenClasses & Truths & Layers & Network & Traces} SweepingState */

/**
 * @param {Store<SweepingState & Troubles>} store
 * @param {{drawingOf: typeof import("../../api/drawing.js").drawingOf,
 *   fetchSweep: typeof import("../../api/client.js").fetchSweep}} services
 * @param {{needTruths: () => Promise<number>}} others
 */
export function actions(store, { drawingOf, fetchSweep }, others) {
  /** @type {ReturnType<typeof newestOnce<SweepOrigin>>} */
  const askOnce = newestOnce(isSame);

  /** Ask for one sweep. @param {SweepOrigin} of @param {AbortSignal} signal */
  function ask(of, signal) {
    const labels = of.labels.join();
    return attempt(
      store,
      { name: "sweep" },
      async () => {
        const drawing = await drawingOf(of.geometry, { kind: "pair", layers: of.layers }, of.penWidth);
        signal.throwIfAborted(); // it was called off while the drawing was made
        return fetchSweep(drawing, { ...of, labels }, signal);
      },
      {
        signal,
        isWanted: () => isSame(originOf(store.get()), of),
        take: (sweep) => store.set({ swept: { ...sweep, of } }),
      },
    );
  }

  return {
    /**
     * Once for each pair, network and way to move: where the moved digit lies along that way changes none of it. Where
     * it is not known what the digits are, that is asked for, too.
     * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
     */
    async needSweep() {
      if (!originOf(store.get())) return 0;
      if (sweepNow(store.get())) return others.needTruths();
      // Else it would be asked twice: for what is read, and then for what the digits are.
      const truthsAgainIn = await others.needTruths();
      const of = originOf(store.get());
      if (!of || sweepNow(store.get())) return truthsAgainIn;
      return Math.max(truthsAgainIn, await askOnce(of, (signal) => ask(of, signal)));
    },

    /** @param {Which} sweptLayer the digit that moves */
    sweepLayer: (sweptLayer) => store.set({ sweptLayer }),

    /** @param {Axis} sweptAxis */
    sweepAlong: (sweptAxis) => store.set({ sweptAxis }),
  };
}

/**
 * The classes that a sweep follows, of A and of B: what was chosen, else what the two digits are, else what the network
 * reads.
 * @param {ChosenClasses & Truths & Layers & Traces} state
 * @returns {Classes | null} null without a trace
 */
export function sweptClasses(state) {
  return state.chosenClasses ?? trueClasses(state) ?? chosenPair(state);
}

/**
 * What the two digits are, where that is known. Two of one class share its capsule.
 * @param {Truths & Layers} state
 * @returns {Classes | null}
 */
export function trueClasses(state) {
  const [a, b] = [truthOf(state, 0), truthOf(state, 1)];
  return a && b && [a.label, b.label];
}

/**
 * What a sweep would follow from now.
 * @param {SweepingState} state
 * @returns {SweepOrigin | null} null where there is none: without a trace, and with an empty layer
 */
function originOf(state) {
  const { trace, penWidth, sweptLayer: layer, sweptAxis: axis } = state;
  const layers = layersOf(state);
  const labels = sweptClasses(state);
  if (!trace || !labels || layers.some(({ source }) => source.kind === "empty")) return null;
  const { model, geometry, iterations, interventions } = trace;
  const truths = trueClasses(state);
  return { layers, penWidth, model, geometry, iterations, interventions, layer, axis, labels, truths };
}

/** The sweep, where it is of what is on the page. @param {SweepingState} state */
export const sweepNow = (state) => (state.swept && isSame(originOf(state), state.swept.of) ? state.swept : null);

/**
 * What the digits of the last sweep are. While the page shows another pair already, they are still its own.
 * @param {SweepingState} state
 * @returns {Classes | null} null without a sweep, and where it is not known
 */
export const sweptTruths = (state) => (sweepNow(state) ? trueClasses(state) : (state.swept?.of.truths ?? null));

/** Where the moved digit lies along the axis. @param {Sweeping & Layers} state @returns {number} pixels */
export const sweptOffset = (state) =>
  layersOf(state)[state.sweptLayer].offset[AXES.indexOf(/** @type {Axis} */ (state.sweptAxis))];

/**
 * Whether the network reads each digit at each offset: whether its class is one of the two longest.
 * @param {Swept} swept
 * @param {Classes} truths what A and B are
 * @returns {[a: boolean[], b: boolean[]]} (2, N)
 */
export function readAt({ offsets, lengths, of: { geometry } }, truths) {
  const { classes } = geometry;
  const answers = Array.from(offsets, (_, n) =>
    twoLongest({ geometry, lengths: lengths.subarray(n * classes, (n + 1) * classes) }),
  );
  const [a, b] = truths.map((label) => answers.map((answer) => answer.includes(label)));
  return [a, b];
}

/** @param {SweepOrigin | null} a @param {SweepOrigin} b */
function isSame(a, b) {
  if (!a) return false;
  const [partsA, partsB] = [partsOf(a), partsOf(b)];
  return partsA.every((part, k) => part === partsB[k]);
}

/** All that a sweep depends on: where the moved digit lies along the axis is no part of it. @param {SweepOrigin} of */
function partsOf({ layers, penWidth, model, iterations, interventions, layer, axis, labels }) {
  const placed = layers.flatMap(({ source, offset: [down, right] }, k) =>
    k === layer ? [source, axis === "down" ? right : down] : [source, down, right],
  );
  return [model, iterations, interventions, penWidth, layer, axis, ...labels, ...placed];
}
