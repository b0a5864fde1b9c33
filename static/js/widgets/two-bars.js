/** Two bars under each other: a number of the upright picture, and of the present one. */
import { element } from "./dom.js";

/**
 * @param {HTMLElement} list an empty one
 * @param {(value: number) => string} textOf
 * @returns {(values: {upright: number, now: number} | null) => void} shows two numbers in [0, 1]; null shows none
 */
export function twoBars(list, textOf) {
  const rows = /** @type {const} */ (["now", "upright"]).map((which) => {
    const [bar, told] = [element("i"), element("span", { className: "length" })];
    const name = element("span", { textContent: which });
    list.append(element("li", { className: which }, name, element("span", { className: "bar" }, bar), told));
    return { which, bar, told };
  });
  return (values) => {
    for (const { which, bar, told } of rows) {
      bar.style.width = `${(100 * (values?.[which] ?? 0)).toFixed(1)}%`;
      told.textContent = values ? textOf(values[which]) : "";
    }
  };
}
