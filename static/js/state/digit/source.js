/** What is looked at: strokes on the pad, a test digit, or a picture. */
/** @import { Task } from "../trace/network.js" @import { Source } from "../../api/drawing.js" */
/** @import { Notices } from "../trace/notices.js" @import { Row } from "../../shell/link.js" */
import { linkOf } from "../../shell/link.js";
import { PEN_ROW, PEN_WIDTH, digitIn, pixelsIn, strokesIn, writePixels, writeStrokes } from "../drawing/sources.js";

/**
 * @typedef {object} Sources
 * @property {Source} source
 * @property {Source | null} cleared what "clear" took away, until something new is drawn
 * @property {number} penWidth of the pad's side
 * @property {Task} task
 */

/** @type {Sources} */
export const initial = { source: { kind: "empty" }, cleared: null, penWidth: PEN_WIDTH, task: "digit" };

/** @type {Row<Sources & Notices>[]} */
export const link = [
  {
    key: "strokes",
    what: "the drawing",
    fields: ["source"],
    write: ({ source }) => (source.kind === "strokes" ? writeStrokes(source.strokes) : null),
    read: (text) => ({ source: { kind: "strokes", strokes: strokesIn(text) } }),
  },
  {
    key: "digit",
    what: "the test digit",
    fields: ["source"],
    write: ({ source }) => (source.kind === "digit" ? String(source.index) : null),
    read: (text) => ({ source: { kind: "digit", index: digitIn(text) } }),
  },
  {
    key: "pixels",
    what: "the picture",
    fields: ["source"],
    write: ({ source }) => (source.kind === "pixels" ? writePixels(source) : null),
    read: (text) => ({ source: pixelsIn(text) }),
  },
  {
    key: "empty",
    what: "the empty pad",
    fields: ["source", "status"],
    write: ({ source, status }) => (source.kind === "empty" && status !== "loading" ? "1" : null),
    read: () => ({ source: { kind: "empty" } }),
  },
  PEN_ROW,
];

const DRAWN = linkOf(link.filter(({ key }) => key !== "empty"));

/**
 * The part of an address behind the `#` that shows a drawing in a room about a digit.
 * @param {Pick<Sources, "source" | "penWidth">} drawn
 * @returns {string} "" for an empty pad
 */
export const asDigit = (drawn) => (drawn.source.kind === "empty" ? "" : DRAWN.write({ ...initial, ...drawn }));
