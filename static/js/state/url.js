/** The state that a link holds. @import { Source, State } from "../types.js" */
import { fromBase64Url, toBase64Url } from "../lib/base64.js";
import { clamp } from "../lib/math.js";
import { CLASSES, IMAGE, MAX_ITERATIONS, POSE_DIM, PRIMARY } from "../lib/network.js";
import { packStrokes, unpackStrokes } from "../lib/strokes.js";
import { DIAL_REACH, INITIAL, NO_OFFSETS } from "./initial.js";
import { KEPT_FIELDS } from "./keptlink.js";

/**
 * One row for each thing that a link can hold: `write` leaves out what is as it was at first, `read` may throw.
 * @typedef {{key: string, write: (state: State) => string | null, read: (text: string) => Partial<State>}} Field
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
    key: "capsule",
    write: ({ pinnedCapsule }) => (pinnedCapsule === null ? null : String(pinnedCapsule)),
    read: (text) => ({ pinnedCapsule: whole(text, 0, PRIMARY - 1) }),
  },
  {
    key: "dials",
    write: ({ offsets }) => unless(!offsets.some(Boolean), offsets.map((offset) => Math.round(offset * 100)).join(".")),
    read: (text) => ({ offsets: readOffsets(text) }),
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

/** What a link says; a part that makes no sense is left out. @param {string} hash @returns {Partial<State>} */
export function readLink(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  /** @type {Partial<State>} */
  const patch = {};
  for (const { key, read } of FIELDS) {
    const text = given.get(key);
    if (text === null) continue;
    try {
      Object.assign(patch, read(text));
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

/** @param {string} text */
function readPixels(text) {
  const pixels = fromBase64Url(text);
  if (pixels.length !== IMAGE * IMAGE) throw new RangeError(`a picture of ${pixels.length} pixels`);
  return pixels;
}

/** @param {string} text */
function readOffsets(text) {
  const offsets = text.split(".").map((part) => number(part, -100 * DIAL_REACH, 100 * DIAL_REACH) / 100);
  if (offsets.length !== POSE_DIM) return [...NO_OFFSETS];
  return offsets;
}
