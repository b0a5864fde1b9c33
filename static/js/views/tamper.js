/** The routing changed by hand, and what that changes. @import { Context } from "./dom.js" @import { Interventions, State, Trace } from "../types.js" */
import { contributions } from "../lib/contributions.js";
import { fixed, signed } from "../lib/format.js";
import { LOGIT_REACH, NO_INTERVENTIONS, isTampered, packInterventions, silencing } from "../lib/interventions.js";
import { argmax } from "../lib/math.js";
import { CLASSES, capsuleAddress } from "../lib/network.js";
import { runnerUp } from "../state/planes.js";
import { convinced, presetsOf } from "../state/presets.js";
import { buttonById, byId, element, inputById, selectById } from "./dom.js";
import { outcomeView } from "./outcome.js";
import { silencingView } from "./silencing.js";

/** @param {Context} context */
export function tamperView(context) {
  presets(context);
  silencingView(context);
  silencePair(context);
  coupling(context);
  begin(context);
  whole(context);
  outcomeView(context);
}

/** The trace without interventions. @param {State} state */
const before = ({ untouched, trace }) => untouched ?? trace;

/**
 * The capsule and the class that are changed: those that are chosen, else what speaks loudest for the answer of the
 * untouched routing, so that the pair does not change under the hand that changes it.
 * @param {State} state
 */
function pairOf(state) {
  const untouched = before(state);
  if (!untouched) return null;
  const label = state.selectedClass ?? untouched.label;
  return { capsule: state.pinnedCapsules.at(-1) ?? loudest(untouched, label), label };
}

/** @type {WeakMap<Trace, Map<number, number>>} by class */
const loudestOf = new WeakMap();

/** @param {Trace} trace @param {number} label */
function loudest(trace, label) {
  const known = loudestOf.get(trace) ?? new Map();
  loudestOf.set(trace, known);
  if (!known.has(label)) known.set(label, argmax(contributions(trace, label, trace.iterations)));
  return /** @type {number} */ (known.get(label));
}

/** As they are called before there is a digit. */
const PRESETS = ["Without routing", "Silence the strongest", "Begin convinced of another"];

/** @param {Context} context */
function presets({ store, actions }) {
  const list = byId("presets", HTMLElement);
  const rows = PRESETS.map((textContent) => {
    const [button, text] = [element("button", { type: "button", textContent }), element("span")];
    list.append(element("li", {}, button, text));
    return { button, text, interventions: NO_INTERVENTIONS };
  });
  for (const row of rows) row.button.addEventListener("click", () => actions.tamper(isOn(row, store.get()) ? NO_INTERVENTIONS : row.interventions));

  /** @param {{interventions: Interventions}} row @param {State} state */
  const isOn = (row, { interventions }) => isTampered(row.interventions) && packInterventions(row.interventions) === packInterventions(interventions);

  store.watch(
    (state) => [before(state), state.interventions],
    (state) => {
      const untouched = before(state);
      const made = untouched ? presetsOf(untouched) : [];
      rows.forEach((row, k) => {
        row.button.disabled = !made[k];
        row.text.textContent = made[k]?.text ?? "";
        if (!made[k]) return;
        row.interventions = made[k].interventions;
        row.button.textContent = made[k].name;
        row.button.ariaPressed = String(isOn(row, state));
      });
    },
  );
}

/** @param {Context} context */
function silencePair({ store, actions }) {
  const [capsuleButton, typeButton] = [buttonById("silence-capsule"), buttonById("silence-type")];
  const [capsuleName, className] = [byId("tamper-capsule", HTMLElement), byId("tamper-class", HTMLElement)];
  capsuleButton.addEventListener("click", () => {
    const pair = pairOf(store.get());
    if (pair) actions.toggleSilence("capsules", pair.capsule);
  });
  typeButton.addEventListener("click", () => {
    const pair = pairOf(store.get());
    if (pair) actions.toggleSilence("types", capsuleAddress(pair.capsule).type);
  });
  store.watch(watched, (state) => {
    const pair = pairOf(state);
    for (const button of [capsuleButton, typeButton]) button.disabled = !pair;
    if (!pair) return;
    const { capsules, types } = state.interventions;
    const { type } = capsuleAddress(pair.capsule);
    capsuleName.textContent = String(pair.capsule + 1);
    className.textContent = String(pair.label);
    const alone = capsules.includes(pair.capsule);
    capsuleButton.ariaPressed = String(alone);
    // What is silenced with its type or its position does not speak again by itself.
    capsuleButton.disabled = !alone && silencing(state.interventions)(pair.capsule);
    typeButton.ariaPressed = String(types.includes(type));
    typeButton.textContent = `Silence its type ${type + 1}`;
  });
}

