/** The votes for two classes as points on planes: where they agree, and where not. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { VotePlanes } from "../../capsules/types.js" @import { PlaneLayout } from "../../charts/place-plane.js" */
/** @import { Actions, State, Traced } from "../../state/trace/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import {
  drawPlaneArrow,
  drawPlaneAxes,
  drawPlaneLegend,
  drawPointFocus,
  drawSupportLegend,
  drawSupportPoints,
  drawVotePoints,
  opacityOf,
  planeColours,
} from "../../charts/plane.js";
import { couplingStrengths } from "../../capsules/coupling.js";
import { argmax, maximum } from "../../shell/math.js";
import { measure } from "../../shell/timing.js";
import { POSITION_LEGEND, SUPPORT_LEGEND, axesText, planeSaid, planeText, typeLegend } from "../../words/votes.js";
import { nearestPoint, placePoints, planeLayout, pointTowards, reachOfVectors } from "../../charts/place-plane.js";
import { shownClass } from "../../state/trace/choosing.js";
import { reachOf, supportColumn } from "../../state/trace/measures.js";
import { className, classNamesNow, geometryNow } from "../../state/trace/network.js";
import { PLANES, couplingsTo, planeLabels, supportTo } from "../../state/trace/planes.js";
import { partOf } from "../../state/trace/parts.js";
import { atPlayhead, lengthsNow, placeText } from "../../state/trace/playhead.js";
import { lookedAtCapsule, lookedAtCapsules, pointedAt } from "../../state/trace/pointing.js";
import { canvasIn, drawWhileSeen, element, partIn, selectIn } from "../../widgets/dom.js";
import { asksCapsules } from "../../widgets/pointing.js";
import { whenSettled } from "../../widgets/settled.js";

/** So long must a drawing stand still before its votes are asked for. */
const SETTLE_MS = 120;
/** How near to a point the pointer means it, in CSS pixels. */
const NEAR = 14;
const LEGENDS = {
  position: () => POSITION_LEGEND,
  type: typeLegend,
};

/**
 * @typedef {object} Plane
 * @property {0 | 1} which
 * @property {HTMLCanvasElement} canvas
 * @property {HTMLSelectElement} select
 * @property {HTMLElement} numbers
 * @property {HTMLElement} axes
 * @property {string | null} called while there is nothing to tell
 * @property {{planes: VotePlanes, layout: PlaneLayout, places: Float32Array, distance: string} | null} placed what
 *   stands where
 */

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountVotes(root, context) {
  const placed = { ...context, root };
  const section = partIn(root, "votes", HTMLElement);
  const place = partIn(root, "planes", HTMLElement);
  const legend = canvasIn(root, "plane-legend");
  const legendText = partIn(root, "plane-legend-text", HTMLElement);
  const planes = /** @type {const} */ ([0, 1]).map((which) => makePlane(which, placed));
  const asked = asking(placed, section);

  /** @param {State} state */
  function draw(state) {
    const fitted = planes.map(({ canvas }) => fitCanvas(canvas)); // all before any text changes: one layout
    const { palette, planeLook } = state;
    const data = partOf(state, PLANES);
    const small = fitCanvas(legend);
    const geometry = geometryNow(state);
    if (!geometry) return planes.forEach(wait);
    const colours = planeColours(geometry, planeLook.colour, palette);
    const isSupport = state.planeShows === "support";
    if (isSupport) drawSupportLegend(small.context, palette, small.width, small.height);
    else drawPlaneLegend(small.context, colours, small.width, small.height);
    legendText.textContent = isSupport ? SUPPORT_LEGEND : LEGENDS[planeLook.colour](geometry);
    legend.dataset.by = isSupport ? "support" : planeLook.colour;
    if (!state.trace || !data) return planes.forEach(wait);
    const layout = planeLayout(fitted[0].width, reachOfVectors(data.points), planeLook.distance);
    planes.forEach((plane, k) =>
      drawPlane(plane, fitted[k].context, /** @type {Traced} */ (state), data, { layout, colours }),
    );
    asked.shown(data);
  }

  drawWhileSeen(
    context,
    place,
    (state) => [
      state.trace,
      geometryNow(state),
      partOf(state, PLANES),
      state.playhead,
      state.playing,
      state.planeLook,
      state.planeShows,
      state.planeClasses,
      shownClass(state),
      ...pointedAt(state),
    ],
    draw,
  );
  choices(placed, planes);
}

/**
 * Ask for the planes when they are on the screen and the drawing stands still, and measure how long they take.
 * @param {Context<State, Actions>} context
 * @param {HTMLElement} section
 */
function asking({ store, actions, signal }, section) {
  let askedAt = 0;
  /** @type {VotePlanes | null} */
  let measured = null;

  whenSettled(
    store,
    section,
    (state) => [state.trace, String(planeLabels(state))],
    async () => {
      askedAt = performance.now();
      return actions.needPlanes();
    },
    { settleMs: SETTLE_MS, signal },
  );

  return {
    /** @param {VotePlanes} planes that were just drawn */
    shown(planes) {
      if (planes === measured) return;
      measured = planes;
      measure("capsnet:votes", { start: askedAt });
    },
  };
}

