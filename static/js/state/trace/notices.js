/** What the page has to tell: that it reads, that something went wrong, that a link was damaged. */
/** @import { Network } from "./network.js" @import { Traces } from "./traces.js" */
/** @import { Store } from "../../shell/store.js" */

/**
 * @typedef {object} Notices
 * @property {"empty" | "loading" | "ready" | "error" | "offline"} status
 * @property {string} message what went wrong, when status is "error" or "offline"
 * @property {readonly string[]} lost what a link could not restore, in words
 * @property {boolean} isUpdated whether the site is a newer one than this page
 * @property {string} failed the part of the page that failed; "" for none
 */

/** @type {Notices} */
export const initial = { status: "empty", message: "", lost: [], isUpdated: false, failed: "" };

export const lasting = ["isUpdated"];

/** @type {Partial<Notices>} */
export const arrived = { status: "ready", message: "" };

/** @type {Partial<Notices>} */
export const cleared = { status: "empty", message: "" };

/** @param {Store<Notices & Traces & Network>} store */
export const actions = (store) => ({
  /** @param {string} message what went wrong */
  complain: (message) => store.set({ status: "error", message }),

  dismiss: () =>
    store.set({
      status: store.get().trace ? "ready" : "empty",
      message: "",
      missingModel: "",
      lost: [],
      isUpdated: false,
      failed: "",
    }),

  /** The server has another version of this page. */
  tellUpdate: () => store.set({ isUpdated: true }),

  /** What a link could not restore, beside what is told already. @param {readonly string[]} lost in words */
  tellLoss: (lost) => store.set({ lost: [...new Set([...store.get().lost, ...lost])] }),

  /** @param {string} part of the page whose script threw */
  tellFailure: (part) => store.set({ failed: part || "a picture" }),
});

const UPDATED =
  "This site has been updated since you opened it, and parts of this page are gone. Reload it: your drawing stays.";

/** What is to be read in the notice; "" for nothing. @param {Notices & Network} state */
export function noticeText({ status, message, missingModel, model, lost, isUpdated, failed }) {
  if (status === "error" || status === "offline") return message || "Something went wrong.";
  if (isUpdated) return UPDATED;
  if (failed) return `Part of this page failed: ${failed}. Reloading may help.`;
  const replaced = missingModel && `This page has no network “${missingModel}”; ${model} answers instead.`;
  return [lost.length ? lossText(lost) : "", replaced].filter(Boolean).join(" ");
}

/** @param {readonly string[]} lost */
function lossText(lost) {
  const [last, ...others] = [...lost].reverse();
  const all = others.length ? `${others.reverse().join(", ")} and ${last}` : last;
  return `The page could not restore everything in this link. Missing: ${all}.`;
}
