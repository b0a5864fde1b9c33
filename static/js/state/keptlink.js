/** The kept drawings and the walk between two of them, in a link. @import { Kept, State } from "../types.js" */
import { fromBase64Url, toBase64Url } from "../lib/base64.js";
import { clamp } from "../lib/math.js";
import { CLASSES } from "../lib/network.js";
import { packStrokes, unpackStrokes } from "../lib/strokes.js";
import { INITIAL, MOST_KEPT, PEN_WIDTH } from "./initial.js";

/** Longer strokes stay in the page alone: a link must fit where links are written. */
const MOST_CHARACTERS = 600;

/** Places on the way, as the slider has them. */
const PLACES = 100;

/** @param {Kept} kept @returns {string | null} an index, or strokes with the pen's width where it is not the first one */
function linkText({ source, penWidth }) {
  if (source.kind === "digit") return String(source.index);
  if (source.kind !== "strokes") return null;
  const text = `s${penWidth === PEN_WIDTH ? "" : Math.round(penWidth * 1000)}*${toBase64Url(packStrokes(source.strokes))}`;
  return text.length > MOST_CHARACTERS ? null : text;
}

/** @param {string} text @returns {Kept} */
function readKept(text) {
  const [, pen, packed] = text.match(/^s(\d*)\*(.+)$/) ?? [];
  if (packed) {
    const strokes = unpackStrokes(fromBase64Url(packed));
    return { source: { kind: "strokes", strokes }, penWidth: pen ? clamp(Number(pen) / 1000, 0.01, 0.3) : PEN_WIDTH };
  }
  if (!/^\d{1,4}$/.test(text)) throw new RangeError(`no kept drawing: ${text}`);
  return { source: { kind: "digit", index: Number(text) }, penWidth: PEN_WIDTH };
}

/** @param {State} state */
function writeWalk({ kept, ends, walked, walkAs }) {
  const inLink = kept.map((one) => linkText(one) !== null);
  const [a, b] = ends.map((end, k) => {
    if (end > 0 && end <= kept.length && !inLink[end - 1]) return INITIAL.ends[k];
    return end - inLink.slice(0, Math.max(0, end - 1)).filter((written) => !written).length;
  });
  const text = [a, b, Math.round(walked * PLACES), walkAs ?? ""].join(".");
  return text === [...INITIAL.ends, INITIAL.walked * PLACES, ""].join(".") ? null : text;
}

/** @param {string} text @returns {Partial<State>} */
function readWalk(text) {
  const parts = text.match(/^([0-8])\.([0-8])\.(\d{1,3})\.(\d?)$/);
  if (!parts) throw new RangeError(`no walk: ${text}`);
  const [a, b, place] = parts.slice(1, 4).map(Number);
  return {
    ends: a === b ? INITIAL.ends : [a, b],
    walked: clamp(place / PLACES, 0, 1),
    walkAs: parts[4] ? clamp(Number(parts[4]), 0, CLASSES - 1) : null,
  };
}

/** @type {import("./url.js").Field[]} */
export const KEPT_FIELDS = [
  {
    key: "kept",
    write: ({ kept }) => kept.map(linkText).filter((text) => text !== null).join(".") || null,
    read: (text) => ({ kept: text.split(".").slice(0, MOST_KEPT).map(readKept) }),
  },
  { key: "walk", write: writeWalk, read: readWalk },
];
