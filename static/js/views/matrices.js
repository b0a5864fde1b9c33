/** The couplings as two heatmaps. @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawCouplings, drawTypeMeans, meanByType } from "../draw/matrix.js";
import { EVEN, couplingReach } from "../lib/coupling.js";
import { fixed } from "../lib/format.js";
import { clamp } from "../lib/math.js";
import { PRIMARY, capsuleAddress } from "../lib/network.js";
import { couplingsNow, lookedAtCapsule, reachOf } from "../state/selectors.js";
import { arrowOf, byId, canvasById, drawOn, whenVisible } from "./dom.js";

/** @import { Traced } from "../types.js" */

/** @param {Context} context */
export function matricesView(context) {
  const { store, actions } = context;
  const [matrix, types] = [canvasById("matrix"), canvasById("types")];
  const [wholeScale, typesScale] = [byId("matrix-scale", HTMLElement), byId("types-scale", HTMLElement)];
  const visible = whenVisible(matrix, () => draw(store.get()));

  /** @param {import("../types.js").State} state */
  function draw(state) {
    if (!visible()) return;
    const [whole, means] = [fitCanvas(matrix), fitCanvas(types)];
    if (!state.trace) return;
    const couplings = couplingsNow(/** @type {Traced} */ (state));
    const capsule = lookedAtCapsule(state);
    const { palette } = state;
    const reach = reachOf(state.trace);
    drawCouplings(whole.context, couplings, whole, { palette, reach, capsule });
    const type = capsule === null ? null : capsuleAddress(capsule).type;
    const byType = meanByType(couplings);
    drawTypeMeans(means.context, byType, means, { palette, reach: couplingReach(byType), type });
    wholeScale.textContent = scaleText(reach);
    typesScale.textContent = scaleText(couplingReach(byType));
  }

  drawOn(context, matrix, (state) => [state.trace, state.playhead, lookedAtCapsule(state)], draw);
  const capsuleUnder = (/** @type {MouseEvent} */ event) =>
    clamp(Math.floor((event.offsetX / matrix.clientWidth) * PRIMARY), 0, PRIMARY - 1);
  matrix.addEventListener("pointermove", (event) => actions.hoverCapsule(capsuleUnder(event)));
  matrix.addEventListener("pointerleave", () => actions.hoverCapsule(null));
  matrix.addEventListener("click", (event) => actions.pinCapsule(capsuleUnder(event)));
  matrix.addEventListener("blur", () => actions.hoverCapsule(null));
  matrix.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    const capsule = lookedAtCapsule(store.get()) ?? 0;
    if (arrow?.[0]) actions.hoverCapsule(clamp(capsule + arrow[0], 0, PRIMARY - 1));
    else if (event.key === "Enter") actions.pinCapsule(capsule);
    else return;
    event.preventDefault();
  });
}

/** The ends and the middle of a scale, which is logarithmic. @param {number} reach */
const scaleText = (reach) => `c from ${fixed((EVEN * EVEN) / reach, 3)} over 0.1 to ${fixed(reach, 3)}`;
