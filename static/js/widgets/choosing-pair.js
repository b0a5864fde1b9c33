/** Where the digits of a pair come from besides the pen: test digits, test pairs, and the room "Explore". */
/** @import { Context, Placed } from "./dom.js" @import { TestPair } from "../state/pair/pairs.js" */
/** @import { Actions, State } from "../state/pair/subject.js" */
import { exploredNow } from "../state/pair/explored.js";
import { ENDINGS } from "../state/pair/layers.js";
import { exploredTold } from "../words/pair.js";
import { buttonIn } from "./dom.js";
import { digitGallery, galleryOf } from "./gallery.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountChoosing(root, context) {
  digits(root, context);
  pairs(root, context);
  explored({ ...context, root });
}

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
function digits(root, context) {
  const gallery = digitGallery(root, context);
  ENDINGS.forEach((ending, k) => {
    buttonIn(root, `digit-${ending}`).addEventListener("click", () =>
      gallery.open(({ index }) => context.actions.setLayer(/** @type {0 | 1} */ (k), { kind: "digit", index })),
    );
  });
}

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
function pairs(root, context) {
  const { actions } = context;
  const gallery = galleryOf(root, context, {
    id: "pair-gallery",
    called: "pairs",
    async pageOf(filter) {
      const { pairs: items, ...rest } = await actions.pairPage(filter);
      return { items, ...rest };
    },
    thumbnailOf: ({ index, labels, predicted, thumbnail }, names) => ({
      thumbnail,
      title: `Test pair ${index}`,
      alt: `${names[labels[0]]} and ${names[labels[1]]} over each other`,
      labels,
      predicted,
    }),
  });
  const choose = (/** @type {TestPair} */ pair) => actions.lookAtTestPair(pair);
  buttonIn(root, "pairs-open").addEventListener("click", () => gallery.open(choose));
}

/** What was drawn in the room "Explore", even in another tab. @param {Placed<State, Actions>} context */
function explored({ root, store, actions, signal }) {
  const buttons = ENDINGS.map((ending) => buttonIn(root, `explored-${ending}`));
  buttons.forEach((button, k) => {
    button.addEventListener("click", () => actions.takeExplored(/** @type {0 | 1} */ (k)));
  });
  actions.findExplored();
  for (const change of ["storage", "pageshow"]) addEventListener(change, actions.findExplored, { signal });
  store.watch(
    ({ explored: kept, models, model }) => [kept, models, model],
    (state) => {
      const now = exploredNow(state);
      for (const button of buttons) {
        button.hidden = now.is === "missing";
        button.disabled = now.is === "unfit";
        button.title = exploredTold(now);
      }
    },
  );
}
