/** The state that a link holds. @import { Source, State } from "../types.js" */
import { fromBase64Url, toBase64Url } from "../lib/base64.js";
import { isTampered, packInterventions, unpackInterventions } from "../lib/interventions.js";
import { clamp } from "../lib/math.js";
import { CLASSES, FEW_CAPSULES, IMAGE, MAX_ITERATIONS, POSE_DIM, PRIMARY, TYPES } from "../lib/network.js";
import { MOST_LENGTH, MOST_OFFSET } from "../lib/reach.js";
import { packStrokes, unpackStrokes } from "../lib/strokes.js";
import { LONGEST_NAME, tidyName } from "./dimensions.js";
import { INITIAL, NO_OFFSETS } from "./initial.js";
import { KEPT_FIELDS } from "./keptlink.js";

/**
 * One row for each thing that a link can hold: `write` leaves out what is as it was at first, `read` may throw,
 * and is told what the rows before it have read.
 * @typedef {{key: string, write: (state: State) => string | null, read: (text: string, before: Partial<State>) => Partial<State>}} Field
 * @type {Field[]}
 */
const FIELDS = [
  {
    key: "strokes",
    write: ({ source }) => (source.kind === "strokes" ? toBase64Url(packStrokes(source.strokes)) : null),
    read: (text) => ({ source: /** @type {Source} */ ({ kind: "strokes", strokes: unpackStrokes(fromBase64Url(text)) }) }),
  },
  {
    key: "digit",
    write: ({ source }) => (source.kind === "digit" ? String(source.index) : null),
    read: (text) => ({ source: { kind: "digit", index: whole(text, 0, 9999) } }),
  },
  {
    key: "pixels",
    write: ({ source }) => (source.kind === "pixels" ? toBase64Url(source.pixels) : null),
    read: (text) => ({ source: { kind: "pixels", pixels: readPixels(text) } }),
  },
  {
    key: "empty",
    write: ({ source, status }) => (source.kind === "empty" && status !== "loading" ? "1" : null),
    read: () => ({ source: { kind: "empty" } }),
  },
  {
    key: "pen",
    write: ({ penWidth }) => unless(penWidth === INITIAL.penWidth, penWidth.toFixed(3)),
    read: (text) => ({ penWidth: number(text, 0.01, 0.3) }),
  },
  { key: "model", write: ({ model }) => model || null, read: (text) => ({ model: text }) },
  {
    key: "iterations",
    write: ({ iterations }) => unless(iterations === INITIAL.iterations, String(iterations)),
    read: (text) => ({ iterations: whole(text, 1, MAX_ITERATIONS), playhead: whole(text, 1, MAX_ITERATIONS) }),
  },
  {
    key: "at",
    write: ({ playhead, iterations }) => unless(playhead === iterations, String(Number(playhead.toFixed(2)))),
    read: (text) => ({ playhead: number(text, 1, MAX_ITERATIONS) }),
  },
  {
    key: "above",
    write: ({ threshold }) => unless(threshold === INITIAL.threshold, threshold.toFixed(3)),
    read: (text) => ({ threshold: number(text, 0, 1) }),
  },
  {
    key: "class",
    write: ({ selectedClass }) => (selectedClass === null ? null : String(selectedClass)),
    read: (text) => ({ selectedClass: whole(text, 0, CLASSES - 1) }),
  },
  {
    key: "owns",
    write: ({ pinnedClass }) => (pinnedClass === null ? null : String(pinnedClass)),
    read: (text) => ({ pinnedClass: whole(text, 0, CLASSES - 1) }),
  },
  {
    key: "capsule", // one or several, in their order
    write: ({ pinnedCapsules }) => unless(!pinnedCapsules.length, pinnedCapsules.join(".")),
    read: (text) => ({ pinnedCapsules: readCapsules(text) }),
  },
  {
    key: "type",
    write: ({ pinnedType }) => (pinnedType === null ? null : String(pinnedType)),
    read: (text) => ({ pinnedType: whole(text, 0, TYPES - 1) }),
  },
  {
    key: "planes", // a class or nothing on either side of the point
    write: ({ planeClasses }) => unless(planeClasses.every((label) => label === null), planeClasses.map((label) => label ?? "").join(".")),
    read: (text) => ({ planeClasses: readPair(text) }),
  },
  {
    key: "points",
    write: ({ planeLook: { colour } }) => unless(colour === INITIAL.planeLook.colour, colour),
    read: (text, { planeLook = INITIAL.planeLook }) => ({ planeLook: { ...planeLook, colour: oneOf(text, ["position", "type"]) } }),
  },
  {
    key: "distance",
    write: ({ planeLook: { distance } }) => unless(distance === INITIAL.planeLook.distance, distance),
    read: (text, { planeLook = INITIAL.planeLook }) => ({ planeLook: { ...planeLook, distance: oneOf(text, ["root", "linear"]) } }),
  },
  {
    key: "dials",
    write: ({ offsets }) => unless(!offsets.some(Boolean), offsets.map(hundredths).join(".")),
    read: (text) => ({ offsets: readOffsets(text) }),
  },
  {
    key: "tamper",
    write: ({ interventions }) => unless(!isTampered(interventions), packInterventions(interventions)),
    read: (text) => ({ interventions: unpackInterventions(text) }),
  },
  {
    key: "length",
    write: ({ poseLength }) => (poseLength === null ? null : String(Number(poseLength.toFixed(3)))),
    read: (text) => ({ poseLength: number(text, 0, MOST_LENGTH) }),
  },
  choice("reach", "dialReach", ["class", "wide"]),
  {
    key: "names",
    write: ({ dialNames }) => Object.entries(dialNames).map(([key, name]) => `${key} ${name}`).join("\n") || null,
    read: (text) => ({ dialNames: readNames(text) }),
  },
  {
    key: "ghost",
    write: ({ ghost }) => unless(ghost, "0"),
    read: (text) => ({ ghost: text !== "0" }),
  },
  choice("compare", "compareWith", ["input", "found"]),
  choice("grid", "sweepReach", ["paper", "class"]),
  choice("order", "sweepOrder", ["number", "change"]),
  {
    key: "dimension",
    write: ({ chosenDimension }) => (chosenDimension === null ? null : String(chosenDimension + 1)),
    read: (text) => ({ chosenDimension: whole(text, 1, POSE_DIM) - 1 }),
  },
  {
    key: "masks",
    write: ({ maskOrder, stretched }) => [maskOrder === "length" && "length", !stretched && "found"].filter(Boolean).join(".") || null,
    read: (text) => ({ maskOrder: text.includes("length") ? "length" : "error", stretched: !text.includes("found") }),
  },
  ...KEPT_FIELDS,
];

