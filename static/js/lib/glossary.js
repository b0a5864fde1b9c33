/**
 * What the words mean, one or two sentences each; the page shows them where the word stands.
 * @type {Record<string, {name: string, text: string}>}
 */
export const GLOSSARY = {
  capsule: {
    name: "capsule",
    text: "A group of neurons read as one vector. Its length says how likely the thing it stands for is present; its direction says how that thing looks.",
  },
  conv1: {
    name: "Conv1",
    text: "256 kernels of 9 × 9 pixels slide over the image, each leaving a 20 × 20 map of where its pattern is found. Negative values are cut to 0 (ReLU).",
  },
  primary: {
    name: "primary capsules uᵢ",
    text: "The parts. 32 types on a 6 × 6 grid make 1152 capsules of 8 numbers each. The more ink a square has, the longer its capsule: as the paper means it, the surer its part is there. A network may learn otherwise, and leave nearly all of them long.",
  },
  votes: {
    name: "votes û",
    text: "What a primary capsule expects a class capsule to be: its 8 numbers times a learned matrix, û = W u, gives 16 numbers for each of the ten classes.",
  },
  coupling: {
    name: "coupling coefficients c",
    text: "How much of a primary capsule goes to each class. For each primary capsule the ten add up to 1; they start at exactly 1/10 each.",
  },
  routing: {
    name: "routing by agreement",
    text: "Each class capsule adds up the votes sent to it. In the next iteration each primary capsule gives a larger share of itself to the classes whose capsules its votes agree with most, a smaller one to the others.",
  },
  classes: {
    name: "class capsules vⱼ",
    text: "The wholes, the paper’s DigitCaps: one capsule of 16 numbers for each digit. The longest one is the answer. Lengths lie below 1 and need not add up to 1: they are no calibrated probabilities, and more iterations lengthen them without making the answer more often right.",
  },
  squash: {
    name: "squash",
    text: "Shrinks a vector to a length below 1 and keeps its direction: short ones vanish, long ones end just under 1.",
  },
  pose: {
    name: "pose",
    text: "The 16 numbers of one class capsule, whose direction says how the digit is written. Most of them change a way of writing the digit: thickness, slant, width, the form of a part. Some change several at once, and a few nothing that is seen.",
  },
  reconstruction: {
    name: "reconstruction",
    text: "The decoder draws the digit back from one class capsule alone. Turn a dial, and it draws what that number means.",
  },
  faint: {
    name: "v ≈ 0",
    text: "This class capsule is nearly zero: its class is not there. From all such capsules the decoder draws nearly the same picture, what it draws from nothing. Lengthen keeps its direction and draws it as long as the longest.",
  },
  mask: {
    name: "mask",
    text: "All class capsules but one are set to zero before the decoder sees them, so that it draws from one alone: in training that of the true digit, here that of any.",
  },
  agreement: {
    name: "agreement û · v",
    text: "The dot product of a vote with the class capsule. It is added to the routing logit b, whose softmax is the coupling of the next iteration.",
  },
  logit: {
    name: "routing logits b",
    text: "How much a primary capsule leans to each class, before the softmax makes couplings of it. Routing begins with 0 for all; each iteration adds the agreement.",
  },
  entropy: {
    name: "entropy of c",
    text: "How undecided a primary capsule is. log₂ 10 = 3.32 bits while it gives each class a tenth, 0 once one class gets all of it.",
  },
  margin: {
    name: "margin",
    text: "How much longer one class capsule, the longest unless another is shown, is than the longest of the others. Not the margin loss, which training makes small.",
  },
  field: {
    name: "receptive field",
    text: "The 17 × 17 pixels of the image that can reach this primary capsule through two layers of 9 × 9 kernels.",
  },
};
