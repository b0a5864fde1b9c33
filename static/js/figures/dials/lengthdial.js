/** The dial of the pose's length, which keeps its direction. */
/** @import { Actions } from "../../state/digit/subject.js" */
import { fixed, lengthText } from "../../shell/format.js";
import { lengthOf } from "../../shell/math.js";
import { MOST_LENGTH } from "../../capsules/reach.js";
import { element } from "../../widgets/dom.js";
import { followHand } from "../../widgets/slider.js";

/** @param {Actions} actions */
export function makeLengthDial(actions) {
  const input = element("input", {
    type: "range",
    id: "dial-length",
    min: 0,
    max: MOST_LENGTH,
    step: 0.01,
    value: 0,
    "aria-label": "Length of the pose",
  });
  const value = element("output", { htmlFor: "dial-length", "aria-live": "off" });
  const kept = element("input", { type: "checkbox", id: "keep-length" });
  const keep = element(
    "label",
    {
      className: "keep",
      "data-picture-skip": "",
      title: "Keep the length, so that the dials change only the direction",
    },
    kept,
    "keep",
  );
  const name = element("label", { className: "name", htmlFor: "dial-length", textContent: "length ‖v‖" });
  const row = element("li", { className: "dial dial-of-length" }, name, keep, input, value);
  followHand(input, (length) => actions.setPoseLength(length));
  input.addEventListener("dblclick", () => actions.keepLength(false));
  kept.addEventListener("change", () => actions.keepLength(kept.checked));
  return { row, input, value, kept };
}

/**
 * @param {ReturnType<typeof makeLengthDial>} dial
 * @param {Float32Array | null} pose
 * @param {boolean} isKept
 */
export function showLength({ row, input, value, kept }, pose, isKept) {
  const length = pose ? lengthOf(pose, 0, pose.length) : 0;
  const text = pose ? (isKept ? fixed : lengthText)(length) : "";
  input.disabled = kept.disabled = !pose;
  kept.checked = isKept;
  row.classList.toggle("turned", isKept);
  if (value.textContent === text) return;
  value.textContent = input.ariaValueText = text;
  input.value = String(length);
}
