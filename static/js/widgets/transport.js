/** Play, step and scrub through the iterations; how many there are; which links are shown. */
/** @import { Context, Placed } from "./dom.js" @import { ActionsOf } from "../state/compose.js" */
/** @import { Playback } from "../state/trace/playback.js" @import { Threshold } from "../state/trace/threshold.js" */
/** @import { Network } from "../state/trace/network.js" @import { Traces } from "../state/trace/traces.js" */
import { fixed } from "../shell/format.js";
import { MAX_ITERATIONS } from "../capsules/limits.js";
import { reachOf } from "../state/trace/measures.js";
import { placeText } from "../state/trace/playhead.js";
import { thresholdNow } from "../state/trace/threshold.js";
import { buttonIn, element, inputIn, partIn, selectIn, watchPlace } from "./dom.js";

/**
 * @typedef {Playback & Threshold & Network & Traces} Transported
 * @typedef {ActionsOf<typeof import("../state/trace/playback.js")>
 *   & ActionsOf<typeof import("../state/trace/threshold.js")>} TransportActions
 */

/** @param {HTMLElement} root @param {Context<Transported, TransportActions>} context */
export function mountTransport(root, context) {
  const placed = { ...context, root };
  playback(placed);
  iterations(placed);
  threshold(placed);
  legend(placed);
  followTheReader(root, context.signal);
  makeRoom(root, context.signal);
}

/**
 * On a narrow screen it is said below what is looked at which links are shown: that stays close to what was pointed at.
 * @param {HTMLElement} root
 * @param {AbortSignal} [signal]
 */
function makeRoom(root, signal) {
  const [bar, below] = [partIn(root, "transport", HTMLElement), root.querySelector("[data-links-place]")];
  if (!below) return; // then they stay in the bar
  const parts = [...bar.querySelectorAll(".threshold, .legend")];
  const narrow = matchMedia("(max-width: 720px)");
  const place = () => (narrow.matches ? below : bar).append(...parts);
  place();
  narrow.addEventListener("change", place, { signal });
}

/**
 * Below the figure the transport floats at the foot of the screen: what is shown there follows the playhead, too.
 * @param {HTMLElement} root
 * @param {AbortSignal} [signal]
 */
function followTheReader(root, signal) {
  const [place, bar] = [partIn(root, "transport-place", HTMLElement), partIn(root, "transport", HTMLElement)];
  /** @param {import("./dom.js").Place} place */
  function follow({ isIntersecting, boundingClientRect }) {
    const afloat = !isIntersecting && boundingClientRect.bottom < 0;
    if (afloat) place.style.height = `${boundingClientRect.height}px`;
    else place.style.removeProperty("height");
    bar.classList.toggle("afloat", afloat);
    document.body.classList.toggle("with-transport-afloat", afloat); // a notice keeps clear of it
  }
  watchPlace(place, follow, { signal });
}

/** @param {Placed<Transported, TransportActions>} context */
function playback({ root, store, actions }) {
  const [play, back, on, scrub] = [
    buttonIn(root, "play"),
    buttonIn(root, "step-back"),
    buttonIn(root, "step-on"),
    inputIn(root, "scrub"),
  ];
  const [iteration, marks] = [
    partIn(root, "iteration", HTMLElement),
    partIn(root, "iteration-marks", HTMLDataListElement),
  ];
  play.addEventListener("click", () => actions.togglePlay());
  back.addEventListener("click", () => actions.step(-1));
  on.addEventListener("click", () => actions.step(1));
  scrub.addEventListener("input", () => actions.scrub(scrub.valueAsNumber));
  scrub.addEventListener("keydown", (event) => {
    const direction =
      event.key === "ArrowRight" || event.key === "ArrowUp"
        ? 1
        : event.key === "ArrowLeft" || event.key === "ArrowDown"
          ? -1
          : 0;
    if (!direction) return;
    event.preventDefault();
    actions.step(/** @type {1 | -1} */ (direction));
  });
  store.watch(
    ({ playhead, playing, iterations: count, trace }) => [playhead, playing, count, trace],
    (state) => {
      const last = state.trace?.iterations ?? state.iterations;
      play.textContent = state.playing ? "Pause" : "Play routing";
      for (const control of [play, scrub]) control.disabled = !state.trace || last === 1;
      back.disabled = !state.trace || state.playhead <= 1;
      on.disabled = !state.trace || state.playhead >= last;
      if (Number(scrub.max) !== last) {
        scrub.max = String(last);
        marks.replaceChildren(...Array.from({ length: last }, (_, k) => element("option", { value: String(k + 1) })));
      }
      scrub.value = String(state.playhead);
      scrub.ariaValueText = iteration.textContent = placeText(state);
    },
  );
}

/** @param {Placed<Transported, TransportActions>} context */
function iterations({ root, store, actions }) {
  const select = selectIn(root, "iterations");
  select.append(
    ...Array.from({ length: MAX_ITERATIONS }, (_, k) =>
      element("option", { value: String(k + 1), textContent: String(k + 1) }),
    ),
  );
  select.addEventListener("change", () => actions.setIterations(Number(select.value)));
  store.watch(
    ({ iterations: count }) => [count],
    ({ iterations: count }) => (select.value = String(count)),
  );
}

/** @param {Placed<Transported, TransportActions>} context */
function threshold({ root, store, actions }) {
  const [input, value] = [inputIn(root, "threshold"), partIn(root, "threshold-value", HTMLElement)];
  // The handle moves as the square root: most couplings are small, and so the low end gets the room.
  input.addEventListener("input", () => actions.setThreshold(Math.round(input.valueAsNumber ** 2 * 1000) / 1000));
  store.watch(
    (state) => [thresholdNow(state)],
    (state) => {
      const least = thresholdNow(state);
      input.value = String(Math.sqrt(least));
      input.ariaValueText = fixed(least, 3);
      value.textContent = fixed(least, 3);
    },
  );
}

/**
 * Where the scale of the links ends: the largest coupling of all iterations.
 * @param {Placed<Transported, TransportActions>} context
 */
function legend({ root, store }) {
  const high = partIn(root, "legend-high", HTMLElement);
  store.watch(
    ({ trace }) => [trace],
    ({ trace }) => (high.textContent = trace ? fixed(reachOf(trace)) : ""),
  );
}
