/** Small helpers that every part of a page shares. */
/** @import { Store, Watching } from "../shell/store.js" @import { Theme } from "../shell/theme.js" */
import { isSaving } from "../charts/canvas.js";
import { isWanted, whenWanted } from "../shell/wanted.js";

/**
 * What a part of a page knows of the world. It names the state that it reads and the actions that it calls, and can
 * stand in every room whose subjects have both.
 * @template S
 * @template [A=unknown]
 * @typedef {object} Context
 * @property {Store<S>} store
 * @property {A} actions
 * @property {AbortSignal} [signal] aborts when the part is taken off the page
 */

/**
 * A context, and the place of the part that has it.
 * @template S
 * @template [A=unknown]
 * @typedef {Context<S, A> & {root: HTMLElement}} Placed
 */

/**
 * The element of that id inside a part, of that kind; the template and the scripts must agree.
 * @template {Element} E
 * @param {ParentNode} root
 * @param {string} id
 * @param {new () => E} kind
 * @returns {E}
 */
export function partIn(root, id, kind) {
  const found = root instanceof Element && root.id === id ? root : root.querySelector(`#${id}`);
  if (!(found instanceof kind)) throw new TypeError(`there is no ${kind.name} #${id} where it should be`);
  return found;
}

/** @param {ParentNode} root @param {string} id */
export const canvasIn = (root, id) => partIn(root, id, HTMLCanvasElement);
/** @param {ParentNode} root @param {string} id */
export const buttonIn = (root, id) => partIn(root, id, HTMLButtonElement);
/** @param {ParentNode} root @param {string} id */
export const inputIn = (root, id) => partIn(root, id, HTMLInputElement);
/** @param {ParentNode} root @param {string} id */
export const selectIn = (root, id) => partIn(root, id, HTMLSelectElement);

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | boolean>} [properties] `data-` and `aria-` names become attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-")) made.setAttribute(name, String(value));
    else Object.assign(made, { [name]: value });
  }
  made.append(...children);
  return made;
}

/**
 * Put items of a list into this order. What had the focus keeps it: browsers take it from what is moved.
 * @param {Element} list
 * @param {readonly Element[]} items what comes before them in the list stays there
 */
export function reorder(list, items) {
  const others = list.childElementCount - items.length;
  if (items.every((item, k) => list.children[others + k] === item)) return;
  const { activeElement } = document;
  list.append(...items);
  if (activeElement instanceof HTMLElement && list.contains(activeElement)) {
    activeElement.focus({ preventScroll: true });
  }
}

/** Words for those who hear the page, where those who see it need none. @param {string} textContent */
export const unseen = (textContent) => element("span", { className: "visually-hidden", textContent });

/**
 * A way to say what a picture shows; where there is nothing to say, it is called as the template calls it.
 * @param {HTMLElement} picture
 * @returns {(text: string | null) => void}
 */
export function speaker(picture) {
  const { ariaLabel } = picture;
  return (text) => (picture.ariaLabel = text ?? ariaLabel);
}

/** @type {Set<() => void>} */
const drawings = new Set();

/** Have every picture of the page painted once more, as they are for saving one. */
export function drawAgain() {
  for (const draw of drawings) draw();
  for (const canvas of document.querySelectorAll("canvas")) canvas.dispatchEvent(new CustomEvent("draw"));
}

/** Pictures are as fine as the screen: after a move to one of another density all are painted again. */
export function followDensity() {
  const same = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
  same.addEventListener("change", () => (drawAgain(), followDensity()), { once: true });
}

/**
 * Draw now and whenever the canvas changes its size or what it shows changes.
 * @template {Pick<Theme, "palette">} S
 * @param {Pick<Context<S>, "store" | "signal">} context
 * @param {Element} canvas or what holds several
 * @param {(state: S) => readonly unknown[]} select
 * @param {(state: S) => void} draw
 * @param {Watching} [options]
 */
export function drawOn({ store, signal }, canvas, select, draw, options) {
  const drawNow = () => draw(store.get());
  store.watch((state) => [...select(state), state.palette], draw, options);
  drawings.add(drawNow);
  const observer = new ResizeObserver(drawNow);
  observer.observe(canvas);
  signal?.addEventListener("abort", () => (drawings.delete(drawNow), observer.disconnect()));
}

/**
 * Draw as `drawOn` does, but only while the element is on the screen, and when it comes into view.
 * @template {Pick<Theme, "palette">} S
 * @param {Pick<Context<S>, "store" | "signal">} context
 * @param {Element} place what holds the canvases
 * @param {(state: S) => readonly unknown[]} select
 * @param {(state: S) => void} draw
 */
export function drawWhileSeen(context, place, select, draw) {
  const drawIfSeen = () => seen() && draw(context.store.get());
  const seen = whenVisible(place, drawIfSeen, context.signal);
  drawOn(context, place, select, drawIfSeen);
}

/**
 * Where an element stands to the screen.
 * @typedef {Pick<IntersectionObserverEntry, "isIntersecting" | "boundingClientRect">} Place
 */

/**
 * Tells how an element stands to the screen, now and at each change, until the signal aborts. What is wanted
 * (`shell/wanted`) counts as seen.
 * @param {Element} element
 * @param {(place: Place) => void} tell
 * @param {IntersectionObserverInit & {signal?: AbortSignal}} [options]
 */
export function watchPlace(element, tell, { signal, ...options } = {}) {
  /** @type {Place | undefined} */
  let last;
  function tellNow() {
    if (last) tell(isWanted(element) ? { ...boxOf(last), isIntersecting: true } : last);
  }
  const observer = new IntersectionObserver((entries) => {
    last = entries[entries.length - 1]; // several may have queued up: the last of them is how things are
    tellNow();
  }, options);
  observer.observe(element);
  whenWanted(element, tellNow, signal);
  signal?.addEventListener("abort", () => observer.disconnect());
}

/** @param {Place} place an entry's own fields are not copied by a spread */
const boxOf = ({ boundingClientRect }) => ({ boundingClientRect });

/**
 * Whether an element is on the screen; tells when it comes into view.
 * @param {Element} element
 * @param {() => void} appear
 * @param {AbortSignal} [signal]
 */
export function whenVisible(element, appear, signal) {
  let seen = false;
  /** @param {Place} place */
  function see({ isIntersecting }) {
    seen = isIntersecting;
    if (seen) appear();
  }
  watchPlace(element, see, { signal });
  return () => seen || isSaving();
}

/** How wide the thumb of a dial is, in CSS pixels. @param {Element} element one of the dials, or behind them */
export const thumbOf = (element) =>
  Number.parseFloat(getComputedStyle(element).getPropertyValue("--thumb")) *
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** The arrow key of an event as steps to the right and down, or null. @param {KeyboardEvent} event */
export function arrowOf({ key }) {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  return Object.hasOwn(steps, key) ? steps[/** @type {keyof typeof steps} */ (key)] : null;
}