/** @param {0 | 1} which @param {Placed<State, Actions>} context @returns {Plane} */
function makePlane(which, context) {
  const { root } = context;
  const place = (/** @type {string} */ part) => `plane-${part}-${which + 1}`;
  const plane = {
    which,
    canvas: canvasIn(root, place("canvas")),
    select: selectIn(root, place("class")),
    numbers: partIn(root, place("numbers"), HTMLElement),
    axes: partIn(root, place("axes"), HTMLElement),
    called: canvasIn(root, place("canvas")).ariaLabel,
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
 * @param {{layout: PlaneLayout, colours: import("../../charts/plane.js").PlaneColours}} look
 */
function drawPlane(plane, painter, state, planes, { layout, colours }) {
  const { trace, palette, playhead, planeLook } = state;
  const { which } = plane;
  const label = planes.labels[which];
  const part = (/** @type {Float32Array} */ values) =>
    values.subarray((which * values.length) / 2, ((which + 1) * values.length) / 2);
  if (
    plane.placed?.planes !== planes ||
    plane.placed.layout.radius !== layout.radius ||
    plane.placed.layout.reach !== layout.reach ||
    plane.placed.distance !== planeLook.distance
  ) {
    plane.placed = { planes, layout, places: placePoints(part(planes.points), layout), distance: planeLook.distance };
  }
  const { places } = plane.placed;
  const capsule = atPlayhead(part(planes.class_capsules), playhead, 2);
  const sum = atPlayhead(part(planes.sums), playhead, 2);
  const variance = part(planes.variance);
  const couplings = couplingsTo(state, label);
  const strengths = couplingStrengths(trace.geometry, reachOf(trace), couplings);
  const capsules = lookedAtCapsules(state);
  drawPlaneAxes(painter, layout, { variance, distance: planeLook.distance, palette });
  if (state.planeShows === "support") {
    const most = Math.max(...planes.labels.map((each) => largest(supportColumn(trace, each))));
    drawSupportPoints(painter, places, supportTo(state, label), { palette, most, capsules });
  } else drawVotePoints(painter, places, strengths, { colours, capsules });
  drawPlaneArrow(
    painter,
    layout,
    { capsule, sum },
    { palette, colour: label === shownClass(state) ? palette.accent : palette.ink },
  );
  if (capsules) drawPointFocus(painter, places, capsules, palette);
  const length = lengthsNow(state)[label];
  plane.numbers.textContent = planeText({
    when: placeText(state),
    length,
    inPlane: Math.hypot(capsule[0], capsule[1]),
    sum: Math.hypot(sum[0], sum[1]),
  });
  plane.axes.textContent = axesText(variance);
  if (!state.playing) tellPlane(plane, state, { label, couplings, strengths });
}

/** @param {Float32Array} terms */
const largest = (terms) => Math.max(maximum(terms), maximum(terms.map((term) => -term)), 1e-9);

/**
 * What a picture at rest shows, for those who do not see it and for those who count.
 * @param {Plane} plane
 * @param {State} state
 * @param {{label: number, couplings: Float32Array, strengths: Float32Array}} shown
 */
function tellPlane({ canvas, numbers }, state, { label, couplings, strengths }) {
  canvas.ariaLabel = planeSaid({
    name: className(state, label),
    numbers: numbers.textContent ?? "",
    couplings,
    capsule: lookedAtCapsule(state),
  });
  canvas.dataset.label = String(label);
  canvas.dataset.opacities = Array.from(strengths, (strength) => Math.round(1000 * opacityOf(strength))).join(" ");
}

/** Point at a vote, and at its capsule everywhere. @param {Plane} plane @param {Context<State, Actions>} context */
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

/** Which classes, and how they are drawn. @param {Placed<State, Actions>} context @param {Plane[]} planes */
function choices({ root, store, actions }, planes) {
  const shows = selectIn(root, "plane-shows");
  shows.addEventListener("change", () => actions.showOnPlanes(shows.value === "coupling" ? "coupling" : "support"));
  const [colour, distance] = [selectIn(root, "plane-colour"), selectIn(root, "plane-distance")];
  const follow = planes.map(({ which, select }) => {
    const first = element("option", { value: "" });
    select.append(first);
    select.addEventListener("change", () =>
      actions.showPlane(which, select.value === "" ? null : Number(select.value)),
    );
    return first;
  });
  colour.addEventListener("change", () =>
    actions.lookAtPlanes({ colour: colour.value === "type" ? "type" : "position" }),
  );
  distance.addEventListener("change", () =>
    actions.lookAtPlanes({ distance: distance.value === "linear" ? "linear" : "root" }),
  );
  store.watch(
    (state) => [classNamesNow(state)],
    (state) => {
      planes.forEach(({ select }, which) => {
        const names = classNamesNow(state).map((textContent, value) => element("option", { value, textContent }));
        select.replaceChildren(follow[which], ...names);
      });
    },
  );
  store.watch(
    (state) => [
      classNamesNow(state),
      state.planeClasses,
      state.planeLook,
      state.planeShows,
      String(planeLabels(state)),
    ],
    (state) => {
      shows.value = state.planeShows;
      /** @type {HTMLElement} */ (colour.parentElement).hidden = state.planeShows === "support";
      const labels = planeLabels({ ...state, planeClasses: [null, null] });
      const second = planeLabels({ ...state, planeClasses: [state.planeClasses[0], null] })?.[1];
      follow[0].textContent = labels ? `${className(state, labels[0])}, the selected class` : "the selected class";
      follow[1].textContent =
        second === undefined ? "the runner-up" : `${className(state, second)}, the longest other class`;
      planes.forEach(({ which, select }) => (select.value = String(state.planeClasses[which] ?? "")));
      [colour.value, distance.value] = [state.planeLook.colour, state.planeLook.distance];
    },
  );
}
