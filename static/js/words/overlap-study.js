/** How much overlap matters, in words: every number is taken from what was measured. */
/** @import { Measure, Misread, Placement, Point, TwoClasses } from "../capsules/overlap-study.js" */
/** @import { OverlapBin, OverlapStudy } from "../capsules/types.js" */
import { overlapping } from "../capsules/intervals.js";
import { between, emptyBins, seriesOf, totalOf, trainedReading } from "../capsules/overlap-study.js";
import { fixed, percentText, shareParts, thousands } from "../shell/format.js";
import { countWord } from "./numbers.js";

/** The pairs, as a text names them. @type {Record<Placement, string>} */
const PAIRS = { centred: "centred pairs", tested: "test pairs" };

/** Below the axis. @type {Record<Measure, string>} */
export const AXIS_TEXT = {
  box: "the overlap of the two boxes around the ink: their common area, as a share of what both cover",
  ink: "shared ink: what lies in both digits, as a share of the ink of the one with less",
  distance: "the distance between the middles of the two digits’ pictures, in pixels",
};

/** Which pairs these are. @param {Placement} placement @param {OverlapStudy} study */
export const placementText = (placement, { pairs }) =>
  placement === "centred"
    ? `${thousands(pairs)} pairs of test digits around the middle of the picture: one is moved by so much, the other by as much the other way. So their overlap differs, and the middle of the pair does not.`
    : `${thousands(pairs)} pairs of test digits, each moved its own way, as in the network’s test. So the middle of a pair may lie off that of the picture.`;

/** A share and its 95 % interval in a sentence. @param {Pick<Misread, "share" | "interval">} misread */
export const sureText = (misread) => shareParts(misread).join(" ");

/** A share without needless decimals: 12.5 or 25. @param {number} value in [0, 1] */
const short = (value) => String(Number(fixed(100 * value, 1)));

/** "12.5 to 25 %", "2 to 4 pixels". @param {Measure} measure @param {{low: number, high: number}} range */
export const rangeText = (measure, { low, high }) =>
  measure === "distance" ? `${low} to ${Number(fixed(high, 1))} pixels` : `${short(low)} to ${short(high)} %`;

/** A place on the axis. @param {Measure} measure @param {number} value */
export const valueText = (measure, value) => (measure === "distance" ? fixed(value, 0) : `${short(value)} %`);

/**
 * A number of iterations, as a row or a column is called.
 * @param {number | null} iterations null for a network without capsules
 * @param {{trained: number | null, classes: number}} network
 */
export function wayText(iterations, { trained, classes }) {
  if (iterations === null) return "this network";
  const name = `${iterations} iteration${iterations === 1 ? "" : "s"}`;
  const even = iterations === 1 ? `: uniform couplings, c = 1/${classes}` : "";
  return `${name}${even}${iterations === trained ? ", as in training" : ""}`;
}

/** The same in a narrow place. @param {number | null} iterations */
export const shortWayText = (iterations) =>
  iterations === null ? "misread" : `${iterations} iteration${iterations === 1 ? "" : "s"}`;

/** What is left out. @param {Measure} measure @param {OverlapBin[]} bins */
export function emptyText(measure, bins) {
  const ranges = emptyBins(bins).map((bin) => rangeText(measure, bin));
  return ranges.length ? `Without a single pair, and so left out: ${ranges.join(", ")}.` : "";
}

/** @type {Record<Measure, (value: number) => string>} */
const OWN = {
  box: (value) => `its boxes overlap by ${Math.round(100 * value)} %`,
  ink: (value) => `it shares ${Math.round(100 * value)} % of its ink`,
  distance: (value) => `its digits lie ${fixed(value, 1)} pixels apart`,
};

/**
 * Where the pair on the page lies, and how such pairs fare.
 * @param {Measure} measure
 * @param {number} value
 * @param {{placement: Placement, point: Point | null, iterations: number | null}} found `point` is its bin
 */
export function ownText(measure, value, { placement, point, iterations }) {
  const own = `This pair (the line): ${OWN[measure](value)}.`;
  if (!point) return `${own.replace(" (the line)", "")} No pair that was measured lies there.`;
  const read = iterations === null ? "" : ` with ${shortWayText(iterations)}`;
  return `${own} Of the ${thousands(point.pairs)} ${PAIRS[placement]} from ${rangeText(measure, point)}, ${sureText(point)} are misread${read}.`;
}

