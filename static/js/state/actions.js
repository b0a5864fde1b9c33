/** All that a view may ask for. @import { State, Store } from "../types.js" */
import { OfflineError, isPassing, reasonOf } from "../lib/errors.js";
import { diallingActions } from "./dialling.js";
import { dimensionActions } from "./dimensions.js";
import { gaugeActions } from "./gauge.js";
import { lookingActions } from "./looking.js";
import { playbackActions } from "./playback.js";
import { pointingActions } from "./pointing.js";
import { reconstructingActions } from "./reconstructing.js";
import { lookedAtCapsule } from "./selectors.js";
import { strokeActions } from "./strokes.js";
import { studyingActions } from "./studying.js";
import { tamperingActions } from "./tampering.js";

/**
 * @typedef {object} Outside what the actions need of the world; the tests pass their own
 * @property {import("./looking.js").Services & import("./studying.js").Services & import("./between.js").BetweenServices
 *   & Parameters<typeof gaugeActions>[1]} services
 * @property {Parameters<typeof playbackActions>[1]} clock
 * @property {(deliver: (reconstruction: Float32Array) => void, fail: (error: unknown) => void) =>
 *   {send: (request: import("../api/dials.js").DialRequest) => void, cancel: () => void}} openDials
 *
 * @typedef {ReturnType<typeof createActions>} Actions
 * @param {Store} store
 * @param {Outside} outside
 */
export function createActions(store, { services, clock, openDials }) {
  const dials = openDials(
    (reconstruction) => store.get().trace && store.set({ reconstruction }),
    (error) => {
      if (error instanceof OfflineError) looking.loseDials();
      else if (isPassing(error)) dialling.sendLater(); // no notice: a trace that fails the same way gives one
      else looking.complain(`The picture of these dials could not be had: ${reasonOf(error)}`);
    },
  );
  const dialling = diallingActions(store, dials, services.fetchReconstructions);
  const dimensions = dimensionActions(store, services.fetchDimensions);
  const looking = lookingActions(store, services, () => {
    dialling.renew();
    dimensions.needDimensions();
    gauge.needGauge();
    if (lookedAtCapsule(store.get()) !== null) looking.needVotes();
  });
  const gauge = gaugeActions(store, services);
  const playback = playbackActions(store, clock);

  /** @param {number | null} label null follows the prediction */
  function selectClass(label) {
    dialling.selectClass(label);
    dimensions.needDimensions();
  }

  /** @param {number} label @param {number[]} offsets */
  function dialTo(label, offsets) {
    selectClass(label);
    dialling.dialTo(offsets);
  }

  return {
    ...looking,
    ...playback,
    ...dialling,
    ...dimensions,
    ...pointingActions(store, () => looking.needVotes()),
    ...strokeActions(store, looking),
    ...tamperingActions(store, looking.lookAgain),
    ...studyingActions(store, services),
    ...gauge,
    ...reconstructingActions(store, services.fetchReconstructions),

    selectClass,

    /** @param {number} threshold in [0, 1] */
    setThreshold: (threshold) => store.set({ threshold }),

    /** The actions of the section that walks between two digits come when it does. */
    walking: async () => (await import("./between.js")).betweenActions(store, services, dialTo),

    /** A page of the test digits, with what the network of the page read them as. @param {{label?: number, misclassified?: boolean, page: number}} filter */
    digitPage: (filter) => services.fetchDigits({ ...filter, model: store.get().model }),

    /** @param {State["maskOrder"]} maskOrder */
    orderMasks: (maskOrder) => store.set({ maskOrder }),

    /** @param {boolean} stretched */
    stretchMasks: (stretched) => store.set({ stretched }),

    /** @param {State["theme"]} theme */
    setTheme: (theme) => store.set({ theme }),

    /** @param {import("../types.js").Palette} palette */
    setPalette: (palette) => store.set({ palette }),
  };
}
