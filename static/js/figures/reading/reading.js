/** The card of each model: what was trained, on what, how, and its error after each epoch as a plot. */
/** @import { Context } from "../../widgets/dom.js" @import { Model } from "../../capsules/types.js" */
/** @import { Actions, State } from "../../state/trace/subject.js" */
import { roundAxis } from "../../charts/axis.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawCurves } from "../../charts/curves.js";
import { epochsText, fixed, seedsText, thousands } from "../../shell/format.js";
import { networkText, paperText } from "../../words/network.js";
import { drawWhileSeen, element, partIn } from "../../widgets/dom.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountReading(root, context) {
  const { store } = context;
  const [place, told] = [partIn(root, "cards", HTMLElement), partIn(root, "model-card", HTMLElement)];
  /** @type {{model: Model, canvas: HTMLCanvasElement}[]} */
  let plots = [];
  store.watch(
    ({ models }) => [models],
    ({ models }) => {
      plots = models.map((model) => ({ model, canvas: element("canvas", { role: "img", "aria-label": said(model) }) }));
      place.replaceChildren(...plots.map(({ model, canvas }) => card(model, canvas)));
    },
  );

  store.watch(
    ({ models, model }) => [models, model],
    ({ models, model }) => {
      const chosen = models.find(({ name }) => name === model);
      told.textContent = chosen ? networkText(chosen) : "";
    },
  );

  /** @param {State} state */
  function draw({ palette }) {
    for (const { model, canvas } of plots) {
      const { context: painter, width, height } = fitCanvas(canvas);
      const { values } = errors(model);
      if (!values.length) continue;
      const curve = { values, name: "", lit: true };
      drawCurves(painter, [curve], {
        width,
        height,
        palette,
        playhead: values.length,
        axis: roundAxis(Math.max(...values)),
      });
    }
  }

  drawWhileSeen(context, place, ({ models }) => [models], draw);
}

/** @param {Model} model @param {HTMLCanvasElement} canvas */
function card(model, canvas) {
  const { of } = errors(model);
  const facts = element("dl");
  for (const [name, value] of factsOf(model)) facts.append(element("dt", {}, name), element("dd", {}, value));
  return element(
    "figure",
    { "data-model": model.name },
    element("h4", { textContent: model.name }),
    element("p", { textContent: `${model.title}.` }),
    canvas,
    element("figcaption", {
      textContent: `${of} error in % after each epoch${isInStages(model) ? " of the last stage" : ""}`,
    }),
    facts,
  );
}

/** @param {Model} model @returns {[name: string, value: string | HTMLElement][]} */
function factsOf(model) {
  const { test_error: error, seed, parameter_count: count, dataset, first_weights: first, command, task } = model;
  return [
    ["test error", `${fixed(error)} % of 10,000 ${task}s`],
    ...(paperText(model) ? [/** @type {[string, string]} */ (["the paper", paperText(model)])] : []),
    ["seed", seedsText(command, seed)],
    ["epochs", epochsText(command)],
    ["parameters", thousands(count)],
    ["trained on", dataset],
    ...(first ? [/** @type {[string, string]} */ (["first weights", first])] : []),
    ["command", written(command)],
  ];
}

/** A command that breaks between its words alone: an option stays whole. @param {string} command */
function written(command) {
  const words = command.split(" ").flatMap((word, k) => [...(k ? [" "] : []), element("span", { textContent: word })]);
  return element("code", {}, ...words);
}

/** Whether the training went on from that of another network. @param {Model} model */
const isInStages = ({ command }) => command.includes("&&");

/**
 * What was measured after each epoch: the test error, or that on the digits kept out of training.
 * @param {Model} model
 */
function errors({ epoch_test_errors: test, epoch_validation_errors: validation }) {
  return test.length ? { of: "test", values: test } : { of: "validation", values: validation };
}

/** @param {Model} model */
function said(model) {
  const { of, values } = errors(model);
  return `${model.name}, ${of} error after each of ${isInStages(model) ? "the last " : ""}${values.length} epochs, in per cent: ${values.map((value) => fixed(value)).join(", ")}`;
}
