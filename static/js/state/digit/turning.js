/** Turning the dials: the hand on them, and the picture that follows. */
/** @import { Choice } from "../trace/choosing.js" @import { Playback } from "../trace/playback.js" */
/** @import { Traces } from "../trace/traces.js" @import { Dials } from "./dials.js" */
/** @import { Store } from "../../shell/store.js" */
import { OfflineError, isPassing, reasonOf, retryIn } from "../../shell/errors.js";
import { shownClass } from "../trace/choosing.js";
import { UNTOUCHED, dialledPose, isDialled } from "./dials.js";
import { handActions } from "./hand.js";

/** @param {{renewDials: () => void}} actions */
export const traced = ({ renewDials }) => renewDials();

/** @param {{resetForClass: () => void}} actions */
export const chosen = ({ resetForClass }) => resetForClass();

/**
 * @typedef {object} DialServices
 * @property {typeof import("../../api/dials.js").openDials} openDials the line to the server
 *
 * @param {Store<Dials & Traces & Choice & Playback>} store
 * @param {DialServices} services
 * @param {{loseDials: (error: unknown) => void, complain: (message: string) => void, needFound: () => unknown,
 *   selectClass: (label: number | null) => void}} others
 */
export function actions(store, { openDials }, others) {
  const draw = drawing(store, openDials, others);
  const hand = handActions(store, draw.refresh);

  return {
    ...hand,

    /** The dials of another digit: what is under way for the one before is forgotten. */
    renewDials() {
      draw.cancel();
      draw.refresh();
      others.needFound();
    },

    /** The dials of another class are untouched. */
    resetForClass() {
      store.set(UNTOUCHED);
      draw.cancel();
      draw.refresh();
      others.needFound();
    },

    /** Turn the dials of a class to these offsets. @param {number} label @param {number[]} offsets */
    dialClassTo(label, offsets) {
      others.selectClass(label);
      hand.dialTo(offsets);
    },
  };
}

/**
 * What the decoder draws from the pose as the dials stand.
 * @param {Store<Dials & Traces & Choice>} store
 * @param {DialServices["openDials"]} openDials
 * @param {{loseDials: (error: unknown) => void, complain: (message: string) => void}} others
 */
function drawing(store, openDials, others) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;

  const line = openDials(
    (reconstruction) => store.get().trace && store.set({ reconstruction }),
    (error) => {
      if (error instanceof OfflineError) others.loseDials(error);
      else if (isPassing(error)) {
        sendLater(retryIn(error));
      } // no notice: a trace that fails the same way gives one
      else others.complain(`The picture for these dials could not be loaded. ${reasonOf(error)}`);
    },
  );

  function refresh() {
    clearTimeout(again);
    const state = store.get();
    const [label, pose] = [shownClass(state), dialledPose(state)];
    if (!state.trace || !pose || label === null) return;
    if (label === state.trace.label && !isDialled(state)) {
      line.cancel();
      store.set({ reconstruction: state.trace.reconstruction });
    } else {
      const { model, geometry } = state.trace;
      line.send({ pose, label, model, pixels: geometry.pixels });
    }
  }

  /** A server that was too busy is asked once more for the pose as it then stands. @param {number} ms */
  function sendLater(ms) {
    clearTimeout(again);
    again = setTimeout(refresh, ms);
  }

  return { refresh, cancel: line.cancel };
}
