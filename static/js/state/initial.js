/** @import { State } from "../types.js" */
import { NO_INTERVENTIONS } from "../lib/interventions.js";
import { POSE_DIM } from "../lib/network.js";

/** Width of the pen in parts of the pad's side; the server's renderer uses the same. */
export const PEN_WIDTH = 1 / 12;

/** So many drawings are kept at most, beside the one on the pad. */
export const MOST_KEPT = 8;

export const NO_OFFSETS = Object.freeze(Array.from({ length: POSE_DIM }, () => 0));

/** The dials as they are when a digit has been read. @returns {Pick<State, "offsets" | "poseLength" | "dialHistory">} */
export const untouchedDials = () => ({ offsets: [...NO_OFFSETS], poseLength: null, dialHistory: [] });

/** @type {State} */
export const INITIAL = {
  source: { kind: "empty" },
  cleared: null,
  penWidth: PEN_WIDTH,
  model: "",
  models: [],
  defaultModel: "",
  missingModel: "",
  iterations: 3,
  status: "empty",
  message: "",
  trace: null,
  interventions: NO_INTERVENTIONS,
  untouched: null,
  votes: null,
  playhead: 3,
  playing: false,
  threshold: 0.105,
  selectedClass: null,
  hoveredClass: null,
  pinnedClass: null,
  hoveredCapsule: null,
  pinnedCapsules: [],
  hoveredType: null,
  pinnedType: null,
  hoveredMap: null,
  ...untouchedDials(),
  dialReach: "class",
  dialNames: {},
  dimensions: null,
  reconstruction: null,
  foundReconstruction: null,
  iterationReconstructions: null,
  ghost: true,
  compareWith: "input",
  perturbations: null,
  planes: null,
  planeClasses: [null, null],
  planeLook: { colour: "position", distance: "root" },
  tenIterations: null,
  study: null,
  sweepReach: "paper",
  sweepOrder: "number",
  chosenDimension: null,
  hoveredCell: null,
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
  troubles: {},
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
