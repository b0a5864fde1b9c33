/** What stands over the columns of the grid. */
import { signed } from "../../shell/format.js";
import { COLUMNS, MIDDLE, PAPER_REACH } from "../../capsules/reach.js";
import { element } from "../../widgets/dom.js";

export function makeScale() {
  const marks = Array.from({ length: COLUMNS }, () => element("span"));
  const row = element(
    "div",
    { className: "sweep-scale", "aria-hidden": "true" },
    element("span"),
    element("div", {}, ...marks),
    element("span", { textContent: "change", title: "Mean difference per pixel from the middle column" }),
  );
  return {
    row,
    /** @param {number | null} reach in standard deviations; null for the paper's */
    show(reach) {
      const [end, unit, digits] = reach === null ? [PAPER_REACH, "", 2] : [reach, "\u00a0σ", 0];
      marks.forEach(
        (mark, k) =>
          (mark.textContent =
            k % MIDDLE ? "" : `${signed(((k - MIDDLE) / MIDDLE) * end, digits)}${k === MIDDLE ? "" : unit}`),
      );
    },
  };
}
