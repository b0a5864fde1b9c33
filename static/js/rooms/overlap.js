/** The room "Overlap": two digits over each other, taken apart. Which figures stand where, and about what. */
/** @import { Room } from "./common/start.js" */
import { PAIR } from "../state/pair/subject.js";
import { mountAnswer } from "../figures/answer/answer.js";
import { mountApart } from "../figures/apart/apart.js";
import { mountClasses } from "../figures/theatre/classes.js";
import { mountInspector } from "../figures/theatre/inspector.js";
import { mountLayers } from "../figures/layers/layers.js";
import { mountSum } from "../figures/sum/sum.js";
import { mountTampered } from "../figures/theatre/tampered.js";
import { mountTheatre } from "../figures/theatre/theatre.js";
import { mountChoosing } from "../widgets/choosing-pair.js";
import { mountNoPictures } from "../widgets/drops.js";
import { mountTapped } from "../widgets/tapped.js";
import { mountTransport } from "../widgets/transport.js";
import { SHELL_PARTS } from "./common/parts.js";
import { SERVICES } from "./common/services.js";
import { startRoom } from "./common/start.js";

/** @type {Room<typeof PAIR>} */
export const ROOM = {
  subject: PAIR,
  services: SERVICES,
  parts: [
    [".stage-layers", mountLayers],
    [".stage-sum", mountSum],
    [".stage-apart", mountApart],
    [".stage-answer", mountAnswer],
    [".theatre", mountTheatre],
    [".theatre", mountClasses],
    ["#inspector", mountInspector],
    ["body", mountTransport],
    ["#tampered", mountTampered],
    ["body", mountChoosing],
    ["body", mountNoPictures],
    ["body", mountTapped],
    ...SHELL_PARTS,
  ],
  figures: {
    owners: async () => (await import("../figures/owners/owners.js")).mountOwners,
    absent: async () => (await import("../figures/absent/absent.js")).mountAbsent,
    sweep: async () => (await import("../figures/sweep/sweep.js")).mountSweep,
    "overlap-study": async () => (await import("../figures/overlap-study/overlap-study.js")).mountOverlapStudy,
    "one-digit": async () => (await import("../figures/one-digit/one-digit.js")).mountOneDigit,
    wholes: async () => (await import("../figures/wholes/wholes.js")).mountWholes,
    votes: async () => (await import("../figures/votes/votes.js")).mountVotes,
    procedure: async () => (await import("../figures/procedure/procedure.js")).mountProcedure,
    curves: async () => (await import("../figures/curves/curves.js")).mountCurves,
    matrices: async () => (await import("../figures/matrices/matrices.js")).mountMatrices,
  },
  // A three over a two, before anybody has drawn: test pair 18.
  first: {
    kind: "pair",
    layers: [
      { source: { kind: "digit", index: 18 }, offset: [4, 1] },
      { source: { kind: "digit", index: 8794 }, offset: [-4, 2] },
    ],
  },
};

startRoom(ROOM);
