/**
 * What is fetched beside a trace, and only when it is looked at: votes, planes, masks and the like.
 *
 * All of it hangs on one object, which comes with the trace and goes with it. Here alone is decided whether a part is
 * there, is under way, or is to be asked for.
 */
/** @import { Trace } from "../../capsules/types.js" @import { Drawing } from "../../api/client.js" */
/** @import { Arrival } from "../compose.js" @import { Traces } from "./traces.js" */
/** @import { Troubles } from "./troubles.js" @import { Store } from "../../shell/store.js" */
import { mark } from "../../shell/timing.js";
import { attempt, settle } from "./troubles.js";

/**
 * @typedef {object} Parts of one trace
 * @property {Trace | null} of
 * @property {Drawing | null} drawing what the trace was made from
 * @property {Record<string, unknown>} found by the name of the part and its detail
 *
 * @typedef {{parts: Parts}} WithParts
 */

/**
 * @template T, S, N
 * @typedef {object} PartKind
 * @property {string} name
 * @property {(state: S) => string | null} detail what it depends on besides the trace, "" for nothing; null while it
 *   cannot be asked for
 * @property {(services: N, drawing: Drawing, trace: Trace, state: S) => Promise<T>} ask the server for it
 */

/** @type {Parts} */
const NO_PARTS = { of: null, drawing: null, found: {} };

/** @type {WithParts} */
export const initial = { parts: NO_PARTS };

/** @param {WithParts} _state @param {Arrival} arrival @returns {WithParts} */
export const arrived = (_state, { trace, drawing }) => ({ parts: { ...NO_PARTS, of: trace, drawing } });

export const cleared = initial;

/**
 * A part as it belongs to what is shown now.
 * @template T, S
 * @param {S & WithParts & Traces} state
 * @param {PartKind<T, S, any>} kind
 * @returns {T | null} null while it is not there
 */
export function partOf(state, kind) {
  const key = keyOf(state, kind);
  return key === null || state.parts.of !== state.trace ? null : /** @type {T} */ (state.parts.found[key] ?? null);
}

/**
 * Whether a part was asked for, as it would be now, and did not come.
 * @template S
 * @param {S & Troubles} state
 * @param {PartKind<any, S, any>} kind
 */
export const isMissed = (state, kind) => state.troubles[kind.name]?.key === keyOf(state, kind);

/** @template S @param {S} state @param {PartKind<any, S, any>} kind */
function keyOf(state, kind) {
  const detail = kind.detail(state);
  return detail === null ? null : `${kind.name} ${detail}`;
}

/**
 * @param {Store<WithParts & Traces & Troubles>} store
 * @param {any} services what the kinds of parts need of the world
 */
export function actions(store, services) {
  /** @type {WeakMap<Trace, Map<string, Promise<number>>>} */
  const underWay = new WeakMap();

  /**
   * @param {PartKind<unknown, any, any>} kind
   * @param {string} key
   * @param {Trace} trace
   * @param {Drawing} drawing
   */
  function ask(kind, key, trace, drawing) {
    mark(`capsnet:${kind.name}-asked`);
    return attempt(store, { name: kind.name, key }, () => kind.ask(services, drawing, trace, store.get()), {
      isWanted: () => store.get().parts.of === trace,
      take(part) {
        const { parts } = store.get();
        store.set({ parts: { ...parts, found: { ...parts.found, [key]: part } } });
      },
    });
  }

  return {
    /**
     * Ask for a part as it belongs to what is shown now, unless it is there. Whoever asks while the same is under way
     * gets the same answer.
     * @param {PartKind<any, any, any>} kind
     * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
     */
    async needPart(kind) {
      const { trace, parts } = store.get();
      const key = keyOf(store.get(), kind);
      if (!trace || parts.of !== trace || !parts.drawing || key === null) return 0;
      if (Object.hasOwn(parts.found, key)) {
        settle(store, kind.name); // what was missed last was of another detail
        return 0;
      }
      const asked = underWay.get(trace) ?? new Map();
      underWay.set(trace, asked);
      const asking = asked.get(key) ?? ask(kind, key, trace, parts.drawing).finally(() => asked.delete(key));
      asked.set(key, asking);
      return asking;
    },
  };
}
