/** A picture that was opened: what was taken as ink in it, what was left out, and which part of it is read. */
/** @import { Box, Photo } from "../../capsules/crop.js" */
/** @import { Doubt, PictureReading } from "../../capsules/types.js" */
/** @import { Arrival } from "../compose.js" @import { Sources } from "./source.js" */
/** @import { Network } from "../trace/network.js" @import { Store } from "../../shell/store.js" */
import { isPhoto } from "../../capsules/crop.js";
import { isPassing, reasonOf, retryIn } from "../../shell/errors.js";
import { untilAnswered } from "../../shell/persisting.js";

/**
 * @typedef {object} Looked a picture that is looked at with what was read in it
 * @property {Photo} photo
 * @property {PictureReading | null} found null until it has come, and where nothing was found
 * @property {string} trouble why nothing was found; "" where something was
 *
 * @typedef {{whatWasRead: Looked | null}} WhatWasRead null where nobody looks
 */

/** @type {WhatWasRead} */
export const initial = { whatWasRead: null };

export const cleared = initial;

/** Doubts that the picture may be the cause of, and a crop the cure. @type {readonly Doubt[]} */
const OF_THE_PICTURE = ["other_marks", "uneven_paper", "no_clear_digit"];

/**
 * A doubtful picture is shown with what was read in it.
 * @param {WhatWasRead} state
 * @param {Arrival} arrival
 * @returns {Partial<WhatWasRead>}
 */
export function arrived({ whatWasRead }, { trace, drawing, isNew }) {
  if (!isPhoto(drawing)) return initial;
  if (whatWasRead?.photo === drawing && !whatWasRead.trouble) return {};
  const isDoubtful = isNew && trace.doubts.some((doubt) => OF_THE_PICTURE.includes(doubt));
  return whatWasRead || isDoubtful ? { whatWasRead: { photo: drawing, found: null, trouble: "" } } : {};
}

/** @param {{needReading: () => unknown}} actions */
export const traced = ({ needReading }) => needReading();

/**
 * @param {Store<WhatWasRead & Sources & Network>} store
 * @param {{fetchReading: typeof import("../../api/client.js").fetchReading}} services
 * @param {{lookAtPhoto: (photo: Photo) => void}} others
 */
export const actions = (store, { fetchReading }, others) => {
  const own = {
    /** Ask what was read in the picture that is looked at. */
    needReading: untilAnswered(async () => {
      const asked = store.get().whatWasRead;
      if (!asked || asked.found || asked.trouble) return 0;
      const isWanted = () => store.get().whatWasRead === asked;
      try {
        const found = await fetchReading(asked.photo, { model: store.get().model });
        if (isWanted()) store.set({ whatWasRead: { ...asked, found } });
      } catch (error) {
        if (isWanted() && isPassing(error)) return retryIn(error);
        if (isWanted()) store.set({ whatWasRead: { ...asked, trouble: reasonOf(error) } });
      }
      return 0;
    }),

    /** Look at what was read in the present picture, where the source is one. */
    lookAtReading() {
      const photo = photoOf(store.get());
      if (!photo) return;
      store.set({ whatWasRead: { photo, found: null, trouble: "" } });
      void own.needReading();
    },

    /** Nothing could be made of a picture. @param {Photo} photo @param {string} trouble */
    lookAtRefused: (photo, trouble) => store.set({ whatWasRead: { photo, found: null, trouble } }),

    leaveReading: () => store.set(initial),

    /** Read another part of the picture that is looked at. @param {Box} crop */
    readPart(crop) {
      const { whatWasRead } = store.get();
      if (whatWasRead) others.lookAtPhoto({ png: whatWasRead.photo.png, crop });
    },
  };
  return own;
};

/** The picture that was opened, where it is the source; else null. @param {Sources} state */
export const photoOf = ({ source }) => (source.kind === "pixels" ? (source.photo ?? null) : null);
