/** What the numbers of a pose mean: the measured ranges and names, and the visitor's own names. */
/** @import { Dimensions } from "../../capsules/types.js" @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Arrival } from "../compose.js" @import { Choice } from "../trace/choosing.js" */
/** @import { Network } from "../trace/network.js" */
/** @import { Traces } from "../trace/traces.js" @import { Troubles } from "../trace/troubles.js" */
/** @import { Dials } from "./dials.js" */
/** @import { Store } from "../../shell/store.js" @import { LinkText, Row } from "../../shell/link.js" */
import { once } from "../../shell/once.js";
import { DIAL_REACH } from "../../capsules/reach.js";
import { choice } from "../../shell/link.js";
import { foundPose, shownClass } from "../trace/choosing.js";
import { wasMeasured } from "../trace/network.js";
import { attempt } from "../trace/troubles.js";
import { offsetOf } from "./dials.js";

export const LONGEST_NAME = 40;

/** So many names fit into a link. */
const MOST_NAMES = 640;

/**
 * @typedef {Readonly<Record<string, string>>} Names by `label.dimension`
 *
 * @typedef {object} Measured
 * @property {"class" | "wide"} dialReach how far the dials go: as the digits of the class, or further
 * @property {Readonly<Record<string, Names>>} dialNames names that the visitor gave, by the model; "" for the model
 *   that
 *   answers where a link names none
 * @property {Readonly<Record<string, Dimensions>>} dimensions by the model and the class
 */

/** @type {Measured} */
export const initial = { dialReach: "class", dialNames: {}, dimensions: {} };

/** @type {Row<Measured & Network>[]} */
export const link = [
  choice("reach", "how far the dials go", "dialReach", ["class", "wide"]),
  {
    key: "names",
    what: "the names of the dials",
    fields: ["dialNames", "model"],
    write: ({ dialNames, model }) => writeNames(dialNames, model),
    read: (text, { model = "" }) => ({ dialNames: readNames(text, model) }),
  },
];

/**
 * The names of the network on the page come first; those of another stand below a line with its name.
 * @param {Measured["dialNames"]} all
 * @param {string} model
 */
function writeNames(all, model) {
  const { [model]: own = {}, ...others } = all;
  const lines = (/** @type {Names} */ names) => Object.entries(names).map(([key, name]) => `${key} ${name}`);
  const rest = Object.entries(others).flatMap(([name, names]) => [`@${name}`, ...lines(names)]);
  return [...lines(own), ...rest].join("\n") || null;
}

/** @param {LinkText} link @param {string} model @returns {Measured["dialNames"]} */
function readNames(link, model) {
  // A name always follows a space: where there is none, the text was escaped twice.
  const text = / /.test(link.raw) ? link.raw : (new URLSearchParams(`_=${link.raw}`).get("_") ?? "");
  /** A map first: a model of a link may be called anything. @type {Map<string, Record<string, string>>} */
  const names = new Map();
  let of = model;
  for (const line of text.split(/\r?\n/).slice(0, MOST_NAMES)) {
    const [, key, name] = /^(\d{1,2}\.\d{1,2}) (.+)$/u.exec(line.slice(0, LONGEST_NAME + 6)) ?? [];
    if (line.startsWith("@")) of = line.slice(1);
    else if (key && tidyName(name)) names.set(of, { ...names.get(of), [key]: tidyName(name) });
    else link.isDoubtful = true;
  }
  if (!names.size) throw new RangeError("no names");
  return Object.fromEntries(names);
}

/**
 * Names of a link that names no model are those of the model that answers.
 * @param {Measured} state
 * @param {Arrival} arrival
 * @returns {Partial<Measured>}
 */
export function arrived({ dialNames: { "": nameless, ...others } }, { trace }) {
  return nameless ? { dialNames: { ...others, [trace.model]: { ...nameless, ...others[trace.model] } } } : {};
}

/**
 * A name of a dial that this network does not have is let go of.
 * @param {Measured & Network} state
 * @param {Geometry} geometry
 * @returns {Partial<Measured>}
 */
export function fitted({ dialNames, model }, { classes, poseDim }) {
  const own = Object.entries(dialNames[model] ?? {});
  const fitting = own.filter(([key]) => {
    const [label, dimension] = key.split(".").map(Number);
    return label < classes && dimension < poseDim;
  });
  return fitting.length === own.length ? {} : { dialNames: { ...dialNames, [model]: Object.fromEntries(fitting) } };
}

