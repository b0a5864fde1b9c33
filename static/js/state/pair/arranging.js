/** The same pair in another order or place: A and B change places, or both go to the middle. */
/** @import { Trace } from "../../capsules/types.js" @import { Life } from "../compose.js" */
/** @import { Traces } from "../trace/traces.js" @import { WithParts } from "../trace/parts.js" */
/** @import { Store } from "../../shell/store.js" @import { ChosenClasses } from "./classes.js" */
/** @import { ShownLayers } from "./laid.js" @import { Layers } from "./layers.js" */
/** @import { Truths } from "./truths.js" */
import { layerOf } from "../../capsules/overlap.js";
import { MIDDLE, layersOf, pairOf } from "./layers.js";

/**
 * @param {Store<Layers & ChosenClasses & Truths & ShownLayers & Traces & WithParts>} store
 * @param {unknown} _services
 * @param {{look: (source: Layers["source"]) => void}} looking
 * @param {Life} life
 */
export function actions(store, _services, looking, life) {
  /** The trace of the two in the other order: the network sees the same sum. */
  function swapTrace() {
    const { trace, untouched, parts, shownLayers } = store.get();
    if (!trace || !parts.drawing || !("layers" in parts.drawing)) return;
    const drawing = { layers: [...parts.drawing.layers].reverse() };
    const source = pairOf(swapped(shownLayers));
    const arrival = { trace: swappedTrace(trace), untouched: untouched && swappedTrace(untouched), drawing, source };
    store.set(life.arrived(store.get(), { ...arrival, isNew: false, keepDials: true }));
  }

  return {
    /** A and B change places: what was below lies above. What belongs to each goes with it, at once. */
    swapLayers() {
      const { source, clearedLayers, truths, chosenClasses } = store.get();
      swapTrace();
      store.set({
        clearedLayers: swapped(clearedLayers),
        truths: swapped(truths),
        chosenClasses: chosenClasses && swapped(chosenClasses),
      });
      looking.look(pairOf(swapped(layersOf({ source }))));
    },

    /** Both digits go to the middle. */
    centreLayers() {
      const [a, b] = layersOf(store.get());
      if ([a, b].some(({ offset }) => offset.some(Boolean))) {
        looking.look(
          pairOf([
            { ...a, offset: MIDDLE },
            { ...b, offset: MIDDLE },
          ]),
        );
      }
    },
  };
}

/** @template T @param {readonly [T, T]} pair @returns {[T, T]} */
const swapped = ([a, b]) => [b, a];

/** @param {Trace} trace @returns {Trace} */
function swappedTrace(trace) {
  const { geometry, layers } = trace;
  if (!layers) return trace;
  const [a, b] = [layerOf(geometry, layers, 0), layerOf(geometry, layers, 1)];
  return { ...trace, layers: Float32Array.of(...b, ...a) };
}
