/** Pictures to choose one from: the test digits, or the test pairs. @import { Context } from "./dom.js" */
/** @import { Digit } from "../state/digit/gallery.js" */
/** @import { ActionsOf } from "../state/compose.js" */
/** @import { Network } from "../state/trace/network.js" @import { Traces } from "../state/trace/traces.js" */
import { reasonOf } from "../shell/errors.js";
import { thousands } from "../shell/format.js";
import { newestWins } from "../shell/latest.js";
import { clamp } from "../shell/math.js";
import { classNamesNow } from "../state/trace/network.js";
import { isMisread, readText } from "../words/gallery.js";
import { buttonIn, element, inputIn, partIn, selectIn } from "./dom.js";
import { rove } from "./roving.js";

/**
 * @typedef {{label?: number, misclassified?: boolean, page: number}} Filter
 *
 * @typedef {object} Thumbnail
 * @property {string} thumbnail a data URI
 * @property {string} title
 * @property {string} alt
 * @property {readonly number[]} labels
 * @property {readonly number[]} predicted
 */

/**
 * @template T
 * @typedef {object} Collection what a gallery shows
 * @property {string} id of the dialog; those of its parts begin with the same
 * @property {string} called "digits"
 * @property {(filter: Filter) => Promise<{items: readonly T[], page: number, pages: number, count: number}>} pageOf
 * @property {(item: T, names: readonly string[]) => Thumbnail} thumbnailOf `names` of the classes
 */

/**
 * @template T
 * @typedef {{open: (choose: (item: T) => void) => void}} Gallery `choose` is called with the one that is chosen
 */

/**
 * A gallery in a dialog of `templates/widgets/gallery.html`.
 * @template T
 * @param {HTMLElement} root
 * @param {Pick<Context<Network & Traces>, "store" | "signal">} context
 * @param {Collection<T>} collection
 * @returns {Gallery<T>}
 */
export function galleryOf(root, { store, signal }, { id, called, pageOf, thumbnailOf }) {
  const dialog = partIn(root, id, HTMLDialogElement);
  const [label, wrong] = [selectIn(root, `${id}-label`), inputIn(root, `${id}-wrong`)];
  const [back, on] = [buttonIn(root, `${id}-back`), buttonIn(root, `${id}-on`)];
  const [status, list] = [`${id}-page`, `${id}-thumbnails`].map((part) => partIn(root, part, HTMLElement));
  let [page, pages] = [0, 1];
  /** @type {(item: T) => void} */
  let chosen = () => {};
  rove(list, ".thumbnail", signal);

  const loader = newestWins(
    (/** @type {number} */ wanted) =>
      pageOf({
        page: wanted,
        ...(label.value && { label: Number(label.value) }),
        ...(wrong.checked && { misclassified: true }),
      }),
    (answer) => {
      const names = classNamesNow(store.get());
      list.replaceChildren(...answer.items.map((item) => button(thumbnailOf(item, names), names, () => choose(item))));
      status.textContent = `${thousands(answer.count)} ${called}, page ${answer.pages ? answer.page + 1 : 0} of ${answer.pages}`;
      pages = answer.pages;
      back.disabled = answer.page <= 0;
      on.disabled = answer.page + 1 >= answer.pages;
    },
    (error) => (status.textContent = `These ${called} could not be loaded. ${reasonOf(error)}`),
  );

  /** @param {number} wanted */
  function turnTo(wanted) {
    page = clamp(wanted, 0, Math.max(0, pages - 1));
    loader.push(page);
  }

  /** @param {T} item */
  function choose(item) {
    dialog.close();
    chosen(item);
  }

  const all = label.options[0];
  store.watch(
    (state) => [classNamesNow(state)],
    (state) => {
      const names = classNamesNow(state).map((textContent, value) => element("option", { value, textContent }));
      label.replaceChildren(all, ...names);
    },
  );
  for (const filter of [label, wrong]) filter.addEventListener("change", () => turnTo(0));
  back.addEventListener("click", () => turnTo(page - 1));
  on.addEventListener("click", () => turnTo(page + 1));

  return {
    open(choice) {
      chosen = choice;
      dialog.showModal();
      turnTo(page);
    },
  };
}

/** @param {Thumbnail} shown @param {readonly string[]} names of the classes @param {() => void} choose */
function button({ thumbnail, title, alt, labels, predicted }, names, choose) {
  const wrong = isMisread(labels, predicted);
  const made = element(
    "button",
    { type: "button", className: wrong ? "thumbnail wrong" : "thumbnail", title },
    element("img", { src: thumbnail, alt }),
    readText(labels, predicted, names),
  );
  made.addEventListener("click", choose);
  return made;
}

/** @typedef {ActionsOf<typeof import("../state/digit/gallery.js")>} DigitActions */

/**
 * The 10,000 test digits.
 * @param {HTMLElement} root
 * @param {Context<Network & Traces, DigitActions>} context
 * @returns {Gallery<Digit>}
 */
export const digitGallery = (root, { actions, ...context }) =>
  galleryOf(root, context, {
    id: "gallery",
    called: "digits",
    async pageOf(filter) {
      const { digits: items, ...rest } = await actions.digitPage(filter);
      return { items, ...rest };
    },
    thumbnailOf: ({ index, label, predicted, thumbnail }, names) => ({
      thumbnail,
      title: `Test digit ${index}`,
      alt: `A ${names[label]}`,
      labels: [label],
      predicted: [predicted],
    }),
  });

/**
 * The test digits, to be looked at.
 * @param {HTMLElement} root
 * @param {Context<Network & Traces, DigitActions
 *   & {lookAtNew: (source: {kind: "digit", index: number}) => void}>} context
 */
export function mountGallery(root, context) {
  const gallery = digitGallery(root, context);
  const choose = (/** @type {Digit} */ { index }) => context.actions.lookAtNew({ kind: "digit", index });
  buttonIn(root, "gallery-open").addEventListener("click", () => gallery.open(choose));
}
