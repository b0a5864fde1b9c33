/**
 * What every subject with a trace shares. A figure that needs no more than this can stand in each of their rooms.
 *
 * These slices count on two actions of the subject: `lookAgain`, which asks for the trace once more, and `settleModel`
 * once a link was opened (state/digit/looking has both ends), and on the `task` of its networks in the state.
 */
/** @import { AllActions, StateOf } from "../compose.js" */
import * as theme from "../../shell/theme.js";
import * as agreement from "./agreement.js";
import * as choosing from "./choosing.js";
import * as gauge from "./gauge.js";
import * as kernels from "./kernels.js";
import * as masks from "./masks.js";
import * as network from "./network.js";
import * as notices from "./notices.js";
import * as parts from "./parts.js";
import * as planes from "./planes.js";
import * as playback from "./playback.js";
import * as pointing from "./pointing.js";
import * as saving from "./saving.js";
import * as tamper from "./tamper.js";
import * as threshold from "./threshold.js";
import * as traces from "./traces.js";
import * as troubles from "./troubles.js";
import * as votes from "./votes.js";
import * as wholes from "./wholes.js";

/** A subject may list them anywhere among its own: a slice counts once. */
export const TRACE = /** @type {const} */ ([
  theme,
  notices,
  traces,
  parts,
  troubles,
  network,
  playback,
  threshold,
  choosing,
  pointing,
  planes,
  wholes,
  agreement,
  kernels,
  tamper,
  masks,
  votes,
  gauge,
  saving,
]);

/** @typedef {StateOf<typeof TRACE> & import("./network.js").Network} State with the subject's `task` */
/** @typedef {AllActions<typeof TRACE>} Actions */
/** @typedef {State & import("./traces.js").Traced} Traced a state that has something to show */
