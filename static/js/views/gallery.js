/** The 10,000 test digits. @import { Context } from "./dom.js" @import { Digit } from "../types.js" */
import { reasonOf } from "../lib/errors.js";
import { thousands } from "../lib/format.js";
import { newestWins } from "../lib/latest.js";
import { clamp } from "../lib/math.js";
import { buttonById, byId, element, inputById, selectById } from "./dom.js";

/** @param {Context} context */
export function galleryView({ actions }) {
  const dialog = byId("gallery", HTMLDialogElement);
  const [label, wrong] = [selectById("gallery-label"), inputById("gallery-wrong")];
  const [back, on] = [buttonById("gallery-back"), buttonById("gallery-on")];
  const [status, thumbnails] = [byId("gallery-page", HTMLElement), byId("thumbnails", HTMLElement)];
  let [page, pages] = [0, 1];

  const loader = newestWins(
    (/** @type {number} */ wanted) =>
      actions.digitPage({
        page: wanted,
        ...(label.value && { label: Number(label.value) }),
        ...(wrong.checked && { misclassified: true }),
      }),
    (answer) => {
      thumbnails.replaceChildren(...answer.digits.map((digit) => thumbnail(digit, choose)));
      status.textContent = `${thousands(answer.count)} digits, page ${answer.pages ? answer.page + 1 : 0} of ${answer.pages}`;
      pages = answer.pages;
      back.disabled = answer.page <= 0;
      on.disabled = answer.page + 1 >= answer.pages;
    },
    (error) => (status.textContent = `These digits could not be had: ${reasonOf(error)}`),
  );

  /** @param {number} wanted */
  function turnTo(wanted) {
    page = clamp(wanted, 0, Math.max(0, pages - 1));
    loader.push(page);
  }

  /** @param {number} index */
  function choose(index) {
    dialog.close();
    actions.lookAtNew({ kind: "digit", index });
  }

  buttonById("gallery-open").addEventListener("click", () => {
    dialog.showModal();
    turnTo(page);
  });
  for (const filter of [label, wrong]) filter.addEventListener("change", () => turnTo(0));
  back.addEventListener("click", () => turnTo(page - 1));
  on.addEventListener("click", () => turnTo(page + 1));
}

/** @param {Digit} digit @param {(index: number) => void} choose */
function thumbnail({ index, label, predicted, thumbnail: picture }, choose) {
  const wrong = predicted !== label;
  const button = element(
    "button",
    { type: "button", className: wrong ? "thumbnail wrong" : "thumbnail", title: `test digit ${index}` },
    element("img", { src: picture, alt: `A ${label}` }),
    wrong ? `${label} read as ${predicted}` : String(label),
  );
  button.addEventListener("click", () => choose(index));
  return button;
}
