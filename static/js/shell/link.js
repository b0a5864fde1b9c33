/**
 * The state as the part of an address behind its `#`.
 *
 * A link looks like `#votes&size=61&digit=3&class=2`. The word without a value, if there is one, is the id of a figure:
 * the page opens there. `size` counts the characters of all that follows, so that a link that was cut is known by it;
 * short links go without. Every other key is a row of a slice.
 *
 * What cannot be read is left out and told. Everything else is restored.
 */
import { splitFragment } from "./fragment.js";

/**
 * @typedef {object} Opened
 * @property {Record<string, any>} patch of the state
 * @property {string} figure id of the figure to open at; "" for none
 * @property {string[]} lost what could not be restored, in words
 */

/**
 * @template S
 * @typedef {object} Row one thing that a link holds
 * @property {string} key
 * @property {string} what it is, in words: "the dials"
 * @property {readonly (keyof S)[]} fields the parts of the state that it is written from: when one changes, the link
 *   does
 * @property {(state: S & any) => boolean} [isMoving] whether they are on the move, and not yet worth writing
 * @property {(state: S) => string | null} write from these fields alone; null leaves it out, as it was at first
 * @property {(text: LinkText, before: Partial<S>) => Partial<S>} read `before` is what the rows before it have read.
 *   Throws RangeError where the text makes no sense
 */

/** A shorter link needs no size: there is hardly anything to cut. */
const SHORT = 40;

/**
 * @param {readonly Row<any>[]} rows
 * @returns {{write: (state: any) => string, parts: (state: any) => unknown[], read: (hash: string) => Opened,
 *   named: (keys: Iterable<string>) => string[]}}
 *   `write` gives the text behind the `#`, "" for the first state; `parts` what a link is made of, to be watched: its
 *   text would take long to write at each change; `named` the words for what is written from these fields
 */
export function linkOf(rows) {
  return {
    write: (state) => write(rows, state),
    parts: (state) => rows.flatMap((row) => row.fields.map((field) => (row.isMoving?.(state) ? null : state[field]))),
    read: (hash) => read(rows, hash),
    named(keys) {
      const changed = new Set(keys);
      return rows.filter((row) => row.fields.some((field) => changed.has(String(field)))).map(({ what }) => what);
    },
  };
}

/** @param {readonly Row<any>[]} rows @param {Record<PropertyKey, unknown>} state */
function write(rows, state) {
  const given = rows.flatMap((row) => {
    const own = Object.fromEntries(row.fields.map((field) => [field, state[field]]));
    const text = row.write(own);
    return text === null ? [] : [/** @type {[string, string]} */ ([row.key, text])];
  });
  const size = sizeOf(given);
  return new URLSearchParams(size < SHORT ? given : [["size", String(size)], ...given]).toString();
}

/** Characters of keys and values, however they are escaped. @param {[string, string][]} given */
const sizeOf = (given) => given.reduce((sum, [key, value]) => sum + key.length + value.length, 0);

/** @param {readonly Row<any>[]} rows @param {string} hash @returns {Opened} */
function read(rows, hash) {
  const { figure, given, isWhole } = split(hash);
  /** @type {Record<string, unknown>} */
  const patch = {};
  /** @type {string[]} */
  const lost = [];
  for (const { key, what, read: readRow } of rows) {
    const text = given.get(key);
    if (text === undefined) continue;
    const told = new LinkText(text);
    try {
      Object.assign(patch, readRow(told, patch));
    } catch (error) {
      if (!(error instanceof RangeError)) console.info(`the link’s “${key}” could not be read`, error);
      told.isDoubtful = true;
    }
    if (told.isDoubtful) lost.push(what);
  }
  const known = new Set(rows.map(({ key }) => key));
  lost.push(...[...given.keys()].filter((key) => !known.has(key)).map((key) => `“${key}”`));
  if (!isWhole && !lost.length) lost.push("its end");
  return { patch, figure, lost: [...new Set(lost)] };
}

