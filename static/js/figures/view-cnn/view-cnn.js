/** A CNN with max pooling: its probabilities, its pooled maps, and the numbers behind its answer. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { displacement } from "../../capsules/viewpoint.js";
import { drawBars } from "../../charts/bars.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawMaps, drawMirrored } from "../../charts/change.js";
import { className } from "../../state/trace/network.js";
import { cnnCards, contrastCard, learntApart } from "../../state/view/contrast.js";
import { bothSeen, viewedClass } from "../../state/view/viewed.js";
import { answerOf, featuresText, learntText, probabilityText } from "../../words/viewpoint.js";
import { canvasIn, drawOn, element, partIn, selectIn, speaker } from "../../widgets/dom.js";
import { twoBars } from "../../widgets/two-bars.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountViewCnn(root, context) {
  const placed = { ...context, root };
  choice(placed);
  learnt(placed);
  probabilities(placed);
  maps(placed, "first");
  maps(placed, "second");
  features(placed);
}

/** What the newest answer hangs on. @param {State} state */
const seenNow = (state) => [
  state.viewed.cnn,
  state.uprightSeen.cnn,
  state.viewpoint,
  state.trace,
  state.contrast,
  viewedClass(state),
];

/** @param {Placed<State, Actions>} context */
function choice({ root, store, actions }) {
  const select = selectIn(root, "contrast");
  const [missing, body] = ["cnn-missing", "cnn-body"].map((id) => partIn(root, id, HTMLElement));
  select.addEventListener("change", () => actions.setContrast(select.value));
  store.watch(
    ({ models, contrast }) => [models, contrast],
    (state) => {
      const cards = cnnCards(state);
      const chosen = contrastCard(state);
      const isMissing = state.models.length > 0 && !chosen;
      [missing.hidden, body.hidden, select.hidden] = [!isMissing, isMissing, isMissing];
      select.disabled = cards.length < 2;
      select.replaceChildren(
        ...cards.map(({ name, title }) =>
          element("option", { value: name, textContent: title || name, selected: name === chosen?.name }),
        ),
      );
    },
  );
}

/** Whether both networks learnt from the same digits. @param {Placed<State, Actions>} context */
function learnt({ root, store }) {
  const told = partIn(root, "cnn-learnt", HTMLElement);
  store.watch(
    ({ models, model, defaultModel, contrast }) => [models, model, defaultModel, contrast],
    (state) => {
      const apart = learntApart(state);
      told.textContent = apart && learntText({ capsule: apart.capsule.name, alike: apart.alike?.name ?? null });
    },
  );
}

/** @param {Placed<State, Actions>} context */
function probabilities(context) {
  const { root, store } = context;
  const [of, says] = ["cnn-of", "cnn-says"].map((id) => partIn(root, id, HTMLElement));
  const show = twoBars(partIn(root, "cnn-probability", HTMLElement), probabilityText);
  store.watch(
    seenNow,
    (state) => {
      const both = bothSeen(state, "cnn");
      const label = viewedClass(state);
      root.classList.toggle("behind", both?.isBehind === true);
      show(both && label !== null ? { upright: both.upright.scores[label], now: both.now.scores[label] } : null);
      of.textContent = of.title = both ? answerOf(both.now.of.viewpoint) : "";
      says.textContent = both
        ? `It reads ${className(state, both.now.label)}, probability ${probabilityText(both.now.scores[both.now.label])}`
        : "";
      says.classList.toggle("another", both !== null && both.now.label !== label);
    },
    { turn: "first" },
  );
  const canvas = canvasIn(root, "probabilities");
  const say = speaker(canvas);
  drawOn(context, canvas, seenNow, (state) => {
    const { context: painter, width, height } = fitCanvas(canvas);
    const both = bothSeen(state, "cnn");
    if (!both) return say(null);
    const names = both.now.of.trace.classNames;
    drawBars(painter, both.now.scores, { width, height, palette: state.palette, lit: both.now.label, names });
    say(`Probabilities: ${Array.from(both.now.scores, (p, k) => `${names[k]} ${probabilityText(p)}`).join(", ")}`);
  });
}

/** @param {Placed<State, Actions>} context @param {"first" | "second"} pooling */
function maps(context, pooling) {
  const canvas = canvasIn(context.root, `pooled-${pooling}`);
  const say = speaker(canvas);
  drawOn(context, canvas, seenNow, (state) => {
    const { context: painter, width, height } = fitCanvas(canvas);
    const shown = bothSeen(state, "cnn")?.now[pooling];
    say(shown ? `The ${shown.count} maps after the ${pooling} pooling, ${shown.height} × ${shown.width} each` : null);
    if (shown) drawMaps(painter, shown, { width, height, palette: state.palette });
  });
}

/** @param {Placed<State, Actions>} context */
function features(context) {
  const canvas = canvasIn(context.root, "features");
  const told = partIn(context.root, "features-told", HTMLElement);
  const say = speaker(canvas);
  drawOn(context, canvas, seenNow, (state) => {
    const { context: painter, width, height } = fitCanvas(canvas);
    const both = bothSeen(state, "cnn");
    const [now, upright] = [both?.now.features, both?.upright.features];
    const text = now && upright ? featuresText({ ...displacement(now, upright), count: now.length }) : "";
    told.textContent = text;
    say(text || null);
    if (now && upright) drawMirrored(painter, now, upright, { width, height, palette: state.palette });
  });
}
