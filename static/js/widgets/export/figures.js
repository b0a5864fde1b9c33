/**
 * The figures of a page that can be saved.
 *
 * A section below the first screen is one figure; it needs no mark. Another part is one where it says `data-picture`,
 * the name of its file; `data-picture-title`, else its heading, is what it is called; `data-picture-caption`, else the
 * paragraph under its heading, says what it shows; `data-picture-empty` says what is missing while it is empty.
 * `data-picture-first` puts it first. Inside a figure `data-picture-skip` leaves something out of the saved picture,
 * and `data-picture-keep` takes a button in.
 */
/** @import { Geometry } from "../../capsules/geometry.js" */
import { withSizes } from "../sizes.js";

/**
 * @typedef {object} Picture
 * @property {HTMLElement} root
 * @property {HTMLElement} place what is to be complete before it is saved
 * @property {string} name of its file
 * @property {string} title
 * @property {string} figure the id in its address; "" on the first screen
 */

/**
 * All that the page shows, in its order, whether it was scrolled to or not.
 * @param {Geometry} geometry
 * @returns {Picture[]}
 */
export function picturesOfThePage(geometry) {
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-picture], section.below")]);
  const pictures = all
    .filter((root) => !(root.matches(".below") && !root.dataset.picture && root.querySelector("[data-picture]")))
    .filter((root) => !root.hidden)
    .map((root) => {
      const section = /** @type {HTMLElement | null} */ (root.closest("section.below"));
      const title = root.dataset.pictureTitle ?? headingOf(section ?? root)?.textContent ?? root.id;
      return {
        root,
        place: section ?? root,
        name: root.dataset.picture || root.id,
        title: withSizes(title.trim(), geometry),
        figure: section?.id ?? "",
      };
    });
  return pictures.sort((a, b) => rank(b.root) - rank(a.root));
}

/** @param {HTMLElement} root */
const rank = (root) => Number(root.dataset.pictureFirst !== undefined);

/** @param {HTMLElement} root */
const headingOf = (root) => root.querySelector("h2");

/**
 * What the figure shows, and what need not be painted because it is said around it.
 * @param {Picture} picture
 * @param {Geometry} geometry
 * @returns {{caption: string, without: Set<Element>}}
 */
export function captionOf({ root, place }, geometry) {
  const told = root.dataset.pictureCaption;
  const prose = place.querySelector(":scope > .prose");
  const opening = prose?.previousElementSibling?.matches("h2, .address") ? prose : null;
  const without = new Set([root.querySelector(":scope > h2"), opening].filter((found) => found !== null));
  const caption = told === undefined ? (opening ? shownText(opening) : "") : withSizes(told, geometry);
  return { caption: caption.replace(/\s+/g, " ").trim(), without };
}

/**
 * The text of an element without what is not shown: some words are for a finger alone, others for a mouse.
 * @param {Element} element
 * @returns {string}
 */
function shownText(element) {
  const parts = Array.from(element.childNodes, (node) => {
    if (!(node instanceof Element)) return node.textContent ?? "";
    return getComputedStyle(node).display === "none" ? "" : shownText(node);
  });
  return parts.join("");
}
