/** How far a digit may go until it is misread, in words. */
/** @import { Limit, Point } from "../capsules/how-far.js" @import { Name } from "../capsules/viewpoint.js" */
import { ENOUGH } from "../capsules/how-far.js";
import { TRANSFORMATIONS, amountText } from "../capsules/viewpoint.js";
import { capital, fixed, lengthText, listText, percentText, signed, thousands } from "../shell/format.js";
import { countWord } from "./numbers.js";
import { probabilityText } from "./viewpoint.js";

/** What the numbers below the axis count. @type {Record<Name, string>} */
export const AXIS_TEXT = {
  thickness: "pixels that a stroke is thicker to each side",
  scale: "size, in times that of the upright digit",
  stretch: "width over height, in times that of the upright digit",
  shear: "pixels to the right for each pixel of height",
  rotation: "rotation in degrees, anticlockwise",
  right: "pixels to the right",
  down: "pixels down",
};

/** An amount below the axis, without its unit. @param {Name} name @param {number} amount */
export function tickText(name, amount) {
  if (name === "rotation") return amountText(name, amount);
  const digits = (String(amount).split(".")[1] ?? "").length;
  return name === "scale" || name === "stretch" ? fixed(amount, digits) : signed(amount, digits);
}

const LEVEL = `${Math.round(100 * ENOUGH)} %`;

/** Which digits were read. @param {number} digits so many */
export const digitsText = (digits) => `the first ${thousands(digits)} test digits`;

/**
 * From where to where one network reads enough digits.
 * @param {string} network
 * @param {{low: Limit, high: Limit} | null} limits
 * @param {{name: Name, digits: number}} of
 */
export function limitText(network, limits, { name, digits }) {
  const of = digitsText(digits);
  if (!limits) return `${network} reads fewer than ${LEVEL} of ${of} rightly, even with this change at rest.`;
  const [from, to] = [limits.low, limits.high].map((limit) => amountText(name, limit.to));
  const beyond = [limits.low, limits.high].flatMap(({ beyond: point }) =>
    point ? `${percentText(point.share)} at ${amountText(name, point.amount)}` : [],
  );
  const told = beyond.length ? ` Then it falls below: ${beyond.join(", ")}.` : " Nothing was measured beyond.";
  return `${network} reads ${LEVEL} or more of ${of} rightly from ${from} to ${to}.${told}`;
}

/** Where a comparison would be of the digits as much as of the networks. */
export const NOT_COMPARED =
  "These networks did not all read the same test digits, so no sentence here compares one with another.";

/**
 * Which network stays above that level furthest, in both directions.
 * @param {readonly {network: string, limits: {low: Limit, high: Limit} | null}[]} all
 * @param {{name: Name, ends: readonly [number, number]}} of
 */
export function furthestText(all, { name, ends }) {
  const found = all.flatMap(({ network, limits }) => (limits ? [{ network, limits }] : []));
  if (found.length < 2) return "";
  const { rest } = TRANSFORMATIONS[name];
  const sides = /** @type {const} */ (["low", "high"]).map((side, k) => {
    const reached = found.map(({ network, limits }) => ({ network, to: limits[side].to }));
    const far = Math.max(...reached.map(({ to }) => Math.abs(to - rest)));
    const first = reached.filter(({ to }) => Math.abs(to - rest) === far);
    const towards = `towards ${amountText(name, ends[k])}`;
    const to = amountText(name, first[0].to);
    if (first.length === found.length) {
      return `${towards} ${found.length === 2 ? "both" : "all"} go equally far, to ${to}`;
    }
    const others = reached.filter((one) => !first.includes(one));
    const behind = others.map(({ network, to: less }) => `${network}: ${amountText(name, less)}`);
    return `${towards} ${listText(first.map(({ network }) => network))} ${first.length > 1 ? "go" : "goes"} furthest, to ${to} (${behind.join(", ")})`;
  });
  return capital(
    `${sides.join("; ")}. Only these amounts were measured: how far it goes between two of them is not known.`,
  );
}

/**
 * Which of the room's two networks reads more digits, amount by amount.
 * @param {{capsule: string, cnn: string}} names
 * @param {{of: number, first: number, second: number}} contest `first` the capsule network
 */