/** @param {{needDimensions: () => unknown}} actions */
export const traced = ({ needDimensions }) => needDimensions();

/** @param {{needDimensions: () => unknown}} actions */
export const chosen = ({ needDimensions }) => needDimensions();

/**
 * @param {Store<Measured & Choice & Traces & Network & Troubles>} store
 * @param {{fetchDimensions: typeof import("../../api/client.js").fetchDimensions}} services
 */
export function actions(store, { fetchDimensions }) {
  const ask = once();
  return {
    /**
     * What was measured of the shown class; each class of each network is asked for once.
     * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
     */
    async needDimensions() {
      const { trace } = store.get();
      const label = shownClass(store.get());
      if (!trace || label === null || !wasMeasured(store.get(), "dimensions")) return 0;
      const { model } = trace;
      const key = keyOf(model, label);
      if (store.get().dimensions[key]) return 0;
      // What is not asked for again at once is asked for with the next digit.
      return attempt(store, { name: "dimensions", key }, () => ask(key, () => fetchDimensions({ model, label })), {
        take: (found) => store.set({ dimensions: { ...store.get().dimensions, [key]: found } }),
      });
    },

    /** @param {number} dimension @param {string} text empty for the measured name */
    renameDial(dimension, text) {
      const { dialNames, trace } = store.get();
      const label = shownClass(store.get());
      if (label === null || !trace) return;
      const { [nameKey(label, dimension)]: _, ...others } = dialNames[trace.model] ?? {};
      const name = tidyName(text);
      const own = name ? { ...others, [nameKey(label, dimension)]: name } : others;
      store.set({ dialNames: { ...dialNames, [trace.model]: own } });
    },

    /** @param {Measured["dialReach"]} dialReach */
    setDialReach: (dialReach) => store.set({ dialReach }),
  };
}

/** @param {string} model @param {number} label */
const keyOf = (model, label) => `${model} ${label}`;

/** The key of a name that the visitor gives. @param {number} label @param {number} dimension */
export const nameKey = (label, dimension) => `${label}.${dimension}`;

/** A name as it is kept: one line, not too long. @param {string} text */
export const tidyName = (text) => text.replace(/\s+/g, " ").trim().slice(0, LONGEST_NAME);

/**
 * What was measured of the shown class, or null while it is not known or was not measured.
 * @param {Measured & Choice & Traces} state
 */
export function dimensionsOf(state) {
  const label = shownClass(state);
  return (state.trace && label !== null && state.dimensions[keyOf(state.trace.model, label)]) || null;
}

/** Whether it is known that nothing was measured. @param {Traces & Network} state */
export const isUnmeasured = (state) => wasMeasured(state, "dimensions") === false;

/**
 * How far each dial goes, from what was found: over the digits of its class, the found number always among them, or
 * as far as the wide dials go; and where a dial stands further out, as far as it stands.
 * @param {Measured & Choice & Traces & Dials} state
 * @returns {{low: number, high: number}[]} (D), in whole hundredths
 */
export function dialRanges(state) {
  const measured = state.dialReach === "class" ? dimensionsOf(state) : null;
  const found = foundPose(state);
  return Array.from(found ?? [], (number, d) => {
    const offset = offsetOf(state, d);
    let [low, high] = [-DIAL_REACH, DIAL_REACH];
    if (measured) {
      const { mean, deviation } = measured.dimensions[d];
      low = Math.min(0, mean - measured.reach * deviation - number);
      high = Math.max(0, mean + measured.reach * deviation - number);
    }
    return {
      low: Math.floor(100 * Math.min(low, offset) + 1e-6) / 100,
      high: Math.ceil(100 * Math.max(high, offset) - 1e-6) / 100,
    };
  });
}

/**
 * What a dial is called: by the visitor, or as measured, or not at all.
 * @param {Measured & Choice & Traces} state
 * @param {number} dimension
 */
export function dialName(state, dimension) {
  const label = shownClass(state);
  const names = state.dialNames[state.trace?.model ?? ""];
  const given = label === null ? undefined : names?.[nameKey(label, dimension)];
  return given ?? dimensionsOf(state)?.dimensions[dimension].name ?? "";
}
