/** The subject "view": one digit from several viewpoints, before a capsule network and before a CNN. */
/** @import { AllActions, ServicesOf, StateOf } from "../compose.js" */
import * as theme from "../../shell/theme.js";
import * as gallery from "../digit/gallery.js";
import * as looking from "../digit/looking.js";
import * as picture from "../digit/picture.js";
import * as source from "../digit/source.js";
import * as strokes from "../digit/strokes.js";
import * as truth from "../digit/truth.js";
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
import * as affine from "./affine.js";
import * as contrast from "./contrast.js";
import * as directions from "./directions.js";
import * as following from "./following.js";
import * as path from "./path.js";
import * as turnBack from "./turn-back.js";
import * as fewerDigits from "./fewer-digits.js";
import * as frame from "./frame.js";
import * as howFar from "./how-far.js";
import * as pieces from "./pieces.js";
import * as pooling from "./pooling.js";
import * as studies from "./studies.js";
import * as viewed from "./viewed.js";
import * as viewpoint from "./viewpoint.js";

/**
 * In the order of the link's rows; the slices of the figures below the first screen come last, in their order. What a
 * viewpoint shows is asked of networks as they were trained: no link of this room edits the routing.
 */
export const VIEW = /** @type {const} */ ([
  theme,
  notices,
  traces,
  parts,
  troubles,
  source,
  truth,
  network,
  { ...playback, link: [] },
  threshold,
  choosing,
  pointing,
  planes,
  wholes,
  agreement,
  kernels,
  { ...tamper, link: [] },
  masks,
  votes,
  gauge,
  gallery,
  saving,
  picture,
  looking,
  strokes,
  viewpoint,
  contrast,
  viewed,
  following,
  directions,
  path,
  turnBack,
  pooling,
  pieces,
  affine,
  frame,
  studies,
  howFar,
  fewerDigits,
]);

/** @typedef {StateOf<typeof VIEW>} State */
/** @typedef {AllActions<typeof VIEW>} Actions */
/** @typedef {ServicesOf<typeof VIEW>} Services what the actions need of the world; the tests pass their own */
/** @typedef {State & import("../trace/traces.js").Traced} Traced a state that has something to show */
