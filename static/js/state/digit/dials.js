/** The dials: what is added to each number of a pose, and what the decoder draws from it. Turning turns them. */
/** @import { Trace } from "../../capsules/types.js" @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Arrival } from "../compose.js" @import { Choice } from "../trace/choosing.js" */
/** @import { Traces } from "../trace/traces.js" */
/** @import { LinkText, Row } from "../../shell/link.js" */
import { toLength } from "../../shell/math.js";
import { MOST_LENGTH, MOST_OFFSET } from "../../capsules/reach.js";
import { foundPose } from "../trace/choosing.js";

/**
 * @typedef {{offsets: readonly number[], poseLength: number | null}} DialSetting how the dials stand
 *
 * @typedef {object} Dials
 * @property {readonly number[]} offsets (D), how far each dial was turned; what is missing is 0
 * @property {number | null} poseLength the length that the pose is brought to; null leaves it as its numbers give it
 * @property {DialSetting[]} dialHistory how the dials stood before each turn, the last one at the end
 * @property {Float32Array | null} reconstruction (H, W), what the dials draw
 */

/** The dials as they are when a digit has been read. */
export const UNTOUCHED = { offsets: /** @type {readonly number[]} */ ([]), poseLength: null, dialHistory: [] };

/** @type {Dials} */
export const initial = { ...UNTOUCHED, reconstruction: null };

/** @type {Row<Dials>[]} */
export const link = [
  {
    key: "dials",
    what: "the dials",
    fields: ["offsets"],
    write: ({ offsets }) => (offsets.some(Boolean) ? offsets.map(hundredths).join(".") : null),
    read: (text) => ({ offsets: readOffsets(text) }),
  },
  {
    key: "length",
    what: "the length of the pose",
    fields: ["poseLength"],
    write: ({ poseLength }) => (poseLength === null ? null : String(Number(poseLength.toFixed(3)))),
    read: (text) => ({ poseLength: text.number(0, MOST_LENGTH) }),
  },
];

/** Whole hundredths, or with one decimal behind a low line. @param {number} offset */
const hundredths = (offset) => String(Math.round(offset * 1000) / 10).replace(".", "_");

/** @param {LinkText} text */
function readOffsets(text) {
  const most = 100 * MOST_OFFSET;
  return text.text.split(".").map((part) => Math.round(10 * text.number(-most, most, part.replace("_", "."))) / 1000);
}

/**
 * Dials stay only with the numbers that they were turned of: those of one class of one network. The picture of the
 * winner comes with the trace; any other is asked for.
 * @param {Dials & Traces & Choice} state
 * @param {Arrival} arrival
 * @returns {Partial<Dials>}
 */
export function arrived(state, { trace, isNew, keepDials }) {
  const { trace: before, selectedClass } = state;
  const stay = keepDials && (!before || isSamePose(before, trace, selectedClass));
  const showsWinner = isNew || (selectedClass ?? trace.label) === trace.label;
  const isFound = showsWinner && !(stay && isDialled(state));
  return { reconstruction: isFound ? trace.reconstruction : null, ...(stay ? {} : UNTOUCHED) };
}

/** @param {Trace} before @param {Trace} after @param {number | null} chosen the class, whatever is predicted */
const isSamePose = (before, after, chosen) =>
  before.model === after.model && (chosen ?? before.label) === (chosen ?? after.label);

export const cleared = initial;

/** @param {Dials} state @param {Geometry} geometry @returns {Partial<Dials>} */
export const fitted = ({ offsets }, { poseDim }) =>
  offsets.length && offsets.length !== poseDim ? { offsets: UNTOUCHED.offsets } : {};

/** How far a dial is turned. @param {Pick<Dials, "offsets">} state @param {number} dimension */
export const offsetOf = ({ offsets }, dimension) => offsets[dimension] ?? 0;

/** The pose with the dials as they stand. @param {Dials & Choice & Traces} state @returns {Float32Array | null} (D) */
export function dialledPose(state) {
  const turned = foundPose(state)?.map((number, d) => number + offsetOf(state, d)) ?? null;
  return turned && state.poseLength !== null ? toLength(turned, state.poseLength) : turned;
}

/** @param {Pick<Dials, "offsets" | "poseLength">} state */
export const isDialled = (state) => state.poseLength !== null || state.offsets.some((offset) => offset !== 0);
