/** The room "Explore": one digit through the network. Which figures stand where, and about what. */
/** @import { Room } from "./common/start.js" */
import { DIGIT } from "../state/digit/subject.js";
import { playFirst } from "../state/trace/playfirst.js";
import { mountClasses } from "../figures/theatre/classes.js";
import { mountConv1 } from "../figures/theatre/conv1.js";
import { mountDials } from "../figures/dials/dials.js";
import { mountDistributions } from "../figures/dials/distributions.js";
import { mountInspector } from "../figures/theatre/inspector.js";
import { mountReconstruction } from "../figures/dials/reconstruction.js";
import { mountSees } from "../figures/theatre/sees.js";
import { mountTampered } from "../figures/theatre/tampered.js";
import { mountTheatre } from "../figures/theatre/theatre.js";
import { mountGallery } from "../widgets/gallery.js";
import { mountPad } from "../widgets/pad.js";
import { mountTruth } from "../widgets/truth.js";
import { mountTapped } from "../widgets/tapped.js";
import { mountTransport } from "../widgets/transport.js";
import { asDigit } from "../state/digit/source.js";
import { asLayer, keepExplored } from "../state/drawing/explored.js";
import { waysToRooms } from "../widgets/ways-to-rooms.js";
import { mountWhatWasRead } from "../widgets/what-was-read.js";
import { SHELL_PARTS } from "./common/parts.js";
import { SERVICES } from "./common/services.js";
import { startRoom } from "./common/start.js";

/** A seven, before anybody has drawn. */
const FIRST = /** @type {const} */ ({ kind: "digit", index: 0 });

/** @type {Room<typeof DIGIT>} */
export const ROOM = {
  subject: DIGIT,
  services: SERVICES,
  parts: [
    [".stage-input", mountPad],
    [".stage-conv1", mountConv1],
    [".theatre", mountTheatre],
    [".dialling", mountReconstruction],
    [".stage-input", mountSees],
    [".stage-input", mountTruth],
    [".stage-dials", mountDistributions],
    [".theatre", mountClasses],
    ["#inspector", mountInspector],
    [".stage-dials", mountDials],
    ["body", mountTransport],
    ["#tampered", mountTampered],
    ["body", mountGallery],
    ["body", mountWhatWasRead],
    ["body", mountTapped],
    ["body", waysToRooms({ first: FIRST, rooms: { overlap: asLayer, viewpoint: asDigit }, keep: keepExplored })],
    ...SHELL_PARTS,
  ],
  figures: {
    wholes: async () => (await import("../figures/wholes/wholes.js")).mountWholes,
    votes: async () => (await import("../figures/votes/votes.js")).mountVotes,
    procedure: async () => (await import("../figures/procedure/procedure.js")).mountProcedure,
    squash: async () => (await import("../figures/squash/squash.js")).mountSquash,
    curves: async () => (await import("../figures/curves/curves.js")).mountCurves,
    "how-many": async () => (await import("../figures/how-many/how-many.js")).mountHowMany,
    "does-routing-matter": async () =>
      (await import("../figures/does-routing-matter/does-routing-matter.js")).mountDoesRoutingMatter,
    matrices: async () => (await import("../figures/matrices/matrices.js")).mountMatrices,
    tamper: async () => (await import("../figures/tamper/tamper.js")).mountTamper,
    masks: async () => (await import("../figures/masks/masks.js")).mountMasks,
    between: async () => (await import("../figures/between/between.js")).mountBetween,
    perturbations: async () => (await import("../figures/perturbations/perturbations.js")).mountPerturbations,
    reading: async () => (await import("../figures/reading/reading.js")).mountReading,
  },
  first: FIRST,
  greet: playFirst,
};

startRoom(ROOM);
