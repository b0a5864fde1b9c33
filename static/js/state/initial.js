/** @import { State } from "../types.js" */
import { NO_INTERVENTIONS } from "../lib/interventions.js";
import { POSE_DIM } from "../lib/network.js";

/** Width of the pen in parts of the pad's side; the server's renderer uses the same. */
export const PEN_WIDTH = 1 / 12;

/** How far a dial turns to either side. The paper's Figure 4 goes to 0.25. */
export const DIAL_REACH = 0.5;

/** So many primary capsules can be pinned; one more lets the first of them go. */
export const MOST_PINNED = 4;

export const NO_OFFSETS = Object.freeze(Array.from({ length: POSE_DIM }, () => 0));

/** @type {State} */
export const INITIAL = {
  source: { kind: "empty" },
  cleared: null,
  penWidth: PEN_WIDTH,
  model: "",
  models: [],
  iterations: 3,
  status: "empty",
  message: "",
  trace: null,
  interventions: NO_INTERVENTIONS,
  untouched: null,
  votes: null,
  playhead: 3,
  playing: false,
  threshold: 0.12,
  selectedClass: null,
  hoveredClass: null,
  pinnedClass: null,
  hoveredCapsule: null,
  pinnedCapsules: [],
  hoveredType: null,
  pinnedType: null,
  hoveredMap: null,
  offsets: [...NO_OFFSETS],
  reconstruction: null,
  perturbations: null,
  planes: null,
  planeClasses: [null, null],
  planeLook: { colour: "position", distance: "root" },
  tenIterations: null,
  study: null,
  theme: "auto",
  palette: {
    surface: [255, 255, 255],
    ink: [0, 0, 0],
    muted: [128, 128, 128],
    line: [200, 200, 200],
    accent: [200, 80, 20],
    positive: [200, 80, 20],
    negative: [30, 100, 180],
  },
};
