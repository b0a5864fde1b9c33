/** The primary capsules and their links to the class capsules. @import { Context } from "./dom.js" */
import { fitCanvas, isSaving } from "../draw/canvas.js";
import { drawCapsules, drawFocus, drawTypeFocus } from "../draw/capsules.js";
import { STRONGEST, drawLinks } from "../draw/links.js";
import { EVEN, couplingScale } from "../lib/coupling.js";
import { thousands } from "../lib/format.js";
import { FEW_CAPSULES, PER_TYPE, PRIMARY } from "../lib/network.js";
import { evenLinks, listLinks } from "../layout/links.js";
import { capsuleAt, neighbour, theatreLayout } from "../layout/theatre.js";
import {
  couplingsNow, isClassPointedAt, linkedCapsules, litClass, lookedAtCapsules, lookedAtType, pointedAt,
  primaryLengthsOf, reachOf,
} from "../state/selectors.js";
import { byId, canvasById, drawOn } from "./dom.js";
import { asksCapsules } from "./pointing.js";

/** @import { Traced } from "../types.js" */

/** From so many links on a graphics card, where there is one, is quicker than a canvas. */
const MANY_LINKS = 1500;

/** @param {Context} context */
export function theatreView(context) {
  const { store } = context;
  const [primary, links] = [canvasById("primary"), canvasById("links")];
  const caption = byId("link-caption", HTMLElement);
  let layout = theatreLayout(1, 1, 1);
  const place = () => (layout = theatreLayout(links.clientWidth, links.clientHeight, primary.clientWidth));

  drawOn(
    context,
    primary,
    (state) => [state.trace, ...pointedAt(state)],
    (state) => {
      const { context: painter } = fitCanvas(primary);
      place();
      drawCapsules(painter, layout, state.trace && primaryLengthsOf(state.trace), state.palette);
      const type = lookedAtType(state);
      if (type !== null) drawTypeFocus(painter, layout, type, state.palette);
      else for (const capsule of lookedAtCapsules(state) ?? []) drawFocus(painter, layout, capsule, state.palette);
    },
  );

  const card = graphicsCard(() => paintLinks(store.get()));
  /** @param {import("../types.js").State} state */
  function paintLinks(state) {
    const { context: painter } = fitCanvas(links);
    if (!state.trace) return void (caption.textContent = "");
    place();
    const [capsules, type] = [linkedCapsules(state), isClassPointedAt(state) ? null : lookedAtType(state)];
    const shown = listLinks(couplingsNow(/** @type {Traced} */ (state)), state.threshold, capsules, couplingScale(reachOf(state.trace)));
    const even = isEven(state) ? evenLinks(state.playhead) : [];
    const look = { palette: state.palette, lit: litClass(state), width: widthOf(capsules?.length) };
    if (even.length) drawLinks(painter, even, layout, { ...look, lit: null });
    const gl = shown.length >= MANY_LINKS && !isSaving() ? card() : null;
    if (gl) gl.draw(painter, shown, layout, { ...look, strongest: STRONGEST });
    else drawLinks(painter, shown, layout, look);
    caption.textContent = even.length && !shown.length ? "all c = 1/10" : captionOf(shown.length, capsules?.length ?? 0, type);
    links.dataset.links = String(shown.length);
    links.dataset.painter = gl ? "webgl2" : "canvas";
  }

  drawOn(
    context,
    links,
    (state) => [state.trace, state.playhead, state.threshold, litClass(state), isClassPointedAt(state), ...pointedAt(state)],
    paintLinks,
  );

  asksCapsules(primary, context, {
    at: ({ offsetX, offsetY }) => capsuleAt(layout, offsetX, offsetY),
    towards: (capsule, [right, down]) => neighbour(layout, capsule, right, down),
  });
}

/**
 * What draws links on the graphics card: fetched when it is first asked for, and null until then, where the browser has
 * no such card, and after it was lost. `?links=webgl2` in the address takes WebGL2 even from a program, for the tests.
 * @param {() => void} ready
 */
function graphicsCard(ready) {
  /** @type {ReturnType<typeof import("../gl/links.js").openGlLinks>} */
  let gl = null;
  let asked = false;
  async function open() {
    const { openGlLinks } = await import("../gl/links.js");
    gl = openGlLinks({ evenInSoftware: new URLSearchParams(location.search).get("links") === "webgl2" });
    if (gl) ready();
  }
  return () => {
    if (!asked) open().catch((error) => console.info("the links stay on the canvas", error));
    asked = true;
    if (gl?.isLost) gl = null;
    return gl;
  };
}

/**
 * Whether the routing begins, or comes from there, with couplings that are all alike; and they are not drawn anyway.
 * @param {import("../types.js").State} state
 */
function isEven(state) {
  const { couplings = [], logits = [] } = state.trace?.interventions ?? {};
  return state.threshold > EVEN && !couplings.length && !logits.length && lookedAtCapsules(state) === null;
}

/** The fewer capsules are looked at, the bolder their links. @param {number} [count] */
const widthOf = (count = PRIMARY) => (count <= FEW_CAPSULES ? 2 : count <= PER_TYPE ? 1.25 : 0.75);

/** @param {number} links how many are drawn @param {number} count of the capsules that are looked at @param {number | null} type */
function captionOf(links, count, type) {
  if (type !== null) return `${links} of 360 links of type ${type + 1}`;
  if (count) return count === 1 ? "its 10 links" : `the links of ${count} capsules`;
  return links ? `${thousands(links)} of 11,520 links` : "all below the threshold";
}
