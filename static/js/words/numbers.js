/** Numbers as words. */

const SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** A number as a word up to twelve, then in digits. @param {number} count a whole number from 0 */
export const countWord = (count) => SMALL[count] ?? String(count);
