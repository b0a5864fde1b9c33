/** Puts the page together: one store, its actions, and the views. */
import {
  fetchDigits, fetchDimensions, fetchGauge, fetchIterationStudy, fetchLook, fetchMasks, fetchModels, fetchPerturbations,
  fetchPlanes, fetchReconstructions, fetchTrace, fetchTraceFile, fetchVotes, isAlive,
} from "./api/client.js";
import { openDials } from "./api/dials.js";
import { drawingOf, pngOfPicture } from "./api/drawing.js";
import { readPalette } from "./draw/theme.js";
import { readType } from "./draw/type.js";
import { RETRY_MS } from "./lib/errors.js";
import { createActions } from "./state/actions.js";
import { INITIAL } from "./state/initial.js";
import { digitModels } from "./state/selectors.js";
import { createStore } from "./state/store.js";
import { linkParts, readLink, writeLink } from "./state/url.js";
import { classesView } from "./views/classes.js";
import { conv1View } from "./views/conv1.js";
import { followDensity } from "./views/dom.js";
import { contentsView } from "./views/contents.js";
import { dialsView } from "./views/dials.js";
import { distributionsView } from "./views/distributions.js";
import { galleryView } from "./views/gallery.js";
import { inspectorView } from "./views/inspector.js";
import { keyboardView } from "./views/keyboard.js";
import { THEMES, mastheadView } from "./views/masthead.js";
import { padView } from "./views/pad.js";
import { reconstructionView } from "./views/reconstruction.js";
import { savingView } from "./views/saving.js";
import { sectionsView } from "./views/sections.js";
import { seesView } from "./views/sees.js";
import { tamperedView } from "./views/tampered.js";
import { theatreView } from "./views/theatre.js";
import { transportView } from "./views/transport.js";
import { troublesView } from "./views/troubles.js";
import { wordsView } from "./views/words.js";

/** What the page shows before anybody has drawn: the first test digit, a seven. */
const FIRST = /** @type {const} */ ({ kind: "digit", index: 0 });
const LINK_MS = 300;

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const store = createStore(INITIAL);
const actions = createActions(store, {
  services: {
    drawingOf, pngOfPicture, fetchTrace, fetchVotes, fetchPerturbations, fetchPlanes, fetchReconstructions, fetchDimensions,
    fetchIterationStudy, fetchIterations, fetchTraceFile, fetchMasks, fetchGauge, fetchLook, fetchDigits, isAlive,
  },
  clock: { requestFrame: (tick) => requestAnimationFrame(tick), still },
  openDials,
});
const context = { store, actions };

followTheme();
// Views that draw come before those that write text: a canvas that asks for its size after the text of the page
// has changed would make the browser lay the page out twice in one frame.
for (const view of [
  padView, conv1View, theatreView, reconstructionView, seesView, distributionsView, classesView, inspectorView, mastheadView,
  dialsView, transportView, tamperedView, keyboardView, savingView, galleryView, troublesView, sectionsView,
]) {
  view(context);
}
wordsView();
contentsView();
followDensity();

openLink();
if (!location.hash && !still()) playOnce();
keepLink();
loadModels();
addEventListener("hashchange", () => location.hash.slice(1) !== writeLink(store.get()) && openLink());
performance.mark("capsnet:interactive");

/** Only the section that shows them needs this. @type {typeof import("./api/iterations.js").fetchIterations} */
async function fetchIterations(drawing, options) {
  return (await import("./api/iterations.js")).fetchIterations(drawing, options);
}

/** Show what the link says, or the first digit. */
function openLink() {
  const patch = readLink(location.hash);
  const { source = FIRST, ...rest } = patch;
  actions.stop();
  store.set({ ...INITIAL, ...keepAcrossLinks(), ...rest });
  replaceMissingModel(); // before it is asked
  if (source.kind !== "empty") actions.look(source, { keepDials: true });
}

function keepAcrossLinks() {
  const { models, defaultModel, theme, palette, model } = store.get();
  return { models, defaultModel, theme, palette, model };
}

/** Play the first trace that comes. */
function playOnce() {
  let played = false;
  store.watch(
    ({ trace }) => [trace],
    ({ trace }) => {
      if (!trace || played) return;
      played = true;
      actions.play();
    },
  );
}

/** Write the state into the address, a little after it came to rest. */
function keepLink() {
  let waiting = 0;
  store.watch(
    (state) => [...linkParts(state), state.playing],
    () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const state = store.get();
        if (!state.playing) history.replaceState(null, "", `#${writeLink(state)}`);
      }, LINK_MS);
    },
  );
}

/** Asked until it is answered: without it nothing is known of the network that a link names. */
async function loadModels() {
  const answer = await fetchModels().catch((error) => console.info("the list of models is awaited", error));
  if (!answer) return void setTimeout(loadModels, RETRY_MS);
  store.set({ models: answer.models, defaultModel: answer.default });
  actions.needDimensions();
  actions.needGauge();
  if (!store.get().model) store.set({ model: answer.default });
  replaceMissingModel();
}

/** A link may name a model that is not here, or one that sees two digits. */
function replaceMissingModel() {
  const { model, models, defaultModel } = store.get();
  if (models.length && !digitModels(store.get()).some(({ name }) => name === model)) actions.replaceModel(defaultModel);
}

/** Apply the theme to the document, and hand its colours to the canvases. */
function followTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const remembered = THEMES.find((theme) => theme === tried(() => localStorage.getItem("theme")));
  if (remembered) actions.setTheme(remembered);
  const apply = () => {
    const { theme } = store.get();
    tried(() => localStorage.setItem("theme", theme));
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    actions.setPalette(readPalette());
  };
  readType();
  addEventListener("resize", readType); // which comes before what redraws for a new size
  apply();
  system.addEventListener("change", apply);
  store.watch(({ theme }) => [theme], apply);
}

/**
 * What it gives; nothing where the browser refuses, as those do that keep nothing for a site.
 * @template T
 * @param {() => T} act
 */
function tried(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}
