import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_INTERVENTIONS } from "../../../../static/js/capsules/interventions.js";
import { noticeText } from "../../../../static/js/state/trace/notices.js";
import { LINK, makePage, settled } from "./page.js";
import { PAPER_CARD, SMALL_CARD } from "../../cards.js";
/** @import { Model } from "../../../../static/js/capsules/types.js" */
/** @import { State } from "../../../../static/js/state/digit/subject.js" */

/**
 * What fits the paper's network and not the small one, and what is left of it there.
 * @type {[Partial<State>, Partial<State>][]}
 */
const LARGE = [
  [{ selectedClass: 9 }, { selectedClass: null }],
  [{ pinnedClass: 7 }, { pinnedClass: null }],
  [{ hoveredCapsule: 288 }, { hoveredCapsule: null }],
  [{ pinnedCapsules: [3, 1151, 287] }, { pinnedCapsules: [3, 287] }],
  [{ pinnedType: 12 }, { pinnedType: null }],
  [{ hoveredMap: 16 }, { hoveredMap: null }],
  [{ hoveredLink: { capsule: 3, label: 8 } }, { hoveredLink: null }],
  [{ hoveredLink: { capsule: 288, label: 1 } }, { hoveredLink: null }],
  [{ againstClass: 8 }, { againstClass: null }],
  [{ planeClasses: [null, 8] }, { planeClasses: [null, null] }],
  [{ walkAs: 7 }, { walkAs: null }],
  [{ chosenDimension: 8 }, { chosenDimension: null }],
  [{ hoveredCell: { dimension: 15, column: 3 } }, { hoveredCell: null }],
  [{ offsets: Array(16).fill(0.1) }, { offsets: [] }],
  [{ interventions: { ...NO_INTERVENTIONS, types: [31] } }, { interventions: NO_INTERVENTIONS }],
  [{ dialNames: { small: { 9.1: "gone", 6.7: "kept", 6.8: "gone" } } }, { dialNames: { small: { 6.7: "kept" } } }],
];

/**
 * What is left of a state on a page of one network.
 * @param {Partial<State>} chosen
 * @param {Model} card
 * @returns {State}
 */
function fitted(chosen, card) {
  const { store, actions } = makePage({}, { models: [card], model: card.name, ...chosen });
  actions.settleModel();
  return store.get();
}

/** @param {State} state @param {Partial<State>} like */
const partOf = (state, like) =>
  Object.fromEntries(Object.keys(like).map((key) => [key, state[/** @type {keyof State} */ (key)]]));

for (const [chosen, left] of LARGE) {
  test(`${JSON.stringify(chosen)} is let go where the network is smaller`, () => {
    assert.deepEqual(partOf(fitted(chosen, PAPER_CARD), chosen), chosen);
    assert.deepEqual(partOf(fitted(chosen, SMALL_CARD), left), left);
  });
}

test("what fits stays as it is", () => {
  const chosen = { selectedClass: 6, pinnedCapsules: [287], pinnedType: 11, offsets: Array(8).fill(0.1) };
  assert.deepEqual(partOf(fitted(chosen, SMALL_CARD), chosen), chosen);
  assert.deepEqual(fitted({}, SMALL_CARD).lost, []);
});

test("a number of dials that is not the pose's turns none", () => {
  assert.deepEqual(fitted({ offsets: [0.01, 0.02] }, PAPER_CARD).offsets, []);
});

test("what a link names that the network does not have is let go and told, once the networks are known", async () => {
  const { store, actions } = makePage({}, { models: [], model: "" });
  const { patch, lost } = LINK.read("#class=12&owns=10&capsule=5000.3&type=32&dimension=99&planes=10.1&walk=0.1.50.11");
  actions.openLink({ patch, lost }, { kind: "digit", index: 0 });
  await settled();
  const { selectedClass, pinnedClass, pinnedType, chosenDimension, pinnedCapsules, planeClasses, walkAs } = store.get();
  assert.deepEqual([selectedClass, pinnedClass, pinnedType, chosenDimension, walkAs], Array(5).fill(null));
  assert.deepEqual([pinnedCapsules, planeClasses], [[3], [null, null]]);
  assert.match(
    noticeText(store.get()),
    /^The page could not restore everything in this link\. Missing: the selected class, .* and the walk between/,
  );
});
