/** The kept drawings and the walk between two of them, in a link. */
/** @import { Source } from "../../api/drawing.js" @import { LinkText, Row } from "../../shell/link.js" */
import { toBase64Url } from "../../shell/base64.js";
import { clamp } from "../../shell/math.js";
import { packStrokes, unpackStrokes } from "../../capsules/strokes.js";
import { PEN_WIDTH, bytesOf } from "../drawing/sources.js";

/**
 * @typedef {{source: Source, penWidth: number}} Kept a drawing that is kept beside the one on the pad
 *
 * @typedef {object} Keepsakes
 * @property {readonly Kept[]} kept up to eight drawings to walk between
 * @property {readonly [number, number]} ends where the walk begins and ends: 0 is the drawing on the pad, k the k-th
 *   kept one
 * @property {number} walked how far the walk has come, in [0, 1]
 * @property {number | null} walkAs the class whose capsules the walk takes; null for the class that A is read as
 */

/** So many drawings are kept at most, beside the one on the pad. */
export const MOST_KEPT = 8;

/** Longer strokes stay in the page alone: a link must fit where links are written. */
const MOST_CHARACTERS = 600;

/** Stands in a link for a drawing that it does not hold: whoever opens it is told. */
const LEFT_OUT = "x";

/** Places on the way, as the slider has them. */
const PLACES = 100;

/** @type {Keepsakes} */
export const FIRST = { kept: [], ends: [0, 1], walked: 0.5, walkAs: null };

/**
 * @param {Kept} kept
 * @returns {string | null} an index, or strokes with the pen's width where it is not the first one
 */
function linkText({ source, penWidth }) {
  if (source.kind === "digit") return String(source.index);
  if (source.kind !== "strokes") return null;
  const text = `s${penWidth === PEN_WIDTH ? "" : Math.round(penWidth * 1000)}*${toBase64Url(packStrokes(source.strokes))}`;
  return text.length > MOST_CHARACTERS ? null : text;
}

/** Whether a link holds it: no picture, and no drawing of very many points. @param {Kept} kept */
export const isInLink = (kept) => linkText(kept) !== null;

/** @param {string} text @returns {Kept} @throws {RangeError} */
function readKept(text) {
  const [, pen, packed] = text.match(/^s(\d*)\*(.+)$/) ?? [];
  if (packed) {
    const strokes = unpackStrokes(bytesOf(packed));
    return { source: { kind: "strokes", strokes }, penWidth: pen ? clamp(Number(pen) / 1000, 0.01, 0.3) : PEN_WIDTH };
  }
  if (!/^\d{1,4}$/.test(text)) throw new RangeError(`no kept drawing: ${text}`);
  return { source: { kind: "digit", index: Number(text) }, penWidth: PEN_WIDTH };
}

/** @param {Keepsakes} state */
function writeWalk({ kept, ends, walked, walkAs }) {
  const inLink = kept.map(isInLink);
  const [a, b] = ends.map((end) => {
    if (end > 0 && end <= kept.length && !inLink[end - 1]) return LEFT_OUT;
    return end - inLink.slice(0, Math.max(0, end - 1)).filter((written) => !written).length;
  });
  const text = [a, b, Math.round(walked * PLACES), walkAs ?? ""].join(".");
  return text === [...FIRST.ends, FIRST.walked * PLACES, ""].join(".") ? null : text;
}

/** @param {LinkText} link @returns {Partial<Keepsakes>} */
function readWalk(link) {
  const { text } = link;
  const parts = text.match(/^([0-8x])\.([0-8x])\.(\d{1,3})\.(\d{0,2})$/);
  if (!parts) throw new RangeError(`no walk: ${text}`);
  const [a, b] = parts.slice(1, 3).map((end, k) => {
    if (end === LEFT_OUT) link.isDoubtful = true; // the walk goes to another drawing than it did
    return end === LEFT_OUT ? FIRST.ends[k] : Number(end);
  });
  const place = Number(parts[3]);
  return {
    ends: a === b ? FIRST.ends : [a, b],
    walked: clamp(place / PLACES, 0, 1),
    walkAs: parts[4] ? Number(parts[4]) : null,
  };
}

/** @type {Row<Keepsakes>[]} */
export const KEPT_ROWS = [
  {
    key: "kept",
    what: "the kept drawings",
    fields: ["kept"],
    write: ({ kept }) => kept.map((one) => linkText(one) ?? LEFT_OUT).join(".") || null,
    read: (text) => ({ kept: text.parts(".", readKept, MOST_KEPT) }),
  },
  {
    key: "walk",
    what: "the walk between two digits",
    fields: ["kept", "ends", "walked", "walkAs"],
    write: writeWalk,
    read: readWalk,
  },
];
