/** The routing edited by hand, and what that changes. */
/** @import { Context, Placed } from "../../widgets/dom.js" @import { Interventions } from "../../capsules/types.js" */
/** @import { Store } from "../../shell/store.js" */
/** @import { Actions, State } from "../../state/trace/subject.js" */
import { fixed, signed } from "../../shell/format.js";
import { LOGIT_REACH, NO_INTERVENTIONS, SEEDS, SPREAD, isTampered, silencing } from "../../capsules/interventions.js";
import { capsuleAddress } from "../../capsules/geometry.js";
import { packInterventions } from "../../capsules/packing.js";
import { loudest, runnerUp } from "../../state/trace/measures.js";
import { classNamesNow, geometryNow } from "../../state/trace/network.js";
import { convinced, presetsOf } from "../../state/trace/presets.js";
import { buttonIn, element, inputIn, partIn, selectIn } from "../../widgets/dom.js";
import { PRESET_NAMES } from "../../words/tamper.js";
import { nameRows } from "../../widgets/row-names.js";
import { mountOutcome } from "./outcome.js";
import { mountSilencing } from "./silencing.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountTamper(root, context) {
  const placed = { ...context, root };
  presets(placed);
  mountSilencing(root, context);
  silencePair(placed);
  coupling(placed);
  begin(placed);
  whole(placed);
  mountOutcome(root, context);
  nameRows(partIn(root, "tamper", HTMLElement), context.store);
}

/** The trace without interventions. @param {State} state */
const before = ({ untouched, trace }) => untouched ?? trace;

/**
 * The capsule and the class that are changed: the pinned capsule and the selected class, else the strongest supporter
 * of the answer of
 * the unedited routing, so that the pair does not change under the hand that changes it.
 * @param {State} state
 */
function pairOf(state) {
  const untouched = before(state);
  if (!untouched) return null;
  const { geometry, classNames } = untouched;
  const label = state.selectedClass ?? untouched.label;
  const capsule = state.pinnedCapsules.at(-1) ?? loudest(untouched, label);
  return { geometry, capsule, type: capsuleAddress(geometry, capsule).type, label, name: classNames[label] };
}

/** @param {Placed<State, Actions>} context */
function presets({ root, store, actions }) {
  const list = partIn(root, "presets", HTMLElement);
  const rows = PRESET_NAMES.map((textContent) => {
    const [button, text] = [element("button", { type: "button", textContent }), element("span")];
    list.append(element("li", {}, button, text));
    return { button, text, interventions: NO_INTERVENTIONS };
  });
  for (const row of rows) {
    row.button.addEventListener("click", () =>
      actions.tamper(isOn(row, store.get()) ? NO_INTERVENTIONS : row.interventions),
    );
  }

  /** @param {{interventions: Interventions}} row @param {State} state */
  const isOn = (row, { interventions }) =>
    isTampered(row.interventions) && packInterventions(row.interventions) === packInterventions(interventions);

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

/** @param {Placed<State, Actions>} context */
function silencePair({ root, store, actions }) {
  const [capsuleButton, typeButton] = [buttonIn(root, "silence-capsule"), buttonIn(root, "silence-type")];
  const [capsuleName, className] = [
    partIn(root, "tamper-capsule", HTMLElement),
    partIn(root, "tamper-class", HTMLElement),
  ];
  capsuleButton.addEventListener("click", () => {
    const pair = pairOf(store.get());
    if (pair) actions.toggleSilence("capsules", pair.capsule);
  });
  typeButton.addEventListener("click", () => {
    const pair = pairOf(store.get());
    if (pair) actions.toggleSilence("types", pair.type);
  });
  store.watch(watched, (state) => {
    const pair = pairOf(state);
    for (const button of [capsuleButton, typeButton]) button.disabled = !pair;
    if (!pair) return;
    const { capsules, types } = state.interventions;
    const { geometry, type } = pair;
    capsuleName.textContent = String(pair.capsule + 1);
    className.textContent = pair.name;
    const alone = capsules.includes(pair.capsule);
    capsuleButton.ariaPressed = String(alone);
    // What is silenced with its type or its position does not speak again by itself.
    capsuleButton.disabled = !alone && silencing(geometry, state.interventions)(pair.capsule);
    typeButton.ariaPressed = String(types.includes(type));
    typeButton.textContent = `Silence its type ${type + 1}`;
  });
}

/** @param {State} state */
const watched = (state) => [before(state), state.trace, state.interventions, state.selectedClass, state.pinnedCapsules];

/** @param {Placed<State, Actions>} context */
function coupling({ root, store, actions }) {
  const [input, letGo, value] = [
    inputIn(root, "tamper-coupling"),
    buttonIn(root, "let-go"),
    partIn(root, "tamper-coupling-value", HTMLElement),
  ];
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
    const { coupling_coefficients: couplings, iterations } = state.trace;
    const last = couplings.length - couplings.length / iterations;
    const c = held?.coupling ?? couplings[last + capsule * pair.geometry.classes + label];
    input.value = String(c);
    const origin = held ? "fixed" : originOf(state.trace);
    input.ariaValueText = `${fixed(c)}, ${origin}`;
    value.textContent = `c = ${fixed(c)}, ${origin}`;
    letGo.disabled = !held;
  }
}

