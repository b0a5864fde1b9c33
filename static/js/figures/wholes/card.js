/** One vote: the whole that it draws, what its capsule sees, its coupling and its cosine. */
/** @import { Actions, Traced } from "../../state/trace/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawCouplingLine } from "../../charts/growth.js";
import { drawPatch, drawPicture } from "../../charts/picture.js";
import { evenCoupling } from "../../capsules/coupling.js";
import { receptiveField } from "../../capsules/geometry.js";
import { fixed, signed, withArticle } from "../../shell/format.js";
import { reachOf } from "../../state/trace/measures.js";
import { element, unseen } from "../../widgets/dom.js";

/**
 * @typedef {ReturnType<typeof makeCard>} Card
 * @param {Actions} actions
 */
export function makeCard(actions) {
  const [picture, patch, line] = [element("canvas", { className: "picture" }), element("canvas"), element("canvas")];
  const [called, cosine, coupling, bar] = [unseen(""), element("span"), element("span"), element("i")];
  line.className = "whole-line";
  patch.className = "whole-patch";
  const button = element(
    "button",
    { type: "button", className: "whole-part", disabled: true },
    picture,
    element("span", { className: "bar" }, bar),
    called,
    cosine,
    element("span", { className: "whole-of" }, patch, element("span", {}, line, coupling)),
  );
  const card = { button, picture, patch, line, called, cosine, coupling, bar, part: 0 };
  button.addEventListener("pointerenter", () => actions.hoverCapsule(card.part));
  button.addEventListener("pointerleave", () => actions.hoverCapsule(null));
  button.addEventListener("focus", () => button.matches(":focus-visible") && actions.hoverCapsule(card.part));
  button.addEventListener("blur", () => actions.hoverCapsule(null));
  button.addEventListener("click", () => actions.pinCapsule(card.part));
  return card;
}

/**
 * @typedef {object} Vote
 * @property {number} part the primary capsule
 * @property {string} name of the class
 * @property {number} cosine with v
 * @property {number} share of the strongest vote's c ‖û‖
 * @property {Float32Array} picture (H, W) that it draws
 * @property {Float32Array} couplings (R)
 * @property {number} at the iteration whose couplings count
 * @property {boolean} isAdded
 */

/** Of a card, all that is painted. @param {Card} card */
export const fitCard = ({ picture, patch, line }) => [picture, patch, line].map(fitCanvas);

/** @param {ReturnType<typeof fitCard>} fitted @param {Traced} state @param {Vote} vote */
export function paintCard([picture, patch, line], { trace, palette }, { part, couplings, at, picture: drawn }) {
  const { geometry, image } = trace;
  drawPicture(geometry, picture.context, drawn, palette, { left: 0, top: 0, size: picture.width });
  drawPicture(geometry, patch.context, image, palette, { left: 0, top: 0, size: patch.width });
  drawPatch(geometry, patch.context, receptiveField(geometry, part), palette, patch.width);
  drawCouplingLine(line.context, couplings, {
    ...line,
    palette,
    reach: reachOf(trace),
    even: evenCoupling(geometry),
    at,
  });
}

/** @param {Card} card @param {Traced} state @param {Vote} vote */
export function tellCard(card, { pinnedCapsules, hoveredCapsule }, vote) {
  const { part, name, cosine, couplings, at, share, isAdded } = vote;
  card.part = part;
  card.called.textContent = `Capsule ${part + 1}: if this were ${withArticle(name)}. `;
  card.cosine.textContent = `cos ${signed(cosine)}`;
  card.cosine.className = cosine < 0 ? "against" : "along";
  card.coupling.textContent = `c ${fixed(couplings[at - 1])}`;
  card.bar.style.width = `${100 * share}%`;
  card.button.disabled = false;
  card.button.dataset.capsule = String(part);
  card.button.ariaPressed = String(pinnedCapsules.includes(part));
  card.button.classList.toggle("pointed", part === hoveredCapsule);
  card.button.classList.toggle("not-added", !isAdded);
}
