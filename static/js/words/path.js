/** The ways of digits while they are transformed, in words. */
/** @import { ViewpointPaths } from "../capsules/paths.js" @import { Name } from "../capsules/viewpoint.js" */
import { TRANSFORMATIONS, amountText } from "../capsules/viewpoint.js";
import { capital, fixed, listText, percent } from "../shell/format.js";

/**
 * What is followed.
 * @param {"capsule" | "cnn"} side
 * @param {{called: string, title: string, count: number | null}} of `called` the class, `title` of the network
 */
export function titleText(side, { called, title, count }) {
  const numbers = count === null ? "" : `: ${count} numbers`;
  return side === "capsule"
    ? `The capsule of class ${called || "…"}${numbers}`
    : `${capital(title || "a CNN")}${numbers}`;
}

/** Why there is no plot. @param {string} model */
export const unmeasuredText = (model) => `Nothing was measured of “${model}” under these changes.`;

export const NO_CNN = "No CNN is among the networks of this server, so there is nothing to compare with.";

/** The name of a transformation inside a sentence. @param {Name} name */
export const calledText = (name) => TRANSFORMATIONS[name].title.toLowerCase();

/**
 * What each measure means, with its number of both networks.
 * @param {readonly (Measured | null)[]} both the capsule's and the CNN's; null where it is not known
 * @param {Name} name of the transformation
 * @returns {{name: string, values: string[], meaning: string}[]} none where neither is known
 */
export function measureRows(both, name) {
  const known = both.find(Boolean);
  if (!known) return [];
  /** @param {(measured: Measured) => string} valueOf */
  const values = (valueOf) => both.map((measured) => (measured ? valueOf(measured) : "–"));
  const isWorse = both.some((measured) => measured && measured.r2 < 0);
  return [
    { name: "R²", values: values(({ r2 }) => fixed(r2)), meaning: r2Meaning(isWorse, calledText(name)) },
    {
      name: "R² alone",
      values: values(({ r2_features: alone }) => fixed(alone)),
      meaning: "The same from the numbers themselves, without those of the upright digit to compare with.",
    },
    {
      name: "straightness",
      values: values(({ straightness }) => fixed(straightness)),
      meaning: `Distance between a path’s ends over the length of the path, mean of ${known.tried} test digits: 1 is a straight line, a half circle 0.64.`,
    },
    {
      name: "same direction",
      values: values(({ same_direction: same }) => fixed(same)),
      meaning:
        "Mean cosine between the displacements of two digits at the ends of their paths: 1 if all move the same way, 0 if each moves its own way.",
    },
    {
      name: "in this plane",
      values: values(({ explained }) => percent(explained)),
      meaning: "Share of all movement (in squares) that lies in the plane drawn here. The rest is out of sight.",
    },
  ];
}

/**
 * @typedef {"r2" | "r2_features" | "straightness" | "same_direction" | "explained" | "tried"} Shown
 * @typedef {Pick<ViewpointPaths, Shown>} Measured
 */

/** @param {boolean} isWorse whether one of them is below 0 @param {string} called */
const r2Meaning = (isWorse, called) =>
  `How well a weighted sum of the changes in the numbers, from the same digit upright, tells the ${called} of a digit that it was not fitted on: 1 is exact, 0 no better than the mean${
    isWorse ? ", and below 0 worse than that" : ""
  }.`;

/** Two numbers that are nearer than this are called alike. */
const ALIKE = 0.05;

/** @typedef {Pick<ViewpointPaths, "r2" | "straightness" | "same_direction">} Measures */

/** @type {[keyof Measures, string][]} */
const CONTESTS = [
  ["r2", "R²"],
  ["straightness", "straightness"],
  ["same_direction", "same direction"],
];

/**
 * Which network has more of what was measured; nothing else is concluded.
 * @param {Measures} capsule
 * @param {Measures} cnn
 */
export function comparedText(capsule, cnn) {
  const of = (/** @type {(far: number) => boolean} */ holds) =>
    CONTESTS.filter(([field]) => holds(capsule[field] - cnn[field])).map(
      ([field, name]) => `${name} (${fixed(capsule[field])} and ${fixed(cnn[field])})`,
    );
  const parts = [
    ["The capsule has more", of((far) => far >= ALIKE)],
    ["the CNN has more", of((far) => far <= -ALIKE)],
    [`they differ by less than ${fixed(ALIKE)} in`, of((far) => Math.abs(far) < ALIKE)],
  ].filter(([, found]) => found.length);
  const said = parts.map(
    ([who, found]) => `${who}${String(who).endsWith(" in") ? "" : " in"} ${listText(/** @type {string[]} */ (found))}`,
  );
  return capital(`${said.join("; ")}. The number of the capsule stands first.`);
}

/**
 * Where the digit is on its way.
 * @param {{name: Name, amount: number, range: readonly number[], straightness: number, share: number,
 *   cosine: number}} of `cosine` of the present displacement with the measured mean direction; below rest, with
 *   the opposite of that
 */
export function placeText({ name, amount, range, straightness, share, cosine }) {
  const { rest } = TRANSFORMATIONS[name];
  const own = `This digit’s own path: straightness ${fixed(straightness)}, ${percent(share)} of it in this plane.`;
  const here = `Here: ${amountText(name, amount)}`;
  if (amount === rest) return `${here}, at rest. ${own}`;
  const beyond = amount < range[0] || amount > range[1] ? ", beyond what was measured" : "";
  return `${here}${beyond}; cosine with the mean direction ${fixed(cosine)}. ${own}`;
}
