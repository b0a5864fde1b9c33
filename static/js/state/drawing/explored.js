/** The drawing that was last looked at in the room "Explore", as a layer of the room "Overlap". */
/** @import { Source } from "../../api/drawing.js" @import { Row } from "../../shell/link.js" */
import { linkOf } from "../../shell/link.js";
import { store, stored } from "../../shell/stored.js";
import { PEN_ROW, PEN_WIDTH, readSource, writeSource } from "./sources.js";

/** The name under which the browser keeps it for the rooms. */
const NAME = "explored";

/** @typedef {{source: Source, penWidth: number}} Explored */

/** @type {Row<Explored>} */
const LAYER_A = {
  key: "a",
  what: "digit A",
  fields: ["source"],
  write: ({ source }) => writeSource(source),
  read: (text) => ({ source: readSource(text) }),
};

/** As `state/pair/layers` has them, so that the text is a link into that room. */
const LINK = linkOf([LAYER_A, PEN_ROW]);

/**
 * The part of an address behind the `#` that shows a drawing as digit A of a pair.
 * @param {Explored} drawn
 * @returns {string} "" for an empty pad
 */
export const asLayer = ({ source, penWidth }) => (source.kind === "empty" ? "" : LINK.write({ source, penWidth }));

/** Keep a drawing for the room "Overlap", where the browser lets us. @param {Explored} drawn */
export const keepExplored = (drawn) => store(NAME, asLayer(drawn));

/** What was kept, as text; "" for nothing. */
export const exploredText = () => stored(NAME) ?? "";

/**
 * @param {string} text from `exploredText`
 * @returns {Explored | null} null where there is nothing, or not all of it
 */
export function readExplored(text) {
  const { patch, lost } = LINK.read(text);
  return patch.source && !lost.length ? { source: patch.source, penWidth: patch.penWidth ?? PEN_WIDTH } : null;
}