/** The part of a link behind the `#`; empty for the first state. @param {State} state */
export function writeLink(state) {
  const given = FIELDS.map(({ key, write }) => [key, write(state)]).filter(([, text]) => text !== null);
  return new URLSearchParams(/** @type {[string, string][]} */ (given)).toString();
}

/** What a link is made of, to be watched; its text would take long to write at each change. @param {State} state */
export const linkParts = (state) => [
  state.source, state.penWidth, state.model, state.iterations, state.playhead, state.threshold, state.selectedClass,
  state.pinnedClass, state.pinnedCapsules, state.pinnedType, state.planeClasses, state.planeLook, state.offsets,
  state.interventions, state.poseLength, state.dialReach, state.dialNames, state.ghost, state.compareWith,
  state.sweepReach, state.sweepOrder, state.chosenDimension, state.maskOrder, state.stretched, state.kept, state.ends,
  state.walked, state.walkAs,
];

/** What a link says; a part that makes no sense is left out. @param {string} hash @returns {Partial<State>} */
export function readLink(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  /** @type {Partial<State>} */
  const patch = {};
  for (const { key, read } of FIELDS) {
    const text = given.get(key);
    if (text === null) continue;
    try {
      Object.assign(patch, read(text, patch));
    } catch (error) {
      console.info(`the link's "${key}" is not understood and left out`, error);
    }
  }
  return patch;
}

/** @param {boolean} initial @param {string} text */
const unless = (initial, text) => (initial ? null : text);

/** @param {string} text @param {number} low @param {number} high */
function number(text, low, high) {
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) throw new RangeError(`no number: ${text}`);
  return clamp(value, low, high);
}

/** @param {string} text @param {number} low @param {number} high */
const whole = (text, low, high) => Math.round(number(text, low, high));

/**
 * A field that is one of a few words, the first of them at first.
 * @param {string} key
 * @param {"dialReach" | "compareWith" | "sweepReach" | "sweepOrder"} name
 * @param {string[]} words
 * @returns {Field}
 */
function choice(key, name, words) {
  return {
    key,
    write: ({ [name]: word }) => unless(word === words[0], word),
    read(text) {
      if (!words.includes(text)) throw new RangeError(`none of ${words.join(", ")}: ${text}`);
      return { [name]: text };
    },
  };
}

/** @param {string} text */
function readPixels(text) {
  const pixels = fromBase64Url(text);
  if (pixels.length !== IMAGE * IMAGE) throw new RangeError(`a picture of ${pixels.length} pixels`);
  return pixels;
}

/** Whole hundredths, or with one decimal behind a low line. @param {number} offset */
const hundredths = (offset) => String(Math.round(offset * 1000) / 10).replace(".", "_");

/** A line for each name: the class, the dimension, the name. @param {string} text */
function readNames(text) {
  const lines = text.split("\n").slice(0, CLASSES * POSE_DIM);
  /** @type {Record<string, string>} */
  const names = {};
  for (const line of lines) {
    const [, key, name] = /^(\d\.(?:1[0-5]|\d)) (.+)$/u.exec(line.slice(0, LONGEST_NAME + 5)) ?? [];
    if (key && tidyName(name)) names[key] = tidyName(name);
  }
  return names;
}

/** @param {string} text */
const readCapsules = (text) => [...new Set(text.split(".").map((part) => whole(part, 0, PRIMARY - 1)))].slice(0, FEW_CAPSULES);

/** @param {string} text @returns {[number | null, number | null]} */
function readPair(text) {
  const [first, second = ""] = text.split(".").map((part) => (part === "" ? null : whole(part, 0, CLASSES - 1)));
  return [first, second === "" ? null : second];
}

/** @template {string} T @param {string} text @param {T[]} choices @returns {T} */
function oneOf(text, choices) {
  const found = choices.find((choice) => choice === text);
  if (!found) throw new RangeError(`none of ${choices.join(", ")}: ${text}`);
  return found;
}

/** @param {string} text */
function readOffsets(text) {
  const most = 100 * MOST_OFFSET;
  const offsets = text.split(".").map((part) => Math.round(10 * number(part.replace("_", "."), -most, most)) / 1000);
  if (offsets.length !== POSE_DIM) return [...NO_OFFSETS];
  return offsets;
}
