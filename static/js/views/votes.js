/** The votes for two classes as points on planes: where they agree, and where not. @import { Context } from "./dom.js" */
/** @import { State, Traced, VotePlanes } from "../types.js" @import { PlaneLayout } from "../layout/plane.js" */
import { fitCanvas } from "../draw/canvas.js";
import {
  drawPlaneArrow, drawPlaneAxes, drawPlaneLegend, drawPointFocus, drawVotePoints, opacityOf, planeColours,
} from "../draw/plane.js";
import { couplingScale } from "../lib/coupling.js";
import { fixed, lengthEquation } from "../lib/format.js";
import { argmax } from "../lib/math.js";
import { CLASSES } from "../lib/network.js";
import { areAlike } from "../lib/spoken.js";
import { nearestPoint, placePoints, planeLayout, pointTowards, reachOfVectors } from "../layout/plane.js";
import { couplingsTo, planeLabels } from "../state/planes.js";
import {
  atPlayhead, lengthsNow, lookedAtCapsule, lookedAtCapsules, placeText, pointedAt, reachOf, shownClass,
} from "../state/selectors.js";
import { byId, canvasById, drawWhileSeen, element, selectById } from "./dom.js";
import { asksCapsules } from "./pointing.js";
import { whenSettled } from "./settled.js";

/** So long must a drawing stand still before its votes are asked for. */
const SETTLE_MS = 120;
/** How near to a point the pointer means it, in CSS pixels. */
const NEAR = 14;
const LEGENDS = {
  position: "colour: where the capsule looks, left to right and top to bottom",
  type: "colour: the capsule’s type, 1 to 32",
};

/**
 * @typedef {object} Plane
 * @property {0 | 1} which
 * @property {HTMLCanvasElement} canvas
 * @property {HTMLSelectElement} select
 * @property {HTMLElement} numbers
 * @property {HTMLElement} axes
 * @property {string | null} called while there is nothing to tell
 * @property {{planes: VotePlanes, layout: PlaneLayout, places: Float32Array, distance: string} | null} placed what stands where
 */

/** @param {Context} context */
export function votesView(context) {
  const section = byId("votes", HTMLElement);
  const place = byId("planes", HTMLElement);
  const legend = canvasById("plane-legend");
  const legendText = byId("plane-legend-text", HTMLElement);
  const planes = /** @type {const} */ ([0, 1]).map((which) => makePlane(which, context));
  const asked = asking(context, section);

  /** @param {State} state */
  function draw(state) {
    const fitted = planes.map(({ canvas }) => fitCanvas(canvas)); // all before any text changes: one layout
    const { planes: data, palette, planeLook } = state;
    const colours = planeColours(planeLook.colour, palette);
    const small = fitCanvas(legend);
    drawPlaneLegend(small.context, colours.colours, small.width, small.height);
    legendText.textContent = LEGENDS[planeLook.colour];
    legend.dataset.by = planeLook.colour;
    const shown = data && String(planeLabels(state)) === [...data.labels].join(",");
    if (!state.trace || !shown) return planes.forEach(wait);
    const layout = planeLayout(fitted[0].width, reachOfVectors(data.points), planeLook.distance);
    planes.forEach((plane, k) => drawPlane(plane, fitted[k].context, /** @type {Traced} */ (state), data, { layout, colours }));
    asked.shown(data);
  }

  drawWhileSeen(
    context,
    place,
    (state) => [
      state.trace, state.planes, state.playhead, state.playing, state.planeLook, state.planeClasses, shownClass(state), ...pointedAt(state),
    ],
    draw,
  );
  choices(context, planes);
}

/**
 * Ask for the planes when they are on the screen and the drawing stands still, and measure how long they take.
 * @param {Context} context
 * @param {HTMLElement} section
 */
function asking({ store, actions }, section) {
  let askedAt = 0;
  /** @type {VotePlanes | null} */
  let measured = null;

  whenSettled(
    store,
    section,
    (state) => [state.trace, String(planeLabels(state))],
    async () => {
      const labels = planeLabels(store.get());
      askedAt = performance.now();
      return labels !== null && actions.needPlanes(labels.join(","));
    },
    SETTLE_MS,
  );

  return {
    /** @param {VotePlanes} planes that were just drawn */
    shown(planes) {
      if (planes === measured) return;
      measured = planes;
      performance.measure("capsnet:votes", { start: askedAt });
    },
  };
}

/** @param {0 | 1} which @param {Context} context @returns {Plane} */
function makePlane(which, context) {
  const place = (/** @type {string} */ part) => `plane-${part}-${which + 1}`;
  const plane = {
    which,
    canvas: canvasById(place("canvas")),
    select: selectById(place("class")),
    numbers: byId(place("numbers"), HTMLElement),
    axes: byId(place("axes"), HTMLElement),
    called: canvasById(place("canvas")).ariaLabel,
    placed: null,
  };
  askPlane(plane, context);
  return plane;
}

/** @param {Plane} plane */
function wait(plane) {
  plane.placed = null;
  plane.numbers.textContent = "…";
  plane.axes.textContent = "";
  plane.canvas.ariaLabel = plane.called;
  delete plane.canvas.dataset.opacities;
}

/**
 * @param {Plane} plane
 * @param {CanvasRenderingContext2D} painter
 * @param {Traced} state
 * @param {VotePlanes} planes
 * @param {{layout: PlaneLayout, colours: import("../draw/plane.js").PlaneColours}} look
 */