/** @param {string} hash */
function split(hash) {
  const asGiven = parse(hash.replace(/^#/, ""));
  return asGiven.isSized && asGiven.isWhole ? asGiven : parse(tidied(hash.replace(/^#/, "")));
}

/** @param {string} hash without its `#` */
function parse(hash) {
  const text = unescapedTwice(hash);
  const { figure, state } = splitFragment(text);
  const pairs = [...new URLSearchParams(state)];
  const size = pairs.find(([key]) => key === "size");
  const rest = pairs.filter(([key]) => key !== "size");
  const isSized = size !== undefined;
  return { figure, given: new Map(rest), isSized, isWhole: !isSized || Number(size[1]) === sizeOf(rest) };
}

/**
 * Without what stands around a link in a text: brackets, quotation marks, commas, the ends of lines.
 * @param {string} text
 */
const tidied = (text) => text.trim().replace(/(?:[)\]}>"',;”’»]|%(?:0D|0A|20|22|3E|E2%80%9D|E2%80%99|C2%BB))+$/i, "");

/** Some programs escape a link that is escaped already. @param {string} text */
function unescapedTwice(text) {
  let plain = text;
  for (let round = 0; round < 3 && !plain.includes("=") && /%(25)*3D/i.test(plain); round++) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      return plain; // it was cut within a “%3D”
    }
  }
  return plain;
}

/** The text of one row, and the ways to read it. */
export class LinkText {
  /** @param {string} raw */
  constructor(raw) {
    this.raw = raw;
    /** Line breaks and spaces come in where a link is copied from a mail. */
    this.text = raw.replace(/\s+/g, "");
    /** Whether it says something else than it once did. */
    this.isDoubtful = false;
  }

  /**
   * A number; one beyond the ends is brought to them, and the row is told as lost.
   * @param {number} low
   * @param {number} high
   * @param {string} [text]
   * @throws {RangeError} where it is no number
   */
  number(low, high, text = this.text) {
    const value = Number(text);
    if (text === "" || !Number.isFinite(value)) throw new RangeError(`no number: ${text}`);
    if (value < low || value > high) this.isDoubtful = true;
    return Math.min(high, Math.max(low, value));
  }

  /** @param {number} low @param {number} high @param {string} [text] @throws {RangeError} where it is no number */
  whole(low, high, text = this.text) {
    return Math.round(this.number(low, high, text));
  }

  /** A place in a list whose end is not known, from 0. @param {string} [text] @throws {RangeError} where it is none */
  index(text = this.text) {
    if (!/^\d{1,6}$/.test(text)) throw new RangeError(`no index: ${text}`);
    return Number(text);
  }

  /**
   * @template {string} T
   * @param {readonly T[]} words
   * @returns {T}
   * @throws {RangeError} where it is none of them
   */
  oneOf(words) {
    const found = words.find((word) => word === this.text);
    if (found === undefined) throw new RangeError(`none of ${words.join(", ")}: ${this.text}`);
    return found;
  }

  /**
   * As many of the parts as make sense, in their order; the others are told as lost.
   * @template T
   * @param {string} separator
   * @param {(part: string) => T} readPart may throw
   * @param {number} [most]
   * @returns {T[]}
   * @throws {RangeError} where none makes sense
   */
  parts(separator, readPart, most = Infinity) {
    const parts = this.text.split(separator);
    const read = parts.slice(0, most).flatMap((part) => {
      try {
        return [readPart(part)];
      } catch {
        return [];
      }
    });
    if (!read.length) throw new RangeError(`nothing in it: ${this.text}`);
    if (read.length < parts.length) this.isDoubtful = true;
    return read;
  }
}

/**
 * A row that is one of a few words, the first of them at first.
 * @template {string} K
 * @param {string} key
 * @param {string} what
 * @param {K} field
 * @param {readonly string[]} words
 * @returns {Row<any>}
 */
export const choice = (key, what, field, words) => ({
  key,
  what,
  fields: [field],
  write: ({ [field]: word }) => (word === words[0] ? null : word),
  read: (link) => ({ [field]: link.oneOf(words) }),
});
