/** The room "Viewpoint": one digit turned, before a capsule network and a CNN. Which figures stand where. */
/** @import { Room } from "./common/start.js" */
import { fetchFewerDigits } from "../api/fewer-digits.js";
import * as viewpoints from "../api/viewpoints.js";
import { asDigit } from "../state/digit/source.js";
import { asLayer } from "../state/drawing/explored.js";
import { VIEW } from "../state/view/subject.js";
import { mountSees } from "../figures/theatre/sees.js";
import { mountSeen } from "../figures/seen/seen.js";
import { mountViewCapsule } from "../figures/view-capsule/view-capsule.js";
import { mountViewCnn } from "../figures/view-cnn/view-cnn.js";
import { mountGallery } from "../widgets/gallery.js";
import { mountPad } from "../widgets/pad.js";
import { mountTruth } from "../widgets/truth.js";
import { waysToRooms } from "../widgets/ways-to-rooms.js";
import { mountWhatWasRead } from "../widgets/what-was-read.js";
import { SHELL_PARTS } from "./common/parts.js";
import { SERVICES } from "./common/services.js";
import { startRoom } from "./common/start.js";

/** A four, before anybody has drawn. */
const FIRST = /** @type {const} */ ({ kind: "digit", index: 4 });

/** @type {Room<typeof VIEW>} */
export const ROOM = {
  subject: VIEW,
  services: { ...SERVICES, ...viewpoints, fetchFewerDigits },
  parts: [
    [".stage-input", mountPad],
    [".stage-seen", mountSeen],
    [".stage-view-capsule", mountViewCapsule],
    [".stage-view-cnn", mountViewCnn],
    [".stage-input", mountSees],
    [".stage-input", mountTruth],
    ["body", mountGallery],
    ["body", mountWhatWasRead],
    ["body", waysToRooms({ first: FIRST, rooms: { explore: asDigit, overlap: asLayer } })],
    ...SHELL_PARTS,
  ],
  figures: {
    path: async () => (await import("../figures/path/path.js")).mountPath,
    "turn-back": async () => (await import("../figures/turn-back/turn-back.js")).mountTurnBack,
    pooling: async () => (await import("../figures/pooling/pooling.js")).mountPooling,
    pieces: async () => (await import("../figures/pieces/pieces.js")).mountPieces,
    "how-far": async () => (await import("../figures/how-far/how-far.js")).mountHowFar,
    affine: async () => (await import("../figures/affine/affine.js")).mountAffine,
    frame: async () => (await import("../figures/frame/frame.js")).mountFrame,
    "fewer-digits": async () => (await import("../figures/fewer-digits/fewer-digits.js")).mountFewerDigits,
  },
  first: FIRST,
};

startRoom(ROOM);
