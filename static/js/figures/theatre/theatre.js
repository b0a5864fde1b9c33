/** The primary capsules and their links to the class capsules. @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State, Traced } from "../../state/trace/subject.js" */
import { fitCanvas, isSaving } from "../../charts/canvas.js";
import { drawCapsules, drawFocus, drawSupporters, drawTypeFocus } from "../../charts/capsules.js";
import { STRONGEST, drawLinks } from "../../charts/links.js";
import { evenCoupling } from "../../capsules/coupling.js";
import { fixed, thousands } from "../../shell/format.js";
import { FEW_CAPSULES } from "../../capsules/limits.js";
import { OPACITY_STEPS, evenLinks, listLinks, nearestLink } from "../../charts/place-links.js";
import { capsuleAt, neighbour, theatreLayout } from "../../charts/theatre.js";
import { primaryLengthsOf, reachOf, supporters } from "../../state/trace/measures.js";
import { className, geometryNow } from "../../state/trace/network.js";
import { couplingsNow, iterationOf } from "../../state/trace/playhead.js";
import {
  isClassPointedAt,
  linkedCapsules,
  litClass,
  lookedAtCapsules,
  lookedAtType,
  pointedAt,
} from "../../state/trace/pointing.js";
import { thresholdNow } from "../../state/trace/threshold.js";
import { canvasIn, drawOn, partIn } from "../../widgets/dom.js";
import { asksCapsules } from "../../widgets/pointing.js";

/** @import { Trace } from "../../capsules/types.js" */
/** @import { Geometry } from "../../capsules/geometry.js" */

/** From so many links on a graphics card, where there is one, is quicker than a canvas. */
const MANY_LINKS = 1500;

/** How near to a link the pointer means it, in CSS pixels. */
const NEAR = 4;
/** A pointed link is so wide, in CSS pixels. */
const POINTED = 3;

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountTheatre(root, context) {
  const { store } = context;
  const [primary, links] = [canvasIn(root, "primary"), canvasIn(root, "links")];
  const place = layouts(links, primary);
  const layoutNow = () => place(geometryNow(store.get()));

  drawOn(
    context,
    primary,
    (state) => [state.trace, geometryNow(state), litClass(state), iterationOf(state), ...pointedAt(state)],
    (state) => {
      const { context: painter } = fitCanvas(primary);
      const layout = place(geometryNow(state));
      if (!layout) return;
      drawCapsules(painter, layout, state.trace && primaryLengthsOf(state.trace), state.palette);
      const lit = litClass(state);
      if (state.trace && lit !== null && linkedCapsules(state) === null) {
        drawSupporters(painter, layout, supporters(state.trace, lit)[iterationOf(state) - 1], state.palette);
      }
      const type = lookedAtType(state);
      if (type !== null) drawTypeFocus(painter, layout, type, state.palette);
      else for (const capsule of lookedAtCapsules(state) ?? []) drawFocus(painter, layout, capsule, state.palette);
    },
  );

  drawsLinks(context, links, partIn(root, "link-caption", HTMLElement), place);
  asksCapsules(primary, context, {
    at(event) {
      const layout = layoutNow();
      const isFinger = event instanceof PointerEvent && event.pointerType === "touch";
      return layout && capsuleAt(layout, event.offsetX, event.offsetY, { isFinger });
    },
    towards(capsule, [right, down]) {
      const layout = layoutNow();
      return layout && neighbour(layout, capsule, right, down);
    },
  });
}

/**
 * Draw the links, and say which one is pointed at.
 * @param {Context<State, Actions>} context
 * @param {HTMLCanvasElement} links
 * @param {HTMLElement} caption
 * @param {ReturnType<typeof layouts>} place
 */
