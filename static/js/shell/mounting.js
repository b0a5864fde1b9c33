/**
 * Figures and other parts of a page, put on their places and taken off again.
 *
 * A part is `mount(root, context)`: it finds its elements inside `root`, and knows of the world what `context` holds.
 * It may give a function that takes it off again; its watchers end without that.
 */
/** @import { Store } from "./store.js" */
import { scoped } from "./store.js";
import { isWanted, whenWanted } from "./wanted.js";

/** How far from the screen, above or below, a part is fetched. */
const NEAR = "300px";
/** So long after it failed it may be tried again. */
const AGAIN_MS = 1000;
/** Each wait is twice as long as the one before, up to this. */
const LONGEST_MS = 16_000;

/**
 * @template {{store: Store<any>}} C
 * @typedef {(root: HTMLElement, context: C & {signal: AbortSignal}) => unknown} Mount `signal` aborts when the part is
 *   taken off
 */

/**
 * A part that fails while it is put is taken off again: nothing of it goes on watching.
 * @template {{store: Store<any>}} C
 * @param {HTMLElement} root
 * @param {Mount<C>} mount
 * @param {C} context
 * @returns {Promise<() => void>} takes it off again; rejects with what the part threw
 */
export async function put(root, mount, context) {
  const life = new AbortController();
  const { signal } = life;
  try {
    const end = await mount(root, { ...context, store: scoped(context.store, nameOf(root), signal), signal });
    return () => {
      life.abort();
      if (typeof end === "function") end();
    };
  } catch (error) {
    life.abort();
    throw error;
  }
}

/** What a part is called where it fails. @param {HTMLElement} root */
const nameOf = (root) =>
  root.querySelector("h2")?.textContent?.trim() || root.getAttribute("aria-label") || root.id || root.className;

/**
 * Fetch parts and put them on their places, each once, when its place nears the screen. A script that does not come, as
 * while the server is gone, is asked for again. Browsers remember for good that a script which another one imports did
 * not come, so that `fetchAll` brings all of them into their cache before one is imported.
 * @template {{store: Store<any>}} C
 * @param {Record<string, () => Promise<Mount<C>>>} parts by the id of their place
 * @param {C} context
 * @param {object} [scripts]
 * @param {(id: string) => Promise<unknown>} [scripts.fetchAll] the scripts of a part; rejects where one did not come
 * @param {() => Promise<boolean>} [scripts.isGone] asked where one did not come: whether it will not come any more
 * @throws {TypeError} where the page has no such place
 */
export function putWhenNear(parts, context, { fetchAll = async () => {}, isGone = async () => false } = {}) {
  for (const [id, load] of Object.entries(parts)) {
    const place = document.getElementById(id);
    if (!place) throw new TypeError(`the page has no place #${id}`);
    const open = async () => {
      await fetchAll(id);
      return put(place, await load(), context);
    };
    place.dataset.later = ""; // it is not there yet
    whenNear(place, open, isGone);
  }
}

/**
 * @param {HTMLElement} place
 * @param {() => Promise<unknown>} open
 * @param {() => Promise<boolean>} isGone
 * @param {number} [again] milliseconds until the next try
 */
function whenNear(place, open, isGone, again = AGAIN_MS) {
  const looking = new AbortController();
  async function openNow() {
    looking.abort();
    try {
      await open();
    } catch (error) {
      console.info(`“${place.id}” could not be opened; it is tried again`, error);
      place.dataset.missing = "";
      if (await isGone()) place.dataset.missing = "gone";
      else setTimeout(() => whenNear(place, open, isGone, Math.min(2 * again, LONGEST_MS)), again);
      return;
    }
    delete place.dataset.missing;
    delete place.dataset.later;
    place.dataset.ready = ""; // its controls act from here on
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries[entries.length - 1].isIntersecting && !looking.signal.aborted) openNow();
    },
    { rootMargin: NEAR },
  );
  looking.signal.addEventListener("abort", () => observer.disconnect());
  observer.observe(place);
  whenWanted(place, () => isWanted(place) && openNow(), looking.signal);
  if (isWanted(place)) openNow();
}
