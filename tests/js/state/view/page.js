/** The subject "view" as a page has it, for the tests. */
/** @import { Actions, Services, State } from "../../../../static/js/state/view/subject.js" */
/** @import { Model } from "../../../../static/js/capsules/types.js" */
/** @import { View } from "../../../../static/js/api/viewpoints.js" */
/** @import { Store } from "../../../../static/js/shell/store.js" */
import { createStore } from "../../../../static/js/shell/store.js";
import { compose } from "../../../../static/js/state/compose.js";
import { VIEW } from "../../../../static/js/state/view/subject.js";
import { CNN_CARD } from "../../cards.js";
import { makeServices } from "../digit/services.js";
import { MODEL } from "../digit/traces.js";

const subject = compose(VIEW);

export const LINK = subject.link;

/** The card of a CNN. @param {string} name @returns {Model} */
export const cnnCard = (name) => ({ ...CNN_CARD, name, title: name });

/** What both networks answer. @type {View} */
export const SEEN = {
  image: new Float32Array(784),
  scores: Float32Array.from({ length: 10 }, (_, k) => Number(k === 7)),
  label: 7,
};

/** What a CNN answers before and after activations were scattered: one map of 2 x 4. */
export const SCATTERED = {
  image: new Float32Array(784),
  tensors: {
    maps: { shape: [2, 1, 2, 4], data: Float32Array.of(1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 2, 0, 0, 1, 0, 0) },
    scores: { shape: [2, 10], data: new Float32Array(20) },
  },
  metadata: { residual: "0.5", own_residual: "0" },
};

/** What was measured of a network over the test digits, where somebody asks. */
export const ACCURACY = {
  digits: 10_000,
  sure_above: 0.5,
  transformations: /** @type {any} */ ({}),
  pieces: { whole: { same: 9_960, sure: 9_970 }, quarters: { same: 1_200, sure: 4_000 } },
};

/** What was measured on digits made as affNIST is. */
export const AFFINE = { rows: [], examples: [] };

export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** @typedef {Parameters<Services["fetchViews"]>} Asked */

/**
 * A page whose networks are known: a capsule network and two CNNs. It lists what was asked about viewpoints.
 * @param {Partial<Services>} [services]
 * @param {Partial<State>} [patch]
 */
export function makePage(services = {}, patch = {}) {
  const models = [MODEL, cnnCard("cnn-global"), cnnCard("cnn")];
  /** @type {Store<State>} */
  const store = createStore(
    { ...subject.initial, models, model: MODEL.name, defaultModel: MODEL.name, ...patch },
    { schedule: queueMicrotask },
  );
  /** @type {Asked[]} */
  const asked = [];
  const {
    fetchViews = async (_image, viewpoints) => viewpoints.map(() => ({ ...SEEN })),
    fetchViewpointPaths = () => Promise.reject(new Error("nothing was measured")),
  } = services;
  /** @type {Actions} */
  const actions = subject.createActions(store, {
    ...makeServices(),
    fetchScatter: async () => SCATTERED,
    fetchViewpointAccuracy: async () => ACCURACY,
    fetchAffineAccuracy: async () => AFFINE,
    fetchFewerDigits: async () => null,
    ...services,
    fetchViewpointPaths,
    fetchViews: (...question) => (asked.push(question), fetchViews(...question)),
  });
  return { store, actions, asked };
}

/** The same, with a test digit on it and all of it answered. @param {Parameters<typeof makePage>} given */
export async function openPage(...given) {
  const page = makePage(...given);
  page.actions.lookAtNew({ kind: "digit", index: 3 });
  for (let turn = 0; turn < 6; turn++) await settled();
  return page;
}

/**
 * What was asked of one network: the rotations of its viewpoints.
 * @param {Asked[]} asked
 * @param {string} model
 */
export const rotationsOf = (asked, model) =>
  asked.filter(([, , of]) => of.model === model).map(([, viewpoints]) => viewpoints.map(({ rotation }) => rotation));
