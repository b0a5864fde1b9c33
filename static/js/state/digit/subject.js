/** The subject "digit": one drawing, what the network makes of it, and what can be done with that. */
/** @import { AllActions, ServicesOf, StateOf } from "../compose.js" */
import * as theme from "../../shell/theme.js";
import * as agreement from "../trace/agreement.js";
import * as choosing from "../trace/choosing.js";
import * as gauge from "../trace/gauge.js";
import * as kernels from "../trace/kernels.js";
import * as masks from "../trace/masks.js";
import * as network from "../trace/network.js";
import * as notices from "../trace/notices.js";
import * as parts from "../trace/parts.js";
import * as planes from "../trace/planes.js";
import * as playback from "../trace/playback.js";
import * as pointing from "../trace/pointing.js";
import * as saving from "../trace/saving.js";
import * as tamper from "../trace/tamper.js";
import * as threshold from "../trace/threshold.js";
import * as traces from "../trace/traces.js";
import * as troubles from "../trace/troubles.js";
import * as votes from "../trace/votes.js";
import * as wholes from "../trace/wholes.js";
import * as comparing from "./comparing.js";
import * as decoding from "./decoding.js";
import * as dials from "./dials.js";
import * as dimensions from "./dimensions.js";
import * as doesRoutingMatter from "./does-routing-matter.js";
import * as gallery from "./gallery.js";
import * as howMany from "./how-many.js";
import * as kept from "./kept.js";
import * as looking from "./looking.js";
import * as picture from "./picture.js";
import * as source from "./source.js";
import * as strokes from "./strokes.js";
import * as perturbations from "./perturbations.js";
import * as truth from "./truth.js";
import * as turning from "./turning.js";
import * as walks from "./walks.js";

/** In the order of the link's rows. Each row may ask what those before it have read. */
export const DIGIT = /** @type {const} */ ([
  theme,
  notices,
  traces,
  parts,
  troubles,
  source,
  truth,
  network,
  playback,
  threshold,
  choosing,
  pointing,
  planes,
  wholes,
  agreement,
  kernels,
  dials,
  tamper,
  dimensions,
  comparing,
  perturbations,
  masks,
  kept,
  votes,
  turning,
  decoding,
  gauge,
  howMany,
  doesRoutingMatter,
  gallery,
  walks,
  saving,
  picture,
  looking,
  strokes,
]);

/** @typedef {StateOf<typeof DIGIT>} State */
/** @typedef {AllActions<typeof DIGIT>} Actions */
/** @typedef {ServicesOf<typeof DIGIT>} Services what the actions need of the world; the tests pass their own */
/** @typedef {State & import("../trace/traces.js").Traced} Traced a state that has something to show */