/** The pairs that overlap little and those that overlap much: bounds of whole bins. @type {Record<Measure, Levels>} */
const LEVELS = {
  box: {
    little: [0, 0.25],
    much: [0.5, 1],
    words: ["whose boxes overlap by less than 25 %", "whose boxes overlap by 50 % or more"],
  },
  ink: {
    little: [0, 0.25],
    much: [0.5, 1],
    words: ["that share less than 25 % of their ink", "that share 50 % or more"],
  },
  distance: {
    little: [8, Infinity],
    much: [0, 4],
    words: ["that lie 8 pixels or more apart", "that lie less than 4 pixels apart"],
  },
};

/** @typedef {{little: [number, number], much: [number, number], words: [string, string]}} Levels */

/**
 * Whether pairs that overlap more are misread more often.
 * @param {OverlapStudy} study
 * @param {Placement} placement
 * @param {Measure} measure
 */
export function overlapText(study, placement, measure) {
  const { little, much, words } = LEVELS[measure];
  const k = trainedReading(study);
  const [few, many] = [little, much].map(([low, high]) => between(study[placement][measure], low, high, k));
  if (!few || !many) return "";
  const told = `Of the ${PAIRS[placement]} ${words[0]}, ${sureText(few)} are misread; of those ${words[1]}, ${sureText(many)}.`;
  const more = many.share > few.share ? "more" : "less";
  return overlapping(few.interval, many.interval)
    ? `${told} These intervals overlap, so the difference is not sure.`
    : `${told} So pairs that overlap more are misread ${more} often.`;
}

/**
 * What may be said of routing, and what not.
 * @param {OverlapStudy} study
 * @param {Placement} placement
 * @param {Measure} measure
 */
export function routingText(study, placement, measure) {
  const { trained_with: trained } = study;
  if (trained === null || trained < 2) return "";
  const series = seriesOf(study, placement, measure);
  const [uniform, routed] = [1, trained].map((count) => series.find(({ iterations }) => iterations === count));
  if (!uniform || !routed) return "";
  const [first, last] = [uniform, routed].map(({ reading }) => totalOf(reading));
  const ranges = uniform.points.length;
  const apart = uniform.points.filter(({ interval }, k) => !overlapping(interval, routed.points[k].interval)).length;
  const all = `With one iteration all couplings are uniform, so that is reading without routing: it misreads ${sureText(first)} of all ${PAIRS[placement]}, ${trained} iterations ${sureText(last)}.`;
  const here = apart
    ? `In ${countWord(apart)} of ${countWord(ranges)} ranges their intervals lie apart.`
    : `In each of the ${countWord(ranges)} ranges their intervals overlap. So it is not proven that routing helps where digits overlap.`;
  return `${all} ${here} Nothing was tested pair by pair, and the network was trained with ${trained} iterations alone.`;
}

/**
 * Which two classes are hardest.
 * @param {TwoClasses[]} ranked the hardest first
 * @param {readonly string[]} names of the classes
 */
export function hardestText(ranked, names) {
  if (ranked.length < 4) return "";
  const both = (/** @type {TwoClasses} */ { labels: [a, b] }) => `${names[a]} and ${names[b]}`;
  const [first, second, third] = ranked;
  const easiest = ranked[ranked.length - 1];
  const counts = ranked.map(({ pairs }) => pairs);
  const next = [second, third].map((two) => `${both(two)} (${percentText(two.share)})`).join(" and ");
  return `Hardest are ${both(first)}: ${sureText(first)} of their ${first.pairs} test pairs are misread. Then come ${next}. Easiest are ${both(easiest)}: ${sureText(easiest)}. Two classes meet in only ${Math.min(...counts)} to ${Math.max(...counts)} pairs, so the order is uncertain.`;
}

/**
 * Which digit gets lost.
 * @param {readonly (number | null)[]} shares (C)
 * @param {readonly string[]} names
 */
export function lostText(shares, names) {
  const ranked = shares
    .flatMap((value, label) => (value === null ? [] : [{ value, name: names[label] }]))
    .sort((a, b) => b.value - a.value);
  if (ranked.length < 2) return "";
  const [most, least] = [ranked[0], ranked[ranked.length - 1]];
  return `Lost most often: ${most.name}, in ${percentText(most.value)} of its pairs. Least often: ${least.name}, in ${percentText(least.value)}.`;
}

/** How two classes fare together. @param {TwoClasses} two @param {readonly string[]} names */
export const classesText = ({ labels: [a, b], pairs, errors, lost, ...misread }, names) =>
  `${names[a]} and ${names[b]}: ${errors} of ${pairs} pairs are misread, ${sureText(misread)}. ${names[a]} is lost in ${lost[0]} of them, ${names[b]} in ${lost[1]}.`;

/** @param {string} model */
export const unmeasuredText = (model) =>
  `Of this network it has not been measured. Run “capsnet study-overlap --model ${model}” to do it.`;
