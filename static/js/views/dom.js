/** Small helpers that every view shares. @import { Store } from "../types.js" */
import { isSaving } from "../draw/canvas.js";

/**
 * @typedef {{store: Store, actions: import("../state/actions.js").Actions}} Context what a view is given
 */

/**
 * The element of that id, of that kind; the template and the views must agree.
 * @template {Element} E
 * @param {string} id
 * @param {new () => E} kind
 * @returns {E}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new TypeError(`the page has no ${kind.name} #${id}`);
  return found;
}

/** @param {string} id */
export const canvasById = (id) => byId(id, HTMLCanvasElement);
/** @param {string} id */
export const buttonById = (id) => byId(id, HTMLButtonElement);
/** @param {string} id */
export const inputById = (id) => byId(id, HTMLInputElement);
/** @param {string} id */
export const selectById = (id) => byId(id, HTMLSelectElement);

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
 * @param {Context} context
 * @param {Element} canvas or what holds several
 * @param {(state: import("../types.js").State) => readonly unknown[]} select
 * @param {(state: import("../types.js").State) => void} draw
 */
export function drawOn({ store }, canvas, select, draw) {
  store.watch((state) => [...select(state), state.palette], draw);
  drawings.add(() => draw(store.get()));
  new ResizeObserver(() => draw(store.get())).observe(canvas);
}

/**
 * Draw as `drawOn` does, but only while the element is on the screen, and when it comes into view.
 * @param {Context} context
 * @param {Element} place what holds the canvases
 * @param {(state: import("../types.js").State) => readonly unknown[]} select
 * @param {(state: import("../types.js").State) => void} draw
 */
export function drawWhileSeen(context, place, select, draw) {
  const drawIfSeen = () => seen() && draw(context.store.get());
  const seen = whenVisible(place, drawIfSeen);
  drawOn(context, place, select, drawIfSeen);
}

/**
 * Tells how an element stands to the screen, now and at each change.
 * @param {Element} element
 * @param {(entry: IntersectionObserverEntry) => void} tell
 * @param {IntersectionObserverInit} [options]
 */
export function watchPlace(element, tell, options) {
  // Several changes may have queued up meanwhile: the last of them is how things are.
  const observer = new IntersectionObserver((entries) => tell(entries[entries.length - 1]), options);
  observer.observe(element);
  return observer;
}

/** Whether an element is on the screen; tells when it comes into view. @param {Element} element @param {() => void} appear */
export function whenVisible(element, appear) {
  let seen = false;
  watchPlace(element, ({ isIntersecting }) => {
    seen = isIntersecting;
    if (seen) appear();
  });
  return () => seen || isSaving();
}

/** How wide the thumb of a dial is, in CSS pixels. @param {Element} element one of the dials, or behind them */
export const thumbOf = (element) => Number.parseFloat(getComputedStyle(element).getPropertyValue("--thumb"));

/** The arrow key of an event as steps to the right and down, or null. @param {KeyboardEvent} event */
export function arrowOf({ key }) {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  return Object.hasOwn(steps, key) ? steps[/** @type {keyof typeof steps} */ (key)] : null;
}
