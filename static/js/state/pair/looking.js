/** What is looked at: a pair, the same one asked again, a link, or nothing. */
/** @import { Life } from "../compose.js" @import { AskingServices } from "../drawing/asking.js" */
/** @import { TracingStore } from "../drawing/line.js" @import { Layers } from "./layers.js" */
/** @import { Store } from "../../shell/store.js" */
import { STAY, traceLine } from "../drawing/line.js";

/**
 * @param {TracingStore & Store<Layers>} store
 * @param {AskingServices & {isAlive: () => Promise<boolean>}} services
 * @param {{needModels: () => Promise<void>, settleModel: () => void,
 *   tellLoss: (lost: readonly string[]) => void}} others
 * @param {Life} life
 */
export function actions(store, services, others, life) {
  const line = traceLine(store, services, others, life);

  const own = {
    /** Two empty layers are no question. @param {Layers["source"]} source */
    look(source) {
      if (source.kind === "empty") return own.clear();
      store.setInTurns({ source, ...(store.get().trace ? {} : { status: /** @type {const} */ ("loading") }) });
      line.push(source);
    },

    /** A pair that has nothing to do with the one before. @param {Layers["source"]} source */
    lookAtNew(source) {
      line.beginNew();
      own.look(source);
    },

    /** Ask again for the same pair, after the network, its iterations or its routing changed. */
    lookAgain: () => line.push(store.get().source, STAY),

    /**
     * Show what a link says; what it does not say is as it is at first.
     * @param {{patch: Partial<Layers>, lost: readonly string[]}} opened
     * @param {Layers["source"]} first what is shown where the link shows nothing
     */
    openLink({ patch, lost }, first) {
      const { source = first, ...rest } = patch;
      line.stop();
      store.set({ ...life.opened(store.get()), ...rest });
      others.tellLoss(lost);
      others.settleModel(); // before it is asked
      if (source.kind !== "empty") own.look(source);
    },

    /** Two empty layers: whatever hung on the pair goes with it. */
    clear() {
      line.stop();
      store.set({ ...life.cleared(), source: { kind: "empty" } });
    },
  };
  return own;
}
