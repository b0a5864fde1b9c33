/** The subject "pair" as a page has it, for the tests. */
/** @import { Actions, Services, State } from "../../../../static/js/state/pair/subject.js" */
/** @import { Drawing, SentLayer } from "../../../../static/js/api/client.js" */
/** @import { Layer } from "../../../../static/js/api/drawing.js" */
/** @import { Answer, Trace } from "../../../../static/js/capsules/types.js" */
/** @import { Store } from "../../../../static/js/shell/store.js" */
import { createStore } from "../../../../static/js/shell/store.js";
import { compose } from "../../../../static/js/state/compose.js";
import { PAIR } from "../../../../static/js/state/pair/subject.js";
import { makeServices } from "../digit/services.js";
import { MODEL, makeTrace } from "../digit/traces.js";

/** The paper's network, as if it read pairs: what is tested here depends on no size. @type {typeof MODEL} */
export const PAIR_MODEL = { ...MODEL, name: "pairs", task: "pair", max_shift: 4 };

const subject = compose(PAIR);

/** @type {State} */
export const INITIAL = subject.initial;

export const LINK = subject.link;

export const settled = () => new Promise((resolve) => setImmediate(resolve));

const { trace } = makeTrace({ card: PAIR_MODEL });
const { pixels, classes } = trace.geometry;

/** A trace of two layers, which the capsules of the classes 7 and 0 draw back. @type {Trace} */
export const PAIR_TRACE = {
  ...trace,
  layers: new Float32Array(2 * pixels),
  reconstructions: new Float32Array(classes * pixels),
};

/** A sweep of three places, at which nothing is long. */
export const SWEEP = {
  offsets: Float32Array.of(-1, 0, 1),
  lengths: new Float32Array(3 * classes),
  errors: new Float32Array(6),
};

/** What the network for one digit makes of everything. @type {Answer} */
export const ANSWER = {
  model: MODEL.name,
  label: 7,
  lengths: new Float32Array(classes).fill(0.1),
  image: new Float32Array(pixels),
  reconstruction: new Float32Array(pixels).fill(0.1),
  doubts: ["fits_badly"],
};

/** @param {Drawing} drawing @returns {SentLayer[]} */
export const sentLayers = (drawing) => ("layers" in drawing ? drawing.layers : []);

/**
 * A page whose networks are known, and over services that the test holds in its hand.
 * @param {Partial<Services>} [services]
 */
export function makePage(services = {}) {
  /** @type {Partial<State>} */
  const patch = { models: [MODEL, PAIR_MODEL], model: PAIR_MODEL.name, defaultModel: MODEL.name };
  /** @type {Store<State>} */
  const store = createStore({ ...INITIAL, ...patch }, { schedule: queueMicrotask });
  /** @type {Drawing[]} */
  const asked = [];
  /** @type {Actions} */
  const actions = subject.createActions(store, {
    ...makeServices({
      drawingOf: async (_geometry, source) =>
        source.kind === "pair" ? { layers: source.layers.map(({ offset }) => ({ offset })) } : [[0]],
      fetchTrace: async (drawing) => {
        asked.push(drawing);
        return PAIR_TRACE;
      },
    }),
    fetchLabel: async () => 3,
    fetchOverlapStudy: async () => Promise.reject(new TypeError("nothing was measured")),
    fetchSweep: async () => SWEEP,
    fetchAnswer: async () => ANSWER,
    fetchPairs: async () => ({ pairs: [], page: 0, pages: 0, count: 0 }),
    ...services,
  });
  return { store, actions, asked };
}

/** @param {number} index @param {[number, number]} [offset] @returns {Layer} */
export const digitLayer = (index, offset = [0, 0]) => ({ source: { kind: "digit", index }, offset });
