/** What the words mean, in a few sentences each. The page shows them where the word stands. */
/** @import { Geometry } from "../capsules/geometry.js" */
import { largestEntropy } from "../capsules/convergence.js";
import { fixed } from "../shell/format.js";
import { countWord } from "./numbers.js";

/**
 * @typedef {{name: string, text: string | ((geometry: Geometry) => string)}} Entry a text may name the sizes of the
 *   network
 */

/** @type {Record<string, Entry>} */
const GLOSSARY = {
  capsule: {
    name: "capsule",
    text: "A group of neurons that we read as one vector. The longer it is, the more strongly the network says that something is there: 0 is not at all, near 1 is surely. Its direction says how that thing looks. We write the length of a vector v as ‖v‖.",
  },
  conv1: {
    name: "Conv1",
    text: ({ maps, kernel, mapHeight, mapWidth }) =>
      `${maps} kernels of ${kernel} × ${kernel} pixels slide over the picture. Each makes a map of ${mapHeight} × ${mapWidth} numbers: where its pattern is found. Negative numbers become 0 (ReLU).`,
  },
  primary: {
    name: "primary capsules uᵢ",
    text: ({ types, rows, columns, primaries, primaryDim }) =>
      `They are meant to stand for parts. ${types} types on a ${rows} × ${columns} grid make ${primaries} capsules of ${primaryDim} numbers each. A darker square is a longer capsule. In theory its length says that a part is there. The network learns this itself, and need not keep to it. The darkest capsules need not decide anything: their votes may disagree with the winner, or their share for it may stay small. Most capsules give every class almost the same share.`,
  },
  votes: {
    name: "votes û",
    text: ({ primaryDim, poseDim, classes }) =>
      `What a primary capsule expects the pose of a class to be. For each of the ${countWord(classes)} classes, another learned matrix W turns its ${primaryDim} numbers uᵢ into a vote of ${poseDim} numbers: û = W u.`,
  },
  coupling: {
    name: "coupling coefficients c",
    text: ({ classes }) =>
      `How much a primary capsule’s vote for a class counts. A part should belong to one whole, so each capsule has one vote’s worth of weight to share among the ${countWord(classes)} classes. What it gives one class it takes from the others (softmax). Each share begins at exactly 1/${classes}.`,
  },
  routing: {
    name: "routing by agreement",
    text: ({ classes }) =>
      `Each class capsule adds up the votes for it. In the next iteration, each primary capsule gives a larger share to the classes that agree with its votes, and a smaller one to the others. A few capsules change their shares much. Most stay near 1/${classes}.`,
  },
  classes: {
    name: "class capsules vⱼ",
    text: ({ poseDim }) =>
      `The wholes: one capsule of ${poseDim} numbers for each class. The paper calls them DigitCaps. The longest one is the answer. A length says how strongly the network says that class. It is no calibrated probability, and the lengths need not add up to 1. With more iterations than the network was trained with, the winner grows longer but the answer is not right more often.`,
  },
  squash: {
    name: "squash",
    text: "Brings a vector to a length below 1 and keeps its direction. Short vectors almost vanish; long ones end just under 1.",
  },
  pose: {
    name: "pose",
    text: ({ poseDim }) =>
      `The ${poseDim} numbers of one class capsule. Their direction says how the digit is written. In the Explore room they have names: some are named after one trait, such as width, slant, shift, thickness, height or a part of the digit, some after two or three. Some have no clear effect. Some are hard to see (in italics).`,
  },
  reconstruction: {
    name: "reconstruction",
    text: "The decoder draws the digit from one class capsule alone. Turn a dial to see what that dimension does to the picture.",
  },
  faint: {
    name: "v ≈ 0",
    text: "This class capsule is almost zero: the network says that its class is not there. From every such capsule the decoder draws nearly the same picture. Stretch keeps the direction and makes the capsule as long as the winner.",
  },
  mask: {
    name: "mask",
    text: "All class capsules but one are set to zero, so that the decoder draws from that one alone. In training it is the capsule of the true class. Here it can be any.",
  },
  agreement: {
    name: "agreement û\u00a0·\u00a0v",
    text: "The dot product of a vote and the class capsule. It is added to the routing logit b. The softmax of b gives the couplings of the next iteration.",
  },
  logit: {
    name: "routing logits b",
    text: "How much a primary capsule prefers each class, before the softmax turns b into couplings. Routing begins with b = 0 everywhere. Each iteration adds the agreement.",
  },
  entropy: {
    name: "entropy of c",
    text: (geometry) =>
      `How undecided a primary capsule is. It is log₂ ${geometry.classes} = ${fixed(largestEntropy(geometry))} bits when every class gets the same share, and 0 when one class gets everything.`,
  },
  lead: {
    name: "lead",
    text: "How much longer the capsule of a class is than the longest other one. It is negative if another class is ahead.",
  },
  support: {
    name: "support",
    text: "What a primary capsule adds to ‖s‖, the length before the squash: c · (û·v)/‖v‖. Negative support opposes.",
  },
  field: {
    name: "receptive field",
    text: ({ field, kernel }) =>
      `The ${field} × ${field} pixels that this primary capsule sees, through two layers of ${kernel} × ${kernel} kernels.`,
  },
};

/**
 * @param {string} term
 * @param {Geometry | null} geometry null until the sizes of a network are known
 * @returns {{name: string, text: string}}
 */
export function explain(term, geometry) {
  const { name, text } = GLOSSARY[term];
  if (typeof text === "string") return { name, text };
  return { name, text: geometry ? text(geometry) : "The sizes of this network have not arrived yet." };
}
