/** Two digits over each other: what each is, and where it lies. */
/** @import { Offset } from "../../capsules/overlap.js" */
/** @import { Geometry } from "../../capsules/geometry.js" @import { Traces } from "../trace/traces.js" */
/** @import { Layer, Pair, Source } from "../../api/drawing.js" @import { Network, Task } from "../trace/network.js" */
/** @import { LinkText, Row } from "../../shell/link.js" @import { Store } from "../../shell/store.js" */
/** @import { Pen } from "../drawing/pen.js" @import { Notices } from "../trace/notices.js" */
import { withOne } from "../../shell/arrays.js";
import { PEN_ROW, PEN_WIDTH, readSource, writeSource } from "../drawing/sources.js";
import { penOn } from "../drawing/pen.js";
import { clamp } from "../../shell/math.js";
import { geometryNow } from "../trace/network.js";

/** Which of the two layers: 0 for A, the one below, and 1 for B. @typedef {0 | 1} Which */

/** What the two layers are called. */
export const LAYER_NAMES = /** @type {const} */ (["A", "B"]);

/** What the ids and classes of their parts on the page end with. */
export const ENDINGS = /** @type {const} */ (["a", "b"]);

/** Where a layer lies that was not moved. @type {Offset} */
export const MIDDLE = [0, 0];
/** @type {Layer} */
const NOTHING = { source: { kind: "empty" }, offset: MIDDLE };
/** Farther than any picture that a network sees is wide: a link holds no more. */
const FARTHEST = 99;

/**
 * @typedef {object} Layers
 * @property {Pair | {kind: "empty"}} source both layers; empty where both are
 * @property {readonly [Source | null, Source | null]} clearedLayers what was taken off each, until it is drawn on
 * @property {number} penWidth of a pad's side
 * @property {Task} task
 */

/** @type {Layers} */
export const initial = {
  source: { kind: "empty" },
  clearedLayers: [null, null],
  penWidth: PEN_WIDTH,
  task: "pair",
};

/** The two layers, empty or not. @param {Pick<Layers, "source">} state @returns {Pair["layers"]} */
export const layersOf = ({ source }) => (source.kind === "pair" ? source.layers : [NOTHING, NOTHING]);

/** Two layers as what is looked at. @param {readonly [Layer, Layer]} layers @returns {Layers["source"]} */
export const pairOf = (layers) =>
  layers.every(({ source }) => source.kind === "empty") ? { kind: "empty" } : { kind: "pair", layers };

/** @type {Row<Layers & Notices>[]} */
export const link = [rowOf(0, "a"), rowOf(1, "b"), PEN_ROW];

/**
 * A layer in the link: what it is, then where it lies unless that is the middle: `7*2.-3`.
 * @param {Which} k
 * @param {string} key
 * @returns {Row<Layers & Notices>}
 */
function rowOf(k, key) {
  return {
    key,
    what: `digit ${LAYER_NAMES[k]}`,
    fields: ["source", "status"],
    write(state) {
      const isBlank = state.source.kind === "empty" && state.status !== "loading";
      if (isBlank) return k === 0 ? EMPTY : null;
      return writeLayer(layersOf(state)[k]);
    },
    read: (text, { source = initial.source }) => ({
      source: pairOf(withOne(layersOf({ source }), k, readLayer(text))),
    }),
  };
}

const EMPTY = "-";

/** @param {Layer} layer */
function writeLayer({ source, offset }) {
  const text = writeSource(source);
  return text && offset.some(Boolean) ? `${text}@${offset.join(".")}` : text;
}

/** @param {LinkText} link @returns {Layer} */
function readLayer(link) {
  if (link.text === EMPTY) return NOTHING;
  const [what, where] = link.text.split("@");
  const offset = where === undefined ? MIDDLE : offsetIn(link, where);
  return { source: readSource(link, what), offset };
}

/** @param {LinkText} link @param {string} text @returns {Offset} */
function offsetIn(link, text) {
  const [down, right] = text.split(".");
  return [link.whole(-FARTHEST, FARTHEST, down ?? ""), link.whole(-FARTHEST, FARTHEST, right ?? "")];
}

/** @param {Layer} layer */
const isDrawn = ({ source }) => source.kind === "strokes";

/** The same strokes as another source: what was read of the one before is of another pen. @param {Layer} layer */
const redrawn = (layer) => (isDrawn(layer) ? { ...layer, source: { ...layer.source } } : layer);

/**
 * How far a layer may be moved from the middle, in pixels: beyond that nothing of it could be left.
 * @param {Geometry} geometry
 */
export const farthest = ({ height }) => Math.floor(height / 2);

/**
 * @param {Store<Layers & Network & Traces>} store
 * @param {unknown} _services
 * @param {{look: (source: Layers["source"]) => void, lookAtNew: (source: Layers["source"]) => void,
 *   clear: () => void}} looking
 */
export function actions(store, _services, looking) {
  /** @param {Which} k @param {Partial<Layer>} change @returns {Layers["source"]} */
  const changed = (k, change) => {
    const layers = layersOf(store.get());
    return pairOf(withOne(layers, k, { ...layers[k], ...change }));
  };

  /** @param {Which} k @param {Source | null} source */
  function remember(k, source) {
    store.set({ clearedLayers: withOne(store.get().clearedLayers, k, source) });
  }

  /** @param {Which} k @param {Source} source @param {(source: Layers["source"]) => void} look */
  function put(k, source, look) {
    remember(k, null);
    look(changed(k, { source }));
  }

  const own = {
    /** Another digit on a layer; it lies where the one before lay. @param {Which} k @param {Source} source */
    setLayer: (k, source) => put(k, source, looking.lookAtNew),

    /** Both at once. @param {readonly [Layer, Layer]} layers */
    lookAtPair(layers) {
      store.set({ clearedLayers: initial.clearedLayers });
      looking.lookAtNew(pairOf(layers));
    },

    /** @param {Which} k @param {Offset} offset in pixels from the middle */
    moveLayer(k, offset) {
      const geometry = geometryNow(store.get());
      if (!geometry) return; // until the networks are known, nothing says how far a digit may go
      const most = farthest(geometry);
      const next = /** @type {Offset} */ (offset.map((by) => clamp(Math.round(by), -most, most)));
      const layer = layersOf(store.get())[k];
      if (layer.source.kind === "empty" || next.every((by, axis) => by === layer.offset[axis])) return;
      looking.look(changed(k, { offset: next }));
    },

    /** @param {Which} k */
    clearLayer(k) {
      const { source } = layersOf(store.get())[k];
      if (source.kind === "empty") return;
      remember(k, source);
      const left = changed(k, { source: NOTHING.source });
      if (left.kind === "empty") looking.clear();
      else looking.lookAtNew(left);
    },

    /** The pen of a layer's pad. @param {Which} k @returns {Pen} */
    penOf: (k) => pens[k],

    /** What was drawn is drawn with the new pen, on both pads at once. @param {number} penWidth of a pad's side */
    setPenWidth(penWidth) {
      store.set({ penWidth });
      const [a, b] = layersOf(store.get());
      if (isDrawn(a) || isDrawn(b)) looking.look(pairOf([redrawn(a), redrawn(b)]));
    },
  };

  const pens = /** @type {const} */ ([0, 1]).map((k) =>
    penOn({
      source: () => layersOf(store.get())[k].source,
      cleared: () => store.get().clearedLayers[k],
      look: (source) => put(k, source, looking.look),
      lookAtNew: (source) => own.setLayer(k, source),
      clear: () => own.clearLayer(k),
    }),
  );
  return own;
}