/** @param {State} state */
const watched = (state) => [before(state), state.trace, state.interventions, state.selectedClass, state.pinnedCapsules];

/** @param {Context} context */
function coupling({ store, actions }) {
  const [input, letGo, value] = [inputById("tamper-coupling"), buttonById("let-go"), byId("tamper-coupling-value", HTMLElement)];
  /** @param {number | null} c */
  function fix(c) {
    const pair = pairOf(store.get());
    if (pair) actions.fixCoupling(pair.capsule, pair.label, c);
  }
  input.addEventListener("input", () => {
    fix(input.valueAsNumber);
    show(store.get()); // where it was refused, the handle goes back
  });
  letGo.addEventListener("click", () => fix(null));
  store.watch(watched, show);

  /** @param {State} state */
  function show(state) {
    const pair = pairOf(state);
    input.disabled = !pair;
    if (!pair || !state.trace) return;
    const { capsule, label } = pair;
    const held = state.interventions.couplings.find((row) => row.capsule === capsule && row.label === label);
    const last = state.trace.coupling_coefficients.length - state.trace.coupling_coefficients.length / state.trace.iterations;
    const c = held?.coupling ?? state.trace.coupling_coefficients[last + capsule * CLASSES + label];
    input.value = String(c);
    const origin = held ? "fixed" : state.trace.interventions?.uniform ? "no routing" : "routed";
    input.ariaValueText = `${fixed(c)}, ${origin}`;
    value.textContent = `c = ${fixed(c)}, ${origin}`;
    letGo.disabled = !held;
  }
}

/**
 * Whether nothing else decides what the couplings begin with.
 * @param {State} state
 * @param {State["interventions"]["logits"][number] | undefined} row
 */
const isAlone = ({ interventions: { uniform, couplings, logits } }, row) =>
  !uniform && !couplings.length && logits.every((other) => other === row);

/** @param {Context} context */
function begin({ store, actions }) {
  const [label, type, input, value] = [selectById("begin-class"), selectById("begin-type"), inputById("begin"), byId("begin-value", HTMLElement)];
  input.min = String(-LOGIT_REACH);
  input.max = String(LOGIT_REACH);
  /** @returns {import("../types.js").Addressed} */
  function whose() {
    const pair = pairOf(store.get());
    if (type.value === "capsule" && pair) return { type: null, capsule: pair.capsule };
    return { type: type.value === "" ? null : Number(type.value) };
  }
  let isChosen = false; // by hand; until then the class is that of the interventions, else the next longest

  /** @param {State} state */
  function show(state) {
    const { interventions: { logits } } = state;
    const untouched = before(state);
    if (!isChosen && (logits.length || untouched)) {
      label.value = String(logits[0]?.label ?? (untouched && runnerUp(untouched, untouched.label)));
      type.value = logits[0]?.capsule === undefined ? String(logits[0]?.type ?? "") : "capsule";
    }
    const { type: t, capsule } = whose();
    const own = logits.find((row) => row.label === Number(label.value) && row.type === t && row.capsule === capsule);
    const b = own?.logit ?? 0;
    input.value = String(b);
    const c = isAlone(state, own) ? fixed(convinced(b)) : ""; // else it follows from all that is changed
    value.textContent = `b = ${signed(b, 1)}${c && `, c = ${c}`}`;
    input.ariaValueText = `b = ${signed(b, 1)}${c && `: c begins at ${c}`}`;
    input.disabled = !untouched;
  }
  for (const select of [label, type]) {
    select.addEventListener("change", () => {
      isChosen = true;
      show(store.get());
    });
  }
  input.addEventListener("input", () => {
    isChosen = true;
    actions.beginWith(Number(label.value), whose(), Math.round(input.valueAsNumber * 10) / 10);
  });
  store.watch(watched, show);
}

/** The switch, and the way back. @param {Context} context */
function whole({ store, actions }) {
  const [uniform, back] = [inputById("uniform"), buttonById("put-back-here")];
  uniform.addEventListener("change", () => actions.tamper({ uniform: uniform.checked }));
  back.addEventListener("click", () => actions.putBack());
  store.watch(
    ({ interventions }) => [interventions],
    ({ interventions }) => {
      uniform.checked = interventions.uniform;
      back.disabled = !isTampered(interventions);
    },
  );
}
