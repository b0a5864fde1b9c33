/** The routing edited by hand. Each edit asks for the trace again. */
/** @import { Addressed, Interventions, RandomCouplings } from "../../capsules/types.js" */
/** @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Network } from "./network.js" @import { Traces } from "./traces.js" */
/** @import { Store } from "../../shell/store.js" @import { Row } from "../../shell/link.js" */
import { NO_INTERVENTIONS, areWithin, breadth, isTampered, silencedCount } from "../../capsules/interventions.js";
import { packInterventions, unpackInterventions } from "../../capsules/packing.js";
import { geometryNow } from "./network.js";
import { ALL_SILENT, NONE_LEFT } from "../../words/tamper.js";

/**
 * @typedef {object} Tampering
 * @property {Interventions} interventions
 */

/** @type {Tampering} */
export const initial = { interventions: NO_INTERVENTIONS };

/** @type {Row<Tampering>[]} */
export const link = [
  {
    key: "tamper",
    what: "the edited routing",
    fields: ["interventions"],
    write: ({ interventions }) => (isTampered(interventions) ? packInterventions(interventions) : null),
    read: ({ text }) => ({ interventions: unpackInterventions(text) }),
  },
];

/** @param {Tampering} state @param {Geometry} geometry @returns {Partial<Tampering>} */
export const fitted = ({ interventions }, geometry) => (areWithin(geometry, interventions) ? {} : initial);

/**
 * @param {Store<Tampering & Traces & Network>} store
 * @param {unknown} _services
 * @param {{lookAgain: () => void, complain: (message: string) => void}} others
 */
export function actions(store, _services, others) {
  /** @param {Partial<Interventions>} patch */
  function tamper(patch) {
    const interventions = { ...store.get().interventions, ...patch };
    const geometry = geometryNow(store.get());
    if (geometry && silencedCount(geometry, interventions) === geometry.primaries) {
      return others.complain(ALL_SILENT);
    }
    store.set({ interventions });
    others.lookAgain();
  }

  return {
    tamper,

    /**
     * Silence a capsule, a type or a position of the grid, or let it speak again.
     * @param {"capsules" | "types" | "positions"} kind
     * @param {number} index
     */
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
      const rows = store.get().interventions.couplings;
      const kept = rows.filter((pair) => pair.capsule !== capsule || pair.label !== label);
      if (coupling === null) return tamper({ couplings: kept });
      const own = kept.filter((pair) => pair.capsule === capsule);
      const classes = geometryNow(store.get())?.classes ?? Infinity;
      if (own.length >= classes - 1) {
        return others.complain(NONE_LEFT);
      }
      const left = 1 - own.reduce((sum, pair) => sum + pair.coupling, 0);
      const hundredths = Math.max(0, Math.min(Math.round(coupling * 100), Math.round(left * 100)));
      tamper({ couplings: [...kept, { capsule, label, coupling: hundredths / 100 }] });
    },

    /** Begin with b for a class instead of 0. @param {number} label @param {Addressed} whose @param {number} logit */
    beginWith(label, whose, logit) {
      const kept = store
        .get()
        .interventions.logits.filter(
          (row) => row.label !== label || row.type !== whose.type || row.capsule !== whose.capsule,
        );
      const rows = logit === 0 ? kept : [...kept, { label, logit, ...whose }];
      // Of several for one pair the last counts: what is said of a type stands behind what is said of all.
      tamper({ logits: rows.sort((a, b) => breadth(b) - breadth(a)) });
    },

    /**
     * Couplings that no routing changes, in place of those that routing finds; null for these.
     * @param {"uniform" | RandomCouplings | null} couplings
     */
    holdCouplings(couplings) {
      const isUniform = couplings === "uniform";
      tamper({ uniform: isUniform, random: isUniform ? null : couplings });
    },

    /** The routing as Procedure 1 has it. */
    putBack() {
      if (isTampered(store.get().interventions)) tamper(NO_INTERVENTIONS);
    },
  };
}
