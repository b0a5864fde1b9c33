/** Play, step and scrub through the iterations; how many there are; which links are shown. @import { Context } from "./dom.js" */
import { fixed } from "../lib/format.js";
import { MAX_ITERATIONS } from "../lib/network.js";
import { placeText, reachOf } from "../state/selectors.js";
import { buttonById, byId, element, inputById, selectById, watchPlace } from "./dom.js";

/** @param {Context} context */
export function transportView(context) {
  playback(context);
  iterations(context);
  threshold(context);
  legend(context);
  followTheReader();
  makeRoom();
}

/** On a narrow screen it is said below what is looked at which links are shown: that stays close to what was pointed at. */
function makeRoom() {
  const [bar, below] = [byId("transport", HTMLElement), byId("links-place", HTMLElement)];
  const parts = [...bar.querySelectorAll(".threshold, .legend")];
  const narrow = matchMedia("(max-width: 720px)");
  const place = () => (narrow.matches ? below : bar).append(...parts);
  place();
  narrow.addEventListener("change", place);
}

/** Below the figure the transport floats at the foot of the screen: what is shown there follows the playhead, too. */
function followTheReader() {
  const [place, bar] = [byId("transport-place", HTMLElement), byId("transport", HTMLElement)];
  watchPlace(place, ({ isIntersecting, boundingClientRect }) => {
    const afloat = !isIntersecting && boundingClientRect.bottom < 0;
    if (afloat) place.style.height = `${boundingClientRect.height}px`;
    else place.style.removeProperty("height");
    bar.classList.toggle("afloat", afloat);
  });
}

/** @param {Context} context */
function playback({ store, actions }) {
  const [play, back, on, scrub] = [buttonById("play"), buttonById("step-back"), buttonById("step-on"), inputById("scrub")];
  const [iteration, marks] = [byId("iteration", HTMLElement), byId("iteration-marks", HTMLDataListElement)];
  play.addEventListener("click", () => actions.togglePlay());
  back.addEventListener("click", () => actions.step(-1));
  on.addEventListener("click", () => actions.step(1));
  scrub.addEventListener("input", () => actions.scrub(scrub.valueAsNumber));
  scrub.addEventListener("keydown", (event) => {
    const direction = event.key === "ArrowRight" || event.key === "ArrowUp" ? 1 : event.key === "ArrowLeft" || event.key === "ArrowDown" ? -1 : 0;
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

/** @param {Context} context */
function iterations({ store, actions }) {
  const select = selectById("iterations");
  select.append(...Array.from({ length: MAX_ITERATIONS }, (_, k) => element("option", { value: String(k + 1), textContent: String(k + 1) })));
  select.addEventListener("change", () => actions.setIterations(Number(select.value)));
  store.watch(({ iterations: count }) => [count], ({ iterations: count }) => (select.value = String(count)));
}

/** @param {Context} context */
function threshold({ store, actions }) {
  const [input, value] = [inputById("threshold"), byId("threshold-value", HTMLElement)];
  // The handle moves as the square root: most couplings are small, and so the low end gets the room.
  input.addEventListener("input", () => actions.setThreshold(Math.round(input.valueAsNumber ** 2 * 1000) / 1000));
  store.watch(
    ({ threshold: least }) => [least],
    ({ threshold: least }) => {
      input.value = String(Math.sqrt(least));
      input.ariaValueText = fixed(least, 3);
      value.textContent = fixed(least, 3);
    },
  );
}

/** Where the scale of the links ends: the largest coupling of all iterations. @param {Context} context */
function legend({ store }) {
  const high = byId("legend-high", HTMLElement);
  store.watch(({ trace }) => [trace], ({ trace }) => (high.textContent = trace ? fixed(reachOf(trace)) : ""));
}
