/** The ways from a drawing to other rooms: each takes the drawing along. */
/** @import { Context } from "./dom.js" @import { Sources } from "../state/digit/source.js" */
/** @import { Traces } from "../state/trace/traces.js" @import { Explored } from "../state/drawing/explored.js" */

/** So long after the last change the drawing counts as one that stays. */
const REST_MS = 300;

/** What comes before a link is followed, or copied by a menu. */
const BEFORE_USE = ["pointerdown", "focus", "click"];

/**
 * @typedef {object} Ways
 * @property {Sources["source"]} first what the page shows before anybody has drawn: it is not taken along
 * @property {Record<string, (drawn: Explored) => string>} rooms by name: the part of an address behind the `#` that
 *   shows the drawing there; "" for an empty pad
 * @property {(drawn: Explored) => void} [keep] told of each drawing that stays, so that a room finds it without a link
 */

/**
 * Links with `data-room` lead to the room of that name; one in the text of the page may say with `data-doubt` of which
 * doubt it is the way out.
 * @param {Ways} ways
 */
export const waysToRooms = (ways) => mount.bind(null, ways);

/** @param {Ways} ways @param {HTMLElement} root @param {Context<Sources & Traces>} context */
function mount({ first, rooms, keep }, root, { store, signal }) {
  const ways = Object.entries(rooms).flatMap(([room, write]) => waysTo(root, room, write));
  let kept = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;

  function settle() {
    clearTimeout(resting);
    const { source, penWidth } = store.get();
    const drawn = source === first ? null : { source, penWidth };
    let text = "";
    for (const { link, address, write } of ways) {
      text = drawn ? write(drawn) : "";
      link.setAttribute("href", text ? `${address}#${text}` : address);
    }
    if (drawn && text && text !== kept) keep?.(drawn);
    kept = text;
  }

  store.watch(
    ({ source, penWidth }) => [source, penWidth],
    () => {
      clearTimeout(resting);
      resting = setTimeout(settle, REST_MS);
    },
    { turn: "last" },
  );
  for (const { link } of ways) for (const name of BEFORE_USE) link.addEventListener(name, settle, { signal });
  addEventListener("pagehide", settle, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && settle(), { signal });
  signal?.addEventListener("abort", () => clearTimeout(resting));
  offerInDoubt(root, store);
}

/**
 * All links to a room; none on a site without it.
 * @param {HTMLElement} root
 * @param {string} room
 * @param {(drawn: Explored) => string} write
 */
function waysTo(root, room, write) {
  const links = /** @type {HTMLAnchorElement[]} */ ([...root.querySelectorAll(`a[data-room='${room}']`)]);
  const address = links.find((link) => link.hasAttribute("href"))?.getAttribute("href");
  return address ? links.map((link) => ({ link, address, write })) : [];
}

/** @param {HTMLElement} root @param {Context<Sources & Traces>["store"]} store */
function offerInDoubt(root, store) {
  const offers = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-doubt]")]);
  store.watch(
    ({ trace }) => [trace],
    ({ trace }) =>
      offers.forEach((offer) => (offer.hidden = !trace?.doubts.some((doubt) => doubt === offer.dataset.doubt))),
  );
}
