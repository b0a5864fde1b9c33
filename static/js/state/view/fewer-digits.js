/** What was measured of networks that were trained on few digits. It is of no network on the page. */
/** @import { Troubles } from "../trace/troubles.js" @import { Store } from "../../shell/store.js" */
/** @import { FewerDigits } from "../../capsules/fewer-digits.js" */
import { once } from "../../shell/once.js";
import { attempt } from "../trace/troubles.js";

/** @typedef {{fewerDigits: FewerDigits | "unmeasured" | null}} WithFewerDigits null until the server has answered */

/** @type {WithFewerDigits} */
export const initial = { fewerDigits: null };

/**
 * @param {Store<WithFewerDigits & Troubles>} store
 * @param {{fetchFewerDigits: typeof import("../../api/fewer-digits.js").fetchFewerDigits}} services
 */
export function actions(store, { fetchFewerDigits }) {
  const askOnce = once();
  return {
    /** @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not */
    async needFewerDigits() {
      if (store.get().fewerDigits) return 0;
      return askOnce("fewer digits", () =>
        attempt(store, { name: "fewer-digits" }, fetchFewerDigits, {
          take: (found) => store.set({ fewerDigits: found ?? "unmeasured" }),
        }),
      );
    },
  };
}

/** The study, null where there is none or it is not known yet. @param {WithFewerDigits} state */
export const fewerDigitsNow = ({ fewerDigits }) => (fewerDigits === "unmeasured" ? null : fewerDigits);
