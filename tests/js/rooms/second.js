/**
 * A second room, about another subject that has a trace: one test digit by its number. It is not shipped. The compiler
 * checks here that every figure about a trace fits it, and tests/browser/test_second_room.py opens it.
 */
/** @import { Life } from "../../../static/js/state/compose.js" */
/** @import { Store } from "../../../static/js/shell/store.js" */
/** @import { State } from "../../../static/js/state/trace/subject.js" */
/** @import { Room } from "../../../static/js/rooms/common/start.js" */
/** @import { Row } from "../../../static/js/shell/link.js" */
import { geometryOf } from "../../../static/js/capsules/geometry.js";
import { TRACE } from "../../../static/js/state/trace/subject.js";
import { cardOf } from "../../../static/js/state/trace/network.js";
import { mountClasses } from "../../../static/js/figures/theatre/classes.js";
import { mountConv1 } from "../../../static/js/figures/theatre/conv1.js";
import { mountInspector } from "../../../static/js/figures/theatre/inspector.js";
import { mountTampered } from "../../../static/js/figures/theatre/tampered.js";
import { mountTheatre } from "../../../static/js/figures/theatre/theatre.js";
import { mountTransport } from "../../../static/js/widgets/transport.js";
import { SHELL_PARTS } from "../../../static/js/rooms/common/parts.js";
import { SERVICES } from "../../../static/js/rooms/common/services.js";
import { startRoom } from "../../../static/js/rooms/common/start.js";

/** @typedef {{number: number, task: "digit" | "pair"}} Numbered of the test digit */

/** @type {Numbered} */
const initial = { number: 0, task: "digit" };

/** @type {Row<Numbered>[]} */
const link = [
  {
    key: "number",
    what: "the test digit",
    fields: ["number"],
    write: ({ number }) => (number ? String(number) : null),
    read: (text) => ({ number: text.index() }),
  },
];

/**
 * @param {Store<Numbered & State>} store
 * @param {Pick<typeof SERVICES, "drawingOf" | "fetchTrace">} services
 * @param {{needModels: () => Promise<void>, settleModel: () => void, complain: (message: string) => void}} others
 * @param {Life} life
 */
function actions(store, { drawingOf, fetchTrace }, others, life) {
  async function look() {
    await others.needModels();
    const card = cardOf(store.get());
    if (!card) return;
    const { number, iterations, interventions } = store.get();
    const source = /** @type {const} */ ({ kind: "digit", index: number });
    const drawing = await drawingOf(geometryOf(card), source, 1 / 12);
    const trace = await fetchTrace(drawing, { card, iterations, interventions });
    const arrival = { trace, untouched: null, source, drawing, isNew: true, keepDials: false };
    store.setInTurns(life.arrived(store.get(), arrival));
  }
  const lookAgain = () => void look().catch((error) => others.complain(String(error)));
  return {
    lookAgain,

    /** @param {{patch: object}} opened @param {Pick<Numbered, "number">} first */
    openLink({ patch }, first) {
      store.set({ ...life.opened(store.get()), ...first, ...patch });
      others.settleModel();
      lookAgain();
    },
  };
}

const NUMBERED = { initial, link, actions };
const SUBJECT = /** @type {const} */ ([...TRACE, NUMBERED]);

/** @type {Room<typeof SUBJECT>} */
export const ROOM = {
  subject: SUBJECT,
  services: SERVICES,
  parts: [
    [".stage-conv1", mountConv1],
    [".theatre", mountTheatre],
    [".theatre", mountClasses],
    ["#inspector", mountInspector],
    ["#tampered", mountTampered],
    ["body", mountTransport],
    ...SHELL_PARTS,
  ],
  figures: {
    votes: async () => (await import("../../../static/js/figures/votes/votes.js")).mountVotes,
    procedure: async () => (await import("../../../static/js/figures/procedure/procedure.js")).mountProcedure,
    squash: async () => (await import("../../../static/js/figures/squash/squash.js")).mountSquash,
    curves: async () => (await import("../../../static/js/figures/curves/curves.js")).mountCurves,
    matrices: async () => (await import("../../../static/js/figures/matrices/matrices.js")).mountMatrices,
    tamper: async () => (await import("../../../static/js/figures/tamper/tamper.js")).mountTamper,
    masks: async () => (await import("../../../static/js/figures/masks/masks.js")).mountMasks,
    reading: async () => (await import("../../../static/js/figures/reading/reading.js")).mountReading,
    // @ts-expect-error this one is about a drawing, and this subject has none
    between: async () => (await import("../../../static/js/figures/between/between.js")).mountBetween,
  },
  first: { number: 0 },
};

delete ROOM.figures.between; // the template has no place for it
startRoom(ROOM);
