/** @import { State } from "../types.js" */
import { POSE_DIM } from "../lib/network.js";

/** Width of the pen in parts of the pad's side; the server's renderer uses the same. */
export const PEN_WIDTH = 1 / 12;

/** How far a dial turns to either side. The paper's Figure 4 goes to 0.25. */
export const DIAL_REACH = 0.5;

/** So many drawings are kept at most, beside the one on the pad. */
export const MOST_KEPT = 8;

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
  votes: null,
  playhead: 3,
  playing: false,
  threshold: 0.12,
  selectedClass: null,
  hoveredClass: null,
  hoveredCapsule: null,
  pinnedCapsule: null,
  hoveredMap: null,
  offsets: [...NO_OFFSETS],
  reconstruction: null,
  perturbations: null,
  masks: null,
  maskOrder: "error",
  stretched: true,
  gauge: null,
  kept: [],
  ends: [0, 1],
  walked: 0.5,
  walkAs: null,
  walk: null,
  walkTrouble: "",
  shelf: null,
  shelfPage: 0,
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
