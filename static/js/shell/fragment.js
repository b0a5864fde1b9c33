/** The part of an address behind its `#`: the id of a figure, or none, and then the state. `#votes&digit=3` */

const FIGURE = /^[a-z][a-z-]*$/;

/**
 * @param {string} fragment with its `#` or without
 * @returns {{figure: string, state: string}} each "" where there is none
 */
export function splitFragment(fragment) {
  const text = fragment.replace(/^#?&*/, "");
  const [first] = text.split("&", 1);
  return FIGURE.test(first)
    ? { figure: first, state: text.slice(first.length).replace(/^&+/, "") }
    : { figure: "", state: text };
}

/** @param {string} figure its id; "" for none @param {string} state @returns {string} with its `#` */
export const joinFragment = (figure, state) => `#${[figure, state].filter(Boolean).join("&")}`;
