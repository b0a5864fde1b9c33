/** The ways from a drawing to the room "Overlap": each takes the drawing along as digit A. */
/** @import { Context } from "./dom.js" @import { Sources } from "../state/digit/source.js" */
/** @import { Traces } from "../state/trace/traces.js" */
import { asLayer, keepExplored } from "../state/drawing/explored.js";

/** So long after the last change the drawing counts as one that stays. */
const REST_MS = 300;

/** What comes before a link is followed, or copied by a menu. */
const BEFORE_USE = ["pointerdown", "focus", "click"];

/**
 * Links with `data-room="overlap"` lead there; one in the text of the page may say with `data-doubt` of which doubt it
 * is the way out. The drawing is also kept, so that the room finds it without a link.
 * @param {Sources["source"]} first what the page shows before anybody has drawn: it is not taken along
 */
export const waysToOverlap = (first) => mount.bind(null, first);

/** @param {Sources["source"]} first @param {HTMLElement} root @param {Context<Sources & Traces>} context */
function mount(first, root, { store, signal }) {
  const links = /** @type {HTMLAnchorElement[]} */ ([...root.querySelectorAll("a[data-room='overlap']")]);
  const room = links.find((link) => link.hasAttribute("href"))?.getAttribute("href");
  if (!room) return; // a site without that room
  let kept = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;

  function settle() {
    clearTimeout(resting);
    const { source, penWidth } = store.get();
    const text = source === first ? "" : asLayer({ source, penWidth });
    for (const link of links) link.setAttribute("href", text ? `${room}#${text}` : `${room}`);
    if (text && text !== kept) keepExplored(text);
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
  for (const link of links) for (const name of BEFORE_USE) link.addEventListener(name, settle, { signal });
  addEventListener("pagehide", settle, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && settle(), { signal });
  signal?.addEventListener("abort", () => clearTimeout(resting));

  const offers = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-doubt]")]);
  store.watch(
    ({ trace }) => [trace],
    ({ trace }) =>
      offers.forEach((offer) => (offer.hidden = !trace?.doubts.some((doubt) => doubt === offer.dataset.doubt))),
  );
}
