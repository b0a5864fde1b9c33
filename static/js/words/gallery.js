/** What stands below a picture to choose. */

/**
 * The true classes of a picture, and what a network reads where that is something else: "7", "7 read as 2",
 * "3 and 8 read as 3 and 5". The order of two classes means nothing. A line ends before or after "read as" alone: below
 * a narrow picture, both classes of a pair stand on one line.
 * @param {readonly number[]} labels one, or those of both digits of a pair
 * @param {readonly number[]} predicted as many
 * @param {readonly string[]} names of the classes
 */
export function readText(labels, predicted, names) {
  const [truly, read] = [labels, inOrder(labels, predicted)].map((all) =>
    all.map((label) => names[label] ?? String(label)).join("\u00a0and\u00a0"),
  );
  return isMisread(labels, predicted) ? `${truly} read\u00a0as ${read}` : truly;
}

/** @param {readonly number[]} labels @param {readonly number[]} predicted */
export const isMisread = (labels, predicted) => inOrder(labels, predicted).some((label, k) => label !== labels[k]);

/** The class that is right stands in its place. @param {readonly number[]} labels @param {readonly number[]} read */
const inOrder = ([first, second], read) =>
  read.length === 2 && (read[1] === first || read[0] === second) ? [read[1], read[0]] : read;
