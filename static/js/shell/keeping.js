/**
 * The address keeps the state: it is read when the page opens, and written a little after the state came to rest.
 *
 * Links to figures and the list of contents are steps of the history. Changes of the state are none: they replace the
 * address of the step they are made in. "Back" after a jump leads to where one was and keeps the state.
 */
/** @import { Opened } from "./link.js" @import { Store } from "./store.js" */
import { joinFragment, splitFragment } from "./fragment.js";
import { arriveAt, goBack } from "./goto.js";

/** So long after a change the address is written; and so long after the first of many. */
const REST_MS = 300;
const LONGEST_MS = 1000;

/** What a visitor does before the state changes. */
const INPUTS = ["pointerdown", "keydown", "input", "drop", "paste"];
/** What may be the last that is heard of a visitor's hand. */
const ENDS = ["pointerup", "keyup", "change"];

/**
 * @template S
 * @param {object} room
 * @param {Store<S>} room.store
 * @param {{write: (state: S) => string, read: (hash: string) => Opened}} room.link
 * @param {(state: S) => readonly unknown[]} room.parts of the state that are to be written when they change
 * @param {(opened: Opened) => void} room.open shows what a link says
 * @param {(state: S) => boolean} room.isDamaged whether something of the link was found missing, if only later
 * @returns {{write: () => void}} writes the address now
 */
export function keepAddress({ store, link, parts, open, isDamaged }) {
  const keeper = new Keeper({ store, link, open, isDamaged });
  keeper.read();
  store.watch(parts, () => keeper.changed(), { name: "the address", turn: "last" });
  addEventListener("popstate", ({ state }) => keeper.moved(state));
  addEventListener("hashchange", () => keeper.moved(history.state));
  addEventListener("pagehide", () => keeper.write());
  document.addEventListener("visibilitychange", () => document.hidden && keeper.write());
  for (const input of INPUTS) document.addEventListener(input, () => keeper.touched(), { capture: true });
  for (const end of ENDS) document.addEventListener(end, () => keeper.settle());
  return { write: () => keeper.write({ always: true }) };
}

/** @template S */
class Keeper {
  #room;
  /** The link that was last opened: steps of the history that were made since then bear it. */
  #visit = "";
  /** The hash as it was last read or written. @type {string | null} */
  #seen = null;
  /**
   * Of a damaged link the address stays until the visitor changes something.
   * @type {"untouched" | {text: string} | null}
   */
  #held = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  #changedAt = 0;
  #isTouched = false;

  /**
   * @param {object} room
   * @param {Store<S>} room.store
   * @param {{write: (state: S) => string, read: (hash: string) => Opened}} room.link
   * @param {(opened: Opened) => void} room.open
   * @param {(state: S) => boolean} room.isDamaged
   */
  constructor(room) {
    this.#room = room;
  }

  /** Show what the address says. */
  read() {
    const { link, open } = this.#room;
    const opened = link.read(location.hash);
    const figure = opened.figure ? document.getElementById(opened.figure) : null;
    if (opened.figure && !figure) opened.lost.push(`“${opened.figure}”`);
    const isJump = figure !== null && this.#visit !== "" && !Object.keys(opened.patch).length;
    if (!isJump) this.#visit = `${Date.now()} ${Math.random()}`;
    history.replaceState({ visit: this.#visit }, "");
    this.#seen = location.hash;
    if (!isJump) {
      this.#isTouched = false;
      this.#held = opened.lost.length ? "untouched" : null;
      open(opened);
    }
    if (figure) arriveAt(figure);
    if (isJump) this.write({ always: true });
  }

  /**
   * Another step of the history, or another address in the same page.
   * @param {{visit?: string, y?: number, focus?: string} | null} step
   */
  moved(step) {
    if (step?.visit === this.#visit) {
      if (location.hash === this.#seen) return;
      goBack(step);
      this.write({ always: true });
    } else if (location.hash !== this.#seen) this.read();
  }

  changed() {
    const { store, isDamaged } = this.#room;
    if (!this.#isTouched && isDamaged(store.get())) this.#held = "untouched"; // known only with the models
    const now = performance.now();
    if (!this.#waiting) this.#changedAt = now;
    clearTimeout(this.#waiting);
    const left = LONGEST_MS - (now - this.#changedAt);
    this.#waiting = setTimeout(() => this.write(), Math.max(0, Math.min(REST_MS, left)));
  }

  /** The visitor does something: whatever differs from now on is the visitor's. */
  touched() {
    this.#isTouched = true;
    if (this.#held === "untouched") this.#held = { text: this.#room.link.write(this.#room.store.get()) };
  }

  /** Write what is to be written soon. */
  settle() {
    if (this.#waiting) this.write();
  }

  /** @param {{always?: boolean}} [options] also what a damaged link left behind */
  write({ always = false } = {}) {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    const text = this.#room.link.write(this.#room.store.get());
    if (!always && (this.#held === "untouched" || this.#held?.text === text)) return;
    this.#held = null;
    const hash = joinFragment(figureOnScreen(), text);
    if (hash !== location.hash) history.replaceState({ ...history.state, visit: this.#visit }, "", hash);
    this.#seen = location.hash;
  }
}

/** The figure that the address names, while it is to be seen; "" for none. */
function figureOnScreen() {
  const { figure } = splitFragment(location.hash);
  const box = figure ? document.getElementById(figure)?.getBoundingClientRect() : null;
  return box && box.bottom > 0 && box.top < innerHeight ? figure : "";
}
