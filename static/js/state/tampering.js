/** Actions that change the routing by hand. Each asks for the trace again. @import { Addressed, Interventions, Store } from "../types.js" */
import { NO_INTERVENTIONS, breadth, isTampered, silencedCount } from "../lib/interventions.js";
import { CLASSES, PRIMARY } from "../lib/network.js";

/**
 * @param {Store} store
 * @param {() => void} lookAgain
 */
export function tamperingActions(store, lookAgain) {
  /** @param {Partial<Interventions>} patch */
  function tamper(patch) {
    const interventions = { ...store.get().interventions, ...patch };
    if (silencedCount(interventions) === PRIMARY) return refuse("One primary capsule at least must be left to vote.");
    store.set({ interventions });
    lookAgain();
  }

  /** @param {string} message */
  const refuse = (message) => store.set({ status: "error", message });

  return {
    tamper,

    /** Silence a capsule, a type or a position of the 6 x 6 grid, or let it speak again. @param {"capsules" | "types" | "positions"} kind @param {number} index */
    toggleSilence(kind, index) {
      const before = store.get().interventions[kind];
      const after = before.includes(index) ? before.filter((other) => other !== index) : [...before, index];
      tamper({ [kind]: after.sort((a, b) => a - b) });
    },

    /**
     * Hold c of one pair, or let it go. It gets at most what the capsule's other fixed couplings leave of 1.
     * @param {number} capsule
     * @param {number} label
     * @param {number | null} coupling in [0, 1]
     */
    fixCoupling(capsule, label, coupling) {
      const others = store.get().interventions.couplings.filter((pair) => pair.capsule !== capsule || pair.label !== label);
      if (coupling === null) return tamper({ couplings: others });
      const own = others.filter((pair) => pair.capsule === capsule);
      if (own.length >= CLASSES - 1) return refuse("Nine couplings of this capsule are fixed; the tenth is what they leave of 1.");
      const left = 1 - own.reduce((sum, pair) => sum + pair.coupling, 0);
      const hundredths = Math.max(0, Math.min(Math.round(coupling * 100), Math.round(left * 100)));
      tamper({ couplings: [...others, { capsule, label, coupling: hundredths / 100 }] });
    },

    /** Begin with b for a class instead of 0. @param {number} label @param {Addressed} whose @param {number} logit */
    beginWith(label, whose, logit) {
      const others = store.get().interventions.logits.filter((row) => row.label !== label || row.type !== whose.type || row.capsule !== whose.capsule);
      const rows = logit === 0 ? others : [...others, { label, logit, ...whose }];
      // Of several for one pair the last counts: what is said of a type stands behind what is said of all.
      tamper({ logits: rows.sort((a, b) => breadth(b) - breadth(a)) });
    },

    /** The routing as Procedure 1 has it. */
    putBack() {
      if (isTampered(store.get().interventions)) tamper(NO_INTERVENTIONS);
    },
  };
}
