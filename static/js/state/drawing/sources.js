/** One drawing as the text of a link: strokes, a test digit's number, or a picture. */
/** @import { Stroke } from "../../capsules/types.js" @import { Pair, Source } from "../../api/drawing.js" */
/** @import { Row } from "../../shell/link.js" */
import { LinkText } from "../../shell/link.js";
import { fromBase64Url, toBase64Url } from "../../shell/base64.js";
import { packStrokes, readStrokes } from "../../capsules/strokes.js";

/** Width of the pen in parts of the pad's side; the server's renderer uses the same. */
export const PEN_WIDTH = 1 / 12;

/** The first that is no test digit's number. */
const DIGITS = 10_000;

/**
 * @typedef {object} LookedAt what is looked at, and the pen it is drawn with
 * @property {Source | Pair} source
 * @property {Source | Pair | null} [cleared] what was taken away, until something new is drawn
 * @property {number} penWidth of the pad's side
 */

/**
 * The width of the pen in a link, where it is not the first one.
 * @type {Row<{penWidth: number}>}
 */
export const PEN_ROW = {
  key: "pen",
  what: "the width of the pen",
  fields: ["penWidth"],
  write: ({ penWidth }) => (penWidth === PEN_WIDTH ? null : penWidth.toFixed(3)),
  read: (text) => ({ penWidth: text.number(0.01, 0.3) }),
};

/**
 * What is looked at, as one word: the number of a test digit, or `s` and strokes, or `p` and a picture.
 * @param {Source} source
 * @returns {string | null} null for nothing
 */
export function writeSource(source) {
  if (source.kind === "empty") return null;
  if (source.kind === "digit") return String(source.index);
  return source.kind === "strokes" ? `s${writeStrokes(source.strokes)}` : `p${writePixels(source)}`;
}

/**
 * @param {LinkText} link
 * @param {string} [word] of it; all of it where none is given
 * @returns {Exclude<Source, {kind: "empty"}>}
 * @throws {RangeError} where it is no such word
 */
export function readSource(link, word = link.text) {
  const text = new LinkText(/^[sp]/.test(word) ? word.slice(1) : word);
  const source = sourceIn(word, text);
  if (text.isDoubtful) link.isDoubtful = true;
  return source;
}

/** @param {string} word @param {LinkText} text behind its first letter */
function sourceIn(word, text) {
  if (word.startsWith("s")) return { kind: /** @type {const} */ ("strokes"), strokes: strokesIn(text) };
  if (word.startsWith("p")) return pixelsIn(text);
  return { kind: /** @type {const} */ ("digit"), index: digitIn(text) };
}

/** @param {Stroke[]} strokes */
export const writeStrokes = (strokes) => toBase64Url(packStrokes(strokes));

/** As many strokes as are whole, and of the last its beginning. @param {LinkText} text @returns {Stroke[]} */
export function strokesIn(text) {
  const usable = text.text.length % 4 === 1 ? text.text.slice(0, -1) : text.text; // a cut may leave a lone character
  const bytes = bytesOf(usable);
  const { strokes, isWhole } = readStrokes(bytes);
  if (!isWhole || usable !== text.text) text.isDoubtful = true;
  if (!strokes.length) throw new RangeError("no strokes");
  return strokes;
}

/** @param {LinkText} text @returns {number} of a test digit */
export function digitIn(text) {
  const index = text.index();
  if (index >= DIGITS) throw new RangeError(`no test digit: ${index}`);
  return index;
}

/**
 * Of a picture that is no square the width stands before its pixels.
 * @param {Extract<Source, {kind: "pixels"}>} source
 */
export function writePixels({ pixels, width }) {
  const isSquare = width === undefined || width * width === pixels.length;
  return `${isSquare ? "" : `${width}*`}${toBase64Url(pixels)}`;
}

/** @param {LinkText} text @returns {Extract<Source, {kind: "pixels"}>} */
export function pixelsIn({ text }) {
  const [, given = "", packed] = /^(?:(\d{1,3})\*)?(.+)$/.exec(text) ?? [];
  const pixels = bytesOf(packed ?? "");
  const width = given ? Number(given) : Math.sqrt(pixels.length);
  const height = pixels.length / width;
  const isPicture = pixels.length > 0 && Number.isInteger(width) && Number.isInteger(height);
  if (!isPicture) throw new RangeError(`a picture of ${pixels.length} pixels`);
  return { kind: "pixels", pixels, ...(given && { width }) };
}

/** @param {string} text @returns {Uint8Array} @throws {RangeError} where it is no base64 */
export function bytesOf(text) {
  try {
    return fromBase64Url(text);
  } catch (cause) {
    throw new RangeError("no base64", { cause });
  }
}