/** Where a coupling that is not fixed comes from. @param {import("../../capsules/types.js").Trace} trace */
const originOf = ({ interventions }) =>
  interventions?.uniform ? "no routing" : interventions?.random ? "random" : "after the last iteration";

/**
 * Whether nothing else decides what the couplings begin with.
 * @param {State} state
 * @param {State["interventions"]["logits"][number] | undefined} row
 */
const isAlone = ({ interventions: { uniform, random, couplings, logits } }, row) =>
  !uniform && !random && !couplings.length && logits.every((other) => other === row);

/** @param {Placed<State, Actions>} context */
function begin({ root, store, actions }) {
  const [label, type, input, value] = [
    selectIn(root, "begin-class"),
    selectIn(root, "begin-type"),
    inputIn(root, "begin"),
    partIn(root, "begin-value", HTMLElement),
  ];
  offerClassesAndTypes(store, label, type);
  input.min = String(-LOGIT_REACH);
  input.max = String(LOGIT_REACH);
  /** @returns {import("../../capsules/types.js").Addressed} */
  function whose() {
    const pair = pairOf(store.get());
    if (type.value === "capsule" && pair) return { type: null, capsule: pair.capsule };
    return { type: type.value === "" ? null : Number(type.value) };
  }
  let isChosen = false; // by hand; until then the class is that of the interventions, else the next longest

  /** @param {State} state */
  function show(state) {
    const {
      interventions: { logits },
    } = state;
    const untouched = before(state);
    if (!isChosen && (logits.length || untouched)) {
      label.value = String(logits[0]?.label ?? (untouched && runnerUp(untouched, untouched.label)));
      type.value = logits[0]?.capsule === undefined ? String(logits[0]?.type ?? "") : "capsule";
    }
    const { type: t, capsule } = whose();
    const own = logits.find((row) => row.label === Number(label.value) && row.type === t && row.capsule === capsule);
    const b = own?.logit ?? 0;
    input.value = String(b);
    const c = untouched && isAlone(state, own) ? fixed(convinced(untouched.geometry, b)) : ""; // else it follows from all that is changed
    value.textContent = `b = ${signed(b, 1)}${c && `: c begins at ${c}`}`;
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

/**
 * What there is to choose, in the network of the page.
 * @param {Store<State>} store
 * @param {HTMLSelectElement} label
 * @param {HTMLSelectElement} type
 */
function offerClassesAndTypes(store, label, type) {
  // all capsules, and the one that is shown
  const always = [...type.options].filter(({ value }) => !/^\d+$/.test(value));
  store.watch(
    (state) => [classNamesNow(state), geometryNow(state)],
    (state) => {
      const names = classNamesNow(state);
      label.replaceChildren(...names.map((textContent, value) => element("option", { value, textContent })));
      const types = Array.from({ length: geometryNow(state)?.types ?? 0 }, (_, k) =>
        element("option", { value: k, textContent: `type ${k + 1}` }),
      );
      type.replaceChildren(...always, ...types);
    },
  );
}

/** The switches, and the way back. @param {Placed<State, Actions>} context */
function whole({ root, store, actions }) {
  const [uniform, random, spread] = ["uniform", "random", "random-spread"].map((id) => inputIn(root, id));
  const [again, back] = ["random-again", "put-back-here"].map((id) => buttonIn(root, id));
  const value = partIn(root, "random-value", HTMLElement);
  [spread.min, spread.max, spread.value] = [SPREAD.least, SPREAD.most, SPREAD.usual].map(String);
  let seed = 1; // the one that is drawn next

  const drawn = () => ({ seed, spread: Math.round(spread.valueAsNumber * 10) / 10 });
  uniform.addEventListener("change", () => actions.holdCouplings(uniform.checked ? "uniform" : null));
  random.addEventListener("change", () => actions.holdCouplings(random.checked ? drawn() : null));
  spread.addEventListener("input", () => actions.holdCouplings(drawn()));
  again.addEventListener("click", () => {
    seed = (seed + 1) % SEEDS;
    actions.holdCouplings(drawn());
  });
  back.addEventListener("click", () => actions.putBack());
  store.watch(
    ({ interventions }) => [interventions],
    ({ interventions }) => {
      uniform.checked = interventions.uniform;
      random.checked = interventions.random !== null;
      if (interventions.random) {
        ({ seed } = interventions.random);
        spread.value = String(interventions.random.spread);
      }
      value.textContent = interventions.random ? `seed ${seed}, spread ${fixed(drawn().spread, 1)}` : "";
      spread.ariaValueText = `spread ${fixed(drawn().spread, 1)}`;
      for (const control of [spread, again]) control.disabled = !interventions.random;
      back.disabled = !isTampered(interventions);
    },
  );
}
