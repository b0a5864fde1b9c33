/** Which network answers, and how many routing iterations it is asked for. */
/** @import { MeasuredKind, Model, Trace } from "../../capsules/types.js" */
/** @import { Geometry, Sized } from "../../capsules/geometry.js" */
/** @import { Life } from "../compose.js" @import { Playback } from "./playback.js" */
/** @import { Traces } from "./traces.js" */
/** @import { Store } from "../../shell/store.js" @import { Row } from "../../shell/link.js" */
import { geometryOf } from "../../capsules/geometry.js";

/**
 * @typedef {"digit" | "pair"} Task
 *
 * @typedef {object} Network
 * @property {string} model its name; "" for the server's default
 * @property {readonly Model[]} models all that the server has, once they are known
 * @property {string} defaultModel the one that answers where none is named
 * @property {Task} task what the room's networks read; those of another task cannot answer in it
 * @property {string} missingModel the one that a link asks for and that cannot answer here; "" for none
 */

/** The subject says its `task`. @type {Omit<Network, "task">} */
export const initial = { model: "", models: [], defaultModel: "", missingModel: "" };

export const lasting = ["models", "defaultModel", "model"];

/** @type {Row<Network>[]} */
export const link = [
  {
    key: "model",
    what: "the network",
    fields: ["model"],
    write: ({ model }) => model || null,
    read: ({ text }) => ({ model: text }),
  },
];

/**
 * @param {Store<Network & Playback & Traces>} store
 * @param {{fetchModels: typeof import("../../api/client.js").fetchModels}} services
 * @param {{lookAgain: () => void, setIterations: (iterations: number) => void,
 *   tellLoss: (lost: readonly string[]) => void}} others
 * @param {Life} life
 */
export function actions(store, { fetchModels }, others, life) {
  /** @type {Promise<void> | null} */
  let asking = null;

  async function askForModels() {
    const { models, default: defaultModel } = await fetchModels();
    store.set({ models, defaultModel });
    settleModel();
  }

  /**
   * What was chosen that this network does not have is let go of.
   * @returns {string[]} what that is, as the link calls it
   */
  function fit() {
    const card = cardOf(store.get());
    const patch = card ? life.fitted(store.get(), geometryOf(card)) : {};
    store.set(patch);
    return life.named(Object.keys(patch));
  }

  /** A link may name no model, or one that is not here or has another task: then the default answers. */
  function settleModel() {
    const { model, models, defaultModel } = store.get();
    if (!models.length) return;
    const names = modelsOfTask(store.get()).map(({ name }) => name);
    if (!names.includes(model)) {
      store.set({ model: names.find((name) => name === defaultModel) ?? names[0] ?? "", missingModel: model });
    }
    others.tellLoss(fit());
  }

  return {
    /** To be called when a link was opened. */
    settleModel,

    /**
     * Resolves when the list of models is known. It is asked for once, and again where no answer came.
     * @throws {import("../../shell/errors.js").PassingError} and whatever else becomes of the request
     */
    async needModels() {
      if (store.get().models.length) return;
      asking ??= askForModels().finally(() => (asking = null));
      await asking;
    },

    /**
     * Another network answers; it routes as often as it was trained to, unless another number was chosen.
     * @param {string} model
     */
    setModel(model) {
      const { model: before, models, iterations } = store.get();
      const trainedWith = (/** @type {string} */ name) => models.find((card) => card.name === name)?.routing_iterations;
      const own = trainedWith(model) ?? iterations;
      store.set({ model, missingModel: "" });
      fit();
      if (iterations === trainedWith(before) && own !== iterations) others.setIterations(own);
      else others.lookAgain();
    },
  };
}

/**
 * The models that can answer in this room: the rooms are about capsules, and ask for a trace.
 * @param {Pick<Network, "models" | "task">} state
 */
export const modelsOfTask = ({ models, task }) => models.filter((card) => card.has_capsules && card.task === task);

/**
 * The card of the network that is asked.
 * @param {Network} state
 * @returns {Model | null} null until the models are known
 */
export const cardOf = ({ model, models, defaultModel }) =>
  models.find(({ name }) => name === (model || defaultModel)) ?? null;

/**
 * The sizes and class names of what is on the page: those of the trace, or of the chosen model while there is none.
 * @param {Pick<Traces, "trace"> & Network} state
 * @returns {Sized | null} null until the models are known
 */
export function networkNow(state) {
  if (state.trace) return state.trace;
  const card = cardOf(state);
  return card && sizedOf(card);
}

/** @type {WeakMap<Model, Sized>} */
const sized = new WeakMap();

/** @param {Model} card @returns {Sized} the same object each time for the same card */
function sizedOf(card) {
  const made = sized.get(card) ?? { geometry: geometryOf(card), classNames: card.class_names };
  sized.set(card, made);
  return made;
}

/** @param {Pick<Traces, "trace"> & Network} state @returns {Geometry | null} null until the models are known */
export const geometryNow = (state) => networkNow(state)?.geometry ?? null;

/** @type {readonly string[]} */
const NO_NAMES = [];

/** @param {Traces & Network} state @returns {readonly string[]} (C); none until the models are known */
export const classNamesNow = (state) => networkNow(state)?.classNames ?? NO_NAMES;

/** What a class is called. @param {Traces & Network} state @param {number} label */
export const className = (state, label) => classNamesNow(state)[label] ?? String(label);

/**
 * Whether something was measured of the network that answers; null while that is not known.
 * @param {Traces & Network} state
 * @param {MeasuredKind} kind
 * @returns {boolean | null}
 */
export const wasMeasured = ({ trace, models }, kind) =>
  models.find(({ name }) => name === trace?.model)?.measured.includes(kind) ?? null;

/**
 * With how many iterations the network was trained; those of the trace while its card is not known.
 * @param {{trace: Trace, models: Network["models"]}} state
 */
export const trainedIterations = ({ trace, models }) =>
  models.find(({ name }) => name === trace.model)?.routing_iterations ?? trace.iterations;

/**
 * Whether the network routes as in its training, unedited: its lengths have their learnt meaning only then.
 * @param {{trace: Trace, models: Network["models"]}} state
 */
export function isAsTrained({ trace, models }) {
  return !trace.interventions && trainedIterations({ trace, models }) === trace.iterations;
}