export function contestText({ capsule, cnn }, { of, first, second }) {
  if (!of) return "";
  const unsure = of - first - second;
  if (unsure === of) {
    return `At each of the ${countWord(of)} amounts away from rest the intervals of ${capsule} and ${cnn} overlap: this coarse rule finds no difference.`;
  }
  const parts = [
    first && `at ${countWord(first)} ${capsule} reads more digits rightly`,
    second && `at ${countWord(second)} ${cnn}${first ? "" : " reads more digits rightly"}`,
    unsure && `at ${countWord(unsure)} their intervals overlap, and this coarse rule finds no difference`,
  ].filter(Boolean);
  return `Of the ${countWord(of)} amounts away from rest: ${parts.join("; ")}. This compares ${capsule} and ${cnn} alone.`;
}

/**
 * How many are misread surely at both ends.
 * @param {readonly {network: string, points: readonly Point[]}[]} all
 * @param {Name} name
 */
export function sureWrongText(all, name) {
  const parts = all.flatMap(({ network, points }) => {
    const ends = [points[0], points[points.length - 1]].map(
      ({ amount, sureWrong }) => `${percentText(sureWrong.share)} at ${amountText(name, amount)}`,
    );
    return points.length ? `${network} ${ends.join(" and ")}` : [];
  });
  return parts.length ? `Misread, and surely, of these test digits: ${parts.join("; ")}.` : "";
}

/**
 * What “sure” means.
 * @param {readonly {network: string, hasCapsules: boolean, above: number}[]} all
 */
export function sureMeaning(all) {
  const means = all.map(({ hasCapsules, above }) =>
    hasCapsules ? `a length of ${fixed(above, 1)}` : `a probability of ${Math.round(100 * above)} %`,
  );
  const parts = [...new Set(means)].map(
    (meaning) => `${meaning} (${listText(all.flatMap(({ network }, k) => (means[k] === meaning ? network : [])))})`,
  );
  const mixed = new Set(all.map(({ hasCapsules }) => hasCapsules)).size > 1;
  const scales = mixed
    ? " Lengths and probabilities are two scales, so these shares cannot be compared between a capsule network and a CNN."
    : "";
  return parts.length ? `An answer counts as sure if its class has more than ${parts.join(" or ")}.${scales}` : "";
}

/**
 * Between which amounts this digit is read as its class.
 * @param {"capsule" | "cnn"} side
 * @param {readonly [number, number] | null} range
 * @param {{name: Name, called: string}} of `called` the class
 */
export function ownText(side, range, { name, called }) {
  const network = side === "capsule" ? "the capsule network" : "the CNN";
  if (!range) return `${network} does not read ${called} with this change at rest`;
  const [low, high] = range.map((amount) => amountText(name, amount));
  return low === high
    ? `${network} reads ${called} only at ${low}`
    : `${network} reads ${called} from ${low} to ${high}`;
}

/** @param {readonly string[]} parts */
export const ownTold = (parts) => (parts.length ? `This digit: ${parts.join("; ")}.` : "");

/**
 * Where the digit is, and what both networks answer there.
 * @param {{name: Name, amount: number, range: readonly [number, number], called: string, length: number | null,
 *   probability: number | null}} of null while it is not known
 */
export function hereText({ name, amount, range, called, length, probability }) {
  const beyond = amount < range[0] || amount > range[1] ? ", beyond what was measured" : "";
  const said = [
    length === null ? [] : `the capsule of ${called} is ${lengthText(length)} long`,
    probability === null ? [] : `the CNN’s probability of ${called} is ${probabilityText(probability)}`,
  ].flat();
  return `Here: ${amountText(name, amount)}${beyond}${said.length ? `; ${said.join(", ")}` : ""}.`;
}

/** The head of the table. @param {Name} name @param {number} nearest @param {number} amount */
export const columnText = (name, nearest, amount) =>
  `at ${amountText(name, nearest)}${nearest === amount ? "" : ", the nearest that was measured"}`;

/** Why there is no plot of shares. */
export const UNMEASURED =
  "This has not been measured of any network here. Run “capsnet study-viewpoints --model NAME” to do it.";
