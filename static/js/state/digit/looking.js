/** What is looked at: a new drawing, the same one asked again, a link, a picture, or nothing. */
/** @import { Source } from "../../api/drawing.js" @import { Life } from "../compose.js" */
/** @import { AskingServices } from "../drawing/asking.js" @import { Sources } from "./source.js" */
/** @import { TracingStore } from "../drawing/line.js" @import { Photo } from "../../capsules/crop.js" */
import { PictureError } from "../../api/drawing.js";
import { WHOLE } from "../../capsules/crop.js";
import { STAY, traceLine } from "../drawing/line.js";

/**
 * @param {TracingStore} store
 * @param {AskingServices & {isAlive: () => Promise<boolean>, pngOfPicture: (file: Blob) => Promise<Blob>}} services
 * @param {{needModels: () => Promise<void>, settleModel: () => void, tellLoss: (lost: readonly string[]) => void,
 *   lookAtRefused: (photo: Photo, reason: string) => void}} others
 * @param {Life} life
 */
export function actions(store, services, others, life) {
  const line = traceLine(store, services, others, life);

  const own = {
    /** @param {Source} source @param {{keepDials?: boolean}} [options] */
    look(source, options) {
      store.setInTurns({ source, cleared: null, ...(store.get().trace ? {} : { status: "loading" }) });
      line.push(source, options);
    },

    /** Look at a drawing that has nothing to do with the one before. @param {Source} source */
    lookAtNew(source) {
      line.beginNew(); // what was chosen for the one before stands until the answer: so do its dials and pictures
      own.look(source);
    },

    /** Ask again for the same source, after the network, its iterations or its routing changed. */
    lookAgain: () => line.push(store.get().source, STAY),

    stop: () => line.stop(),

    /**
     * Show what a link says; what it does not say is as it is at first.
     * @param {{patch: Partial<Sources>, lost: readonly string[]}} opened
     * @param {Source} first what is shown where the link shows nothing
     */
    openLink({ patch, lost }, first) {
      const { source = first, ...rest } = patch;
      line.stop();
      store.set({ ...life.opened(store.get()), ...rest });
      others.tellLoss(lost);
      others.settleModel(); // before it is asked
      if (source.kind !== "empty") own.look(source, STAY);
    },

    /** An empty pad: whatever hung on the drawing goes with it. */
    clear() {
      line.stop();
      const { source, cleared } = store.get();
      store.set({
        ...life.cleared(),
        source: { kind: "empty" },
        cleared: source.kind === "empty" ? cleared : source,
      });
    },

    /** @param {Blob} file any picture that the browser can read */
    async openPicture(file) {
      const { source } = store.get();
      try {
        const png = await services.pngOfPicture(file);
        if (store.get().source === source) own.lookAtPhoto({ png, crop: WHOLE }); // else another was begun meanwhile
      } catch (error) {
        const message =
          error instanceof PictureError ? error.message : "This browser cannot read that file as a picture.";
        store.set({ status: "error", message });
      }
    },

    /** It becomes the source when it was read. @param {Photo} photo */
    lookAtPhoto: (photo) => line.push(store.get().source, { drawing: photo }),

    /** The dials stay as they are turned; their picture comes when a server answers. @param {unknown} error */
    loseDials: (error) => line.wait(error, "Your drawing and your dials are kept"),

    /**
     * What was asked beside the drawing comes when a server answers: then all is asked anew.
     * @param {unknown} error that may pass
     * @param {string} kept what is kept meanwhile, in words
     */
    waitForServer: (error, kept) => line.wait(error, kept),
  };
  return own;
}