function drawPlane(plane, painter, state, planes, { layout, colours }) {
  const { trace, palette, playhead, planeLook } = state;
  const { which } = plane;
  const label = planes.labels[which];
  const part = (/** @type {Float32Array} */ values) => values.subarray((which * values.length) / 2, ((which + 1) * values.length) / 2);
  if (plane.placed?.planes !== planes || plane.placed.layout.radius !== layout.radius || plane.placed.layout.reach !== layout.reach || plane.placed.distance !== planeLook.distance) {
    plane.placed = { planes, layout, places: placePoints(part(planes.points), layout), distance: planeLook.distance };
  }
  const { places } = plane.placed;
  const capsule = atPlayhead(part(planes.class_capsules), playhead, 2);
  const sum = atPlayhead(part(planes.sums), playhead, 2);
  const variance = part(planes.variance);
  const couplings = couplingsTo(state, label);
  const strengths = couplings.map(couplingScale(reachOf(trace)));
  const capsules = lookedAtCapsules(state);
  drawPlaneAxes(painter, layout, { variance, distance: planeLook.distance, palette });
  drawVotePoints(painter, places, strengths, { colours, capsules });
  drawPlaneArrow(painter, layout, { capsule, sum }, { palette, colour: label === shownClass(state) ? palette.accent : palette.ink });
  if (capsules) drawPointFocus(painter, places, capsules, palette);
  const length = lengthsNow(state)[label];
  plane.numbers.textContent = `${lengthEquation(length)}, of which ${fixed(Math.hypot(capsule[0], capsule[1]))} lies in this plane; ‖s‖ there: ${fixed(Math.hypot(sum[0], sum[1]))}`;
  plane.axes.textContent = `axis 1 holds ${fixed(100 * variance[0], 1)} %, axis 2 ${fixed(100 * variance[1], 1)} % of the votes’ variance about zero`;
  if (!state.playing) tellPlane(plane, state, { label, couplings, strengths });
}

/** What a picture at rest shows, for those who do not see it and for those who count. @param {Plane} plane @param {State} state @param {{label: number, couplings: Float32Array, strengths: Float32Array}} shown */
function tellPlane({ canvas, numbers }, state, { label, couplings, strengths }) {
  const strongest = argmax(couplings);
  const c = fixed(couplings[strongest], 3);
  const largest = areAlike(couplings) ? `All couplings to it are c = ${c}` : `The largest coupling is that of capsule ${strongest + 1}, c = ${c}`;
  const capsule = lookedAtCapsule(state);
  const own = capsule === null ? "" : ` The capsule that is looked at, ${capsule + 1}, is coupled to it by c = ${fixed(couplings[capsule], 3)}.`;
  canvas.ariaLabel = `The 1152 votes for ${label}, ${placeText(state)}: ${numbers.textContent}. ${largest}.${own} Arrow keys move from vote to vote, Enter pins its capsule.`;
  canvas.dataset.label = String(label);
  canvas.dataset.opacities = Array.from(strengths, (strength) => Math.round(1000 * opacityOf(strength))).join(" ");
}

/** Point at a vote, and at its capsule everywhere. @param {Plane} plane @param {Context} context */
function askPlane(plane, context) {
  asksCapsules(plane.canvas, context, {
    at: ({ offsetX, offsetY }) => plane.placed && nearestPoint(plane.placed.places, offsetX, offsetY, NEAR),
    towards: (capsule, [right, down]) => plane.placed && pointTowards(plane.placed.places, capsule, right, down),
    first() {
      const state = context.store.get();
      const label = planeLabels(state)?.[plane.which];
      return state.trace && label !== undefined ? argmax(couplingsTo(/** @type {Traced} */ (state), label)) : 0;
    },
  });
}

/** Which classes, and how they are drawn. @param {Context} context @param {Plane[]} planes */
function choices({ store, actions }, planes) {
  const [colour, distance] = [selectById("plane-colour"), selectById("plane-distance")];
  const follow = planes.map(({ which, select }) => {
    const first = element("option", { value: "" });
    select.append(first, ...Array.from({ length: CLASSES }, (_, label) => element("option", { value: String(label), textContent: String(label) })));
    select.addEventListener("change", () => actions.showPlane(which, select.value === "" ? null : Number(select.value)));
    return first;
  });
  colour.addEventListener("change", () => actions.lookAtPlanes({ colour: colour.value === "type" ? "type" : "position" }));
  distance.addEventListener("change", () => actions.lookAtPlanes({ distance: distance.value === "linear" ? "linear" : "root" }));
  store.watch(
    (state) => [state.planeClasses, state.planeLook, String(planeLabels(state))],
    (state) => {
      const labels = planeLabels({ ...state, planeClasses: [null, null] });
      const second = planeLabels({ ...state, planeClasses: [state.planeClasses[0], null] })?.[1];
      follow[0].textContent = labels ? `${labels[0]}, the shown class` : "the shown class";
      follow[1].textContent = second === undefined ? "the runner-up" : `${second}, the longest other one`;
      planes.forEach(({ which, select }) => (select.value = String(state.planeClasses[which] ?? "")));
      [colour.value, distance.value] = [state.planeLook.colour, state.planeLook.distance];
    },
  );
}
