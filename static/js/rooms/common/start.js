/** The start of a room: its state, its parts on their places, its address. */
/** @import { Mount } from "../../shell/mounting.js" @import { Opened } from "../../shell/link.js" */
/** @import { Store } from "../../shell/store.js" */
/** @import { Slice, AllActions, ServicesOf, StateOf } from "../../state/compose.js" */
/** @import { Context } from "../../widgets/dom.js" */
import { keepAddress } from "../../shell/keeping.js";
import { put, putWhenNear } from "../../shell/mounting.js";
import { createStore, reportToConsole } from "../../shell/store.js";
import { supplyWhatIsMissing } from "../../shell/substitutes.js";
import { followTheme } from "../../shell/theme.js";
import { followType } from "../../shell/type.js";
import { keepAsking } from "../../shell/waiting.js";
import { compose } from "../../state/compose.js";
import { followDensity } from "../../widgets/dom.js";
import { fetchScriptsOf } from "./scripts.js";
import { still } from "./services.js";
import { updateWatch } from "./update.js";

/**
 * What every room counts on, beside `shell/theme` and `state/trace/notices` among its slices.
 * @typedef {object} RoomActions
 * @property {(part: string) => void} tellFailure
 * @property {() => void} tellUpdate
 * @property {(opened: Opened, first: any) => void} openLink shows what a link says
 * @property {() => Promise<unknown>} [needModels] asked until it is answered
 */

/**
 * A part of the page, and the selector of its place.
 * @template S, A
 * @typedef {[place: string, mount: Mount<Context<S, A> & {writeAddress: () => void}>]} Part
 */

/**
 * A figure that is fetched when its place nears the screen.
 * @template S, A
 * @typedef {() => Promise<Mount<Context<S, A>>>} Figure
 */

/** @template A @typedef {A extends {openLink: (opened: any, first: infer F) => unknown} ? F : never} FirstOf */

/**
 * @template {readonly Slice[]} L
 * @typedef {object} Room
 * @property {L} subject the slices of all its subjects
 * @property {ServicesOf<L>} services what they need of the world
 * @property {Part<StateOf<L>, AllActions<L>>[]} parts what stands there from the start. Parts that draw come before
 *   those that write text: a canvas that asks for its size after the text of the page has changed would make
 *   the browser lay the page out twice in one frame.
 * @property {Record<string, Figure<StateOf<L>, AllActions<L>>>} figures by the id of their section
 * @property {FirstOf<AllActions<L>>} first what is shown where a link shows nothing
 * @property {(store: Store<StateOf<L>>, actions: AllActions<L>) => void} [greet] done on a first visit, without a link,
 *   where the system does not ask for stillness
 */

/**
 * @template {readonly Slice[]} L
 * @param {Room<L>} room
 */
export function startRoom({ subject, services, parts, figures, first, greet }) {
  supplyWhatIsMissing();
  const { initial, link, createActions } = compose(subject);
  /** @type {Store<any>} */
  const store = createStore(/** @type {any} */ (initial), { report });
  const actions = /** @type {AllActions<L> & RoomActions} */ (createActions(store, services));

  /** @param {string} part @param {unknown} error that it threw */
  function report(part, error) {
    reportToConsole(part, error);
    actions.tellFailure(part);
  }

  followType();
  followTheme(store);
  const context = { store, actions, writeAddress: () => address.write() };
  for (const [place, mount] of parts) {
    const root = /** @type {HTMLElement} */ (document.querySelector(place));
    put(root, mount, context).catch((error) => report(place, error));
  }
  putWhenNear(figures, context, { fetchAll: fetchScriptsOf, isGone: updateWatch(actions) });
  followDensity();

  const isFirstVisit = !location.hash;
  const address = keepAddress({
    store,
    link,
    parts: link.parts,
    open: (opened) => actions.openLink(opened, first),
    isDamaged: ({ lost }) => lost.length > 0,
  });
  if (isFirstVisit && !still()) greet?.(store, actions);
  if (actions.needModels) keepAsking(actions.needModels);
  performance.mark("capsnet:interactive");
}
