/** The subject "pair": two digits over each other, and what the network makes of them. */
/** @import { AllActions, ServicesOf, StateOf } from "../compose.js" */
import { TRACE } from "../trace/subject.js";
import * as absent from "./absent.js";
import * as arranging from "./arranging.js";
import * as classes from "./classes.js";
import * as explored from "./explored.js";
import * as laid from "./laid.js";
import * as layers from "./layers.js";
import * as looking from "./looking.js";
import * as oneDigit from "./one-digit.js";
import * as overlapChoices from "./overlap-choices.js";
import * as pairs from "./pairs.js";
import * as showing from "./showing.js";
import * as study from "./study.js";
import * as sweeping from "./sweeping.js";
import * as truths from "./truths.js";

/** In the order of the link's rows. */
export const PAIR = /** @type {const} */ ([
  layers,
  ...TRACE,
  laid,
  classes,
  showing,
  truths,
  absent,
  sweeping,
  study,
  overlapChoices,
  pairs,
  explored,
  arranging,
  oneDigit,
  looking,
]);

/** @typedef {StateOf<typeof PAIR>} State */
/** @typedef {AllActions<typeof PAIR>} Actions */
/** @typedef {ServicesOf<typeof PAIR>} Services */
/** @typedef {State & import("../trace/traces.js").Traced} Traced a state that has something to show */
