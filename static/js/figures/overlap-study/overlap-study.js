/** How test pairs are read, by how far their digits overlap and by their classes. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/pair/subject.js" */
import { overlapStudyNow } from "../../state/pair/study.js";
import { wasMeasured } from "../../state/trace/network.js";
import { overlapText, routingText, unmeasuredText } from "../../words/overlap-study.js";
import { element, partIn } from "../../widgets/dom.js";
import { whenSettled } from "../../widgets/settled.js";
import { classes } from "./classes.js";
import { errors } from "./errors.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountOverlapStudy(root, context) {
  const placed = { ...context, root };
  ask(placed);
  errors(placed);
  findings(placed);
  classes(placed);
}

/** @param {Placed<State, Actions>} context */
function ask({ root, store, actions, signal }) {
  whenSettled(
    store,
    partIn(root, "overlap-study", HTMLElement),
    ({ trace, source, models, overlapStudy }) => [trace, source, models, overlapStudy],
    async () => {
      return Math.max(...(await Promise.all([actions.needOverlapStudy(), actions.needTruths()])));
    },
    { signal },
  );
  const [place, missing] = ["place", "missing"].map((end) => partIn(root, `overlap-study-${end}`, HTMLElement));
  store.watch(
    (state) => [state.trace?.model, state.models],
    (state) => {
      const { trace } = state;
      const unmeasured = wasMeasured(state, "overlap") === false;
      place.hidden = unmeasured; // while nothing is known it keeps its place, so that what stands below does not move
      missing.hidden = Boolean(trace) && !unmeasured;
      missing.textContent = trace ? unmeasuredText(trace.model) : "Put a digit on a pad to see the measurements.";
    },
  );
}

/** What follows, and what does not. @param {Placed<State, Actions>} context */
function findings({ root, store }) {
  const list = partIn(root, "overlap-findings", HTMLElement);
  store.watch(
    (state) => [overlapStudyNow(state), state.overlapMeasure, state.overlapPlacement],
    (state) => {
      const study = overlapStudyNow(state);
      const tell = [overlapText, routingText];
      const texts = study ? tell.map((text) => text(study, state.overlapPlacement, state.overlapMeasure)) : [];
      list.replaceChildren(...texts.filter(Boolean).map((textContent) => element("li", { textContent })));
    },
  );
}
