/** The subject "digit" as a page has it, for the tests. */
/** @import { Actions, Services, State } from "../../../../static/js/state/digit/subject.js" */
/** @import { DialRequest } from "../../../../static/js/api/dials.js" */
/** @import { Store } from "../../../../static/js/shell/store.js" */
import { createStore } from "../../../../static/js/shell/store.js";
import { compose } from "../../../../static/js/state/compose.js";
import { DIGIT } from "../../../../static/js/state/digit/subject.js";
import { makeServices } from "./services.js";
import { MODEL, makeTrace } from "./traces.js";

const subject = compose(DIGIT);

/** @type {State} */
export const INITIAL = subject.initial;

export const LINK = subject.link;

export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A store whose frames come at once. @param {Partial<State>} [patch] @returns {Store<State>} */
export const storeOf = (patch = {}) => createStore({ ...INITIAL, ...patch }, { schedule: queueMicrotask });

/**
 * A page whose networks are known, and over services that the test holds in its hand.
 * @param {Partial<Services>} [services]
 * @param {Partial<State>} [patch]
 */
export function makePage(services = {}, patch = {}) {
  const store = storeOf({ models: [MODEL], model: MODEL.name, defaultModel: MODEL.name, ...patch });
  /** @type {DialRequest[]} */
  const dialled = [];
  /** @type {number[]} after how many requests */
  const cancelled = [];
  /** @type {((now: number) => void)[]} */
  const frames = [];
  /** @type {{deliver: (reconstruction: Float32Array) => void, fail: (error: unknown) => void}} */
  const line = { deliver: () => {}, fail: () => {} };
  /** @type {Actions} */
  const actions = subject.createActions(
    store,
    makeServices({
      clock: { requestFrame: (tick) => frames.push(tick), still: () => false },
      openDials(deliver, fail) {
        Object.assign(line, { deliver, fail });
        return { send: (request) => dialled.push(request), cancel: () => cancelled.push(dialled.length) };
      },
      ...services,
    }),
  );
  return {
    store,
    actions,
    dialled,
    cancelled,
    frame: (/** @type {number} */ now) => frames.splice(0).forEach((tick) => tick(now)),
    answerDial: (/** @type {Float32Array} */ reconstruction) => line.deliver(reconstruction),
    failDial: (/** @type {unknown} */ error) => line.fail(error),
  };
}

/** What such a page reads every drawing as. */
export const { trace } = makeTrace();

/** A page whose server gives the same trace of everything. @param {Partial<Services>} [services] */
export const makeActions = (services = {}) => makePage({ fetchTrace: async () => trace, ...services });
