/** What is said of the walk from one pose to another. */
import { fixed, withArticle } from "../shell/format.js";

export const NO_A = "Draw a digit above, or choose a test digit. It becomes A.";
export const OWN_CLASSES = "Use each drawing’s own class again";

/** @param {string} name of the class that A is read as */
export const sameClassText = (name) => `Use the capsule of ${name} for both`;

/**
 * Why there is no walk from A to B.
 * @param {object} shown
 * @param {string} shown.read what B is read as
 * @param {string} shown.own what A is read as
 * @param {number} shown.dimensions of a pose
 * @param {number} shown.length of B's capsule of the class of A
 */
export const apartText = ({ read, own, dimensions, length }) =>
  `The network reads B as ${withArticle(read)}, not ${withArticle(own)}. Each class has its own ${dimensions} dimensions, so there is no meaningful line between two classes. But B has a capsule of ${own} too: it is ${fixed(length)} long.`;

/** @param {string} name of the class whose capsules are used @param {{a: number, b: number} | null} lengths */
export function walkAsText(name, lengths) {
  const used = `The walk uses the capsule of ${name} of each drawing, whatever the network reads.`;
  return lengths ? `${used} It is ${fixed(lengths.a)} long in A and ${fixed(lengths.b)} in B.` : used;
}

/**
 * Where on the walk.
 * @param {{share: number, length: number, angle: number}} shown per cent, of the pose, in degrees between A and B
 */
export const placeText = ({ share, length, angle }) =>
  `${share} % of the way from A to B. The pose is ${fixed(length)} long. The poses of A and B are ${fixed(angle, 0)}° apart.`;

/** @param {number} count @param {string} name of the class */
export const rowText = (count, name) =>
  `${count} reconstructions of ${withArticle(name)}, from the pose of A to the pose of B`;

/** @param {number} count of drawings */
export const meanPoseText = (count) => `what the mean of ${count} ${count === 1 ? "pose" : "poses"} draws`;

/** @param {number} count @param {string} name of the class */
export const meanPoseSaid = (count, name) => `The reconstruction of the mean pose of ${count} drawings of ${name}`;

/** @param {number} count */
export const meanImageSaid = (count) => `The mean of the same ${count} pictures, pixel by pixel`;

/** @param {string} name of the class */
export const shelfText = (name) => `Test digits of ${name}: choose one as B, choose it again to remove it`;

export const DIALLED = "The dials above now stand at this pose.";
export const ASKED_AGAIN = "The page will try again.";