function drawsLinks(context, links, caption, place) {
  /** What is drawn, to be pointed at. @type {import("../../charts/place-links.js").Links | null} */
  let drawn = null;
  const card = graphicsCard(() => paintLinks(context.store.get()));
  /** @param {State} state */
  function paintLinks(state) {
    const { context: painter } = fitCanvas(links);
    const layout = state.trace && place(state.trace.geometry);
    drawn = null;
    if (!state.trace || !layout) return void (caption.textContent = "");
    const { geometry } = state.trace;
    const [capsules, type] = [linkedCapsules(state), isClassPointedAt(state) ? null : lookedAtType(state)];
    const couplings = couplingsNow(/** @type {Traced} */ (state));
    const shown = listLinks(geometry, couplings, thresholdNow(state), capsules, reachOf(state.trace));
    const count = shown.steps.length;
    const even = isEven(state.trace, state) ? evenLinks(geometry, state.playhead) : null;
    const look = { palette: state.palette, lit: litClass(state), width: widthOf(geometry, capsules?.length) };
    if (even) drawLinks(painter, even, layout, { ...look, lit: null });
    const gl = count >= MANY_LINKS && !isSaving() ? card() : null;
    if (gl) gl.draw(painter, shown, layout, { ...look, strongest: STRONGEST });
    else drawLinks(painter, shown, layout, look);
    drawn = shown;
    const { hoveredLink: pointed } = state;
    if (pointed) drawLinks(painter, only(pointed), layout, { ...look, lit: pointed.label, width: POINTED });
    const isFan = !count && even !== null && even.steps.length > 0;
    caption.textContent = isFan
      ? `all c = 1/${geometry.classes}`
      : captionOf(geometry, count, capsules?.length ?? 0, type);
    if (pointed) {
      const coupling = couplings[pointed.capsule * geometry.classes + pointed.label];
      const name = className(state, pointed.label);
      caption.textContent = `capsule ${thousands(pointed.capsule + 1)} → ${name}: c = ${fixed(coupling)}`;
    }
    links.dataset.links = String(count);
    links.dataset.painter = gl ? "webgl2" : "canvas";
  }

  drawOn(
    context,
    links,
    (state) => [
      state.trace,
      state.playhead,
      thresholdNow(state),
      litClass(state),
      isClassPointedAt(state),
      ...pointedAt(state),
    ],
    paintLinks,
  );
  asksLinks(links, context, (x, y) => {
    const layout = place(geometryNow(context.store.get()));
    const k = drawn && layout && nearestLink(drawn, layout, x, y, NEAR);
    return drawn && k !== null ? { capsule: drawn.capsules[k], label: drawn.labels[k] } : null;
  });
}

/**
 * Point at a link: which capsule, which class, its coupling. A click or a tap pins the capsule; by keyboard one goes to
 * the capsule itself.
 * @param {HTMLCanvasElement} links
 * @param {Context<State, Actions>} context
 * @param {(x: number, y: number) => {capsule: number, label: number} | null} linkAt
 */
function asksLinks(links, { actions }, linkAt) {
  links.addEventListener("pointermove", ({ offsetX, offsetY, buttons }) => {
    const link = buttons ? null : linkAt(offsetX, offsetY);
    links.style.cursor = link ? "pointer" : "";
    actions.hoverLink(link);
  });
  links.addEventListener("pointerleave", () => actions.hoverLink(null));
  links.addEventListener("click", ({ offsetX, offsetY }) => {
    const link = linkAt(offsetX, offsetY);
    if (link) actions.pinCapsule(link.capsule);
  });
}

/** One link, at its boldest. @param {{capsule: number, label: number}} link */
const only = ({ capsule, label }) => ({
  capsules: Uint32Array.of(capsule),
  labels: Uint16Array.of(label),
  steps: Uint8Array.of(OPACITY_STEPS),
});

/**
 * The layout for the sizes that the canvases have now: made anew only where one of them has changed.
 * @param {HTMLCanvasElement} links
 * @param {HTMLCanvasElement} primary
 */
function layouts(links, primary) {
  /** @type {import("../../charts/theatre.js").Theatre | null} */
  let made = null;
  let capsulesWidth = 0;
  return (/** @type {Geometry | null} */ geometry) => {
    const { clientWidth: width, clientHeight: height } = links;
    const isSame =
      made?.geometry === geometry &&
      made?.width === width &&
      made.height === height &&
      capsulesWidth === primary.clientWidth;
    if (isSame) return made;
    capsulesWidth = primary.clientWidth;
    return (made = geometry && theatreLayout(geometry, width, height, capsulesWidth));
  };
}

/**
 * What draws links on the graphics card: fetched when it is first asked for, and null until then, where the browser has
 * no such card, and after it was lost. `?links=webgl2` in the address takes WebGL2 even from a program, for the tests.
 * @param {() => void} ready
 */
function graphicsCard(ready) {
  /** @type {ReturnType<typeof import("../../charts/gl/links.js").openGlLinks>} */
  let gl = null;
  let asked = false;
  async function open() {
    const { openGlLinks } = await import("../../charts/gl/links.js");
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
 * @param {Trace} trace
 * @param {State} state
 */
function isEven({ geometry, interventions }, state) {
  const { couplings = [], logits = [] } = interventions ?? {};
  return (
    thresholdNow(state) > evenCoupling(geometry) &&
    !couplings.length &&
    !logits.length &&
    lookedAtCapsules({ ...state, hoveredLink: null }) === null
  );
}

/** The fewer capsules are looked at, the bolder their links. @param {Geometry} geometry @param {number} [count] */
const widthOf = ({ primaries, perType }, count = primaries) =>
  count <= FEW_CAPSULES ? 2 : count <= perType ? 1.25 : 0.75;

/**
 * @param {Geometry} geometry
 * @param {number} links how many are drawn
 * @param {number} count of the capsules that are looked at
 * @param {number | null} type
 */
function captionOf({ primaries, perType, classes }, links, count, type) {
  if (type !== null) return `${links} of ${thousands(perType * classes)} links of type ${type + 1}`;
  if (count) return count === 1 ? `its ${classes} links` : `the links of ${count} capsules`;
  return links ? `${thousands(links)} of ${thousands(primaries * classes)} links` : "all below the threshold";
}
