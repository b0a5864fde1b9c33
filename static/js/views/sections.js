/** The sections below the figure. Each one's scripts are fetched when it nears the screen, and not with the page. */
/** @import { Context } from "./dom.js" */
import { byId, watchPlace } from "./dom.js";

/** How far from the screen, above or below, a section is fetched. */
const NEAR = "300px";

/** By the section's id. @type {Record<string, () => Promise<(context: Context) => void>>} */
const SECTIONS = {
  votes: async () => (await import("./votes.js")).votesView,
  procedure: async () => (await import("./procedure.js")).procedureView,
  curves: async () => (await import("./curves.js")).curvesView,
  "how-many": async () => (await import("./iterations.js")).iterationsView,
  matrices: async () => (await import("./matrices.js")).matricesView,
  tamper: async () => (await import("./tamper.js")).tamperView,
  masks: async () => (await import("./masks.js")).masksView,
  between: async () => (await import("./between.js")).betweenView,
  perturbations: async () => (await import("./perturbations.js")).perturbationsView,
  reading: async () => (await import("./cards.js")).cardsView,
};

/** @param {Context} context */
export function sectionsView(context) {
  for (const [id, load] of Object.entries(SECTIONS)) whenNear(byId(id, HTMLElement), async () => (await load())(context));
}

/**
 * Once, when the section nears the screen; where that fails, as it does while the server is gone, at its next approach.
 * @param {HTMLElement} section
 * @param {() => Promise<void>} open
 */
function whenNear(section, open) {
  const observer = watchPlace(
    section,
    async ({ isIntersecting }) => {
      if (!isIntersecting) return;
      observer.disconnect();
      try {
        await open();
      } catch (error) {
        console.info(`the section "${section.id}" could not be fetched; it is tried again`, error);
        section.dataset.missing = "";
        setTimeout(() => observer.observe(section), 1000);
        return;
      }
      delete section.dataset.missing;
      section.dataset.ready = ""; // its controls act from here on
    },
    { rootMargin: NEAR },
  );
}
