/** @import { Services } from "../../../../static/js/state/view/subject.js" */
/** @import { ViewpointPaths } from "../../../../static/js/capsules/paths.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../../static/js/shell/errors.js";
import { troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { beyondMeasured, turnRowNow, turnedBackNow } from "../../../../static/js/state/view/turn-back.js";
import { MODEL } from "../digit/traces.js";
import { SEEN, openPage, settled } from "./page.js";

/** Rotation pushes the first number by 0.01 for each degree, a shift the second by 0.5 for each pixel. */
const DIRECTIONS = /** @type {Record<string, [number, number]>} */ ({ rotation: [0, 0.01], right: [1, 0.5] });

/** @param {Parameters<Services["fetchViewpointPaths"]>[0]} asked */
const measuredOf = ({ label, transformation }) =>
  /** @type {ViewpointPaths} */ (
    /** @type {unknown} */ ({
      label,
      transformation,
      amounts: [-30, -15, 0, 15, 30],
      direction: Array.from({ length: 16 }, (_, d) =>
        d === DIRECTIONS[transformation][0] ? DIRECTIONS[transformation][1] : 0,
      ),
    })
  );

/** Each pose tells its viewpoint, each decoded picture the first two numbers of its pose. */
async function open(/** @type {Partial<Services>} */ others = {}) {
  /** @type {number[][][]} */
  const decoded = [];
  /** @type {Partial<Services>} */
  const services = {
    fetchViewpointPaths: async (asked) => measuredOf(asked),
    fetchViews: async (_image, viewpoints) =>
      viewpoints.map(({ rotation, right }) => ({
        ...SEEN,
        poses: Float32Array.from({ length: 160 }, (_, k) => [1 + rotation / 100, 2 + right / 2][k % 16] ?? 0),
        reconstruction: new Float32Array(784),
      })),
    fetchReconstructions: async (poses) => {
      decoded.push(poses.map((pose) => [pose[0], pose[1]].map((number) => Number(number.toFixed(4)))));
      return new Float32Array(784 * poses.length);
    },
  };
  const models = [{ ...MODEL, measured: /** @type {("viewpoints")[]} */ (["viewpoints"]) }];
  return { ...(await openPage({ ...services, ...others }, { models })), decoded };
}

test("the row is decoded of the upright pose, pushed by each amount", async () => {
  const { store, actions, decoded } = await open();
  assert.equal(await actions.needTurnRow(), 0);
  assert.deepEqual(decoded, [[[0.7, 2], [0.85, 2], [1, 2], [1.15, 2], [1.3, 2]]]); // prettier-ignore
  const row = turnRowNow(store.get());
  assert.deepEqual(row?.amounts, [-30, -15, 0, 15, 30]);
  assert.deepEqual([row.seen.length, row.own.length, row.pushed.length], [5, 5, 5]);
  await actions.needTurnRow();
  assert.equal(decoded.length, 1, "once");
  actions.follow("right");
  assert.equal(turnRowNow(store.get()), null);
});

test("a picture that is turned and moved is pushed along both directions, and back along both", async () => {
  const { store, actions, decoded } = await open();
  actions.turnTo({ rotation: 20, right: 3 });
  await settled();
  await actions.needTurnRow();
  decoded.length = 0;
  assert.equal(await actions.needTurnedBack(), 0);
  assert.deepEqual(decoded, [[[1.2, 3.5], [1, 2]]]); // prettier-ignore
  const turned = turnedBackNow(store.get());
  assert.ok(turned);
  assert.deepEqual(beyondMeasured(turned), []);
  await actions.needTurnedBack();
  assert.equal(decoded.length, 1, "what is known is not asked for again");

  actions.turnTo({ rotation: 80 });
  await settled();
  await actions.needTurnedBack();
  const further = turnedBackNow(store.get());
  assert.deepEqual(further && beyondMeasured(further), ["rotation"]);

  actions.turnTo({ pieces: "quarters" });
  await settled();
  decoded.length = 0;
  await actions.needTurnedBack();
  assert.deepEqual([decoded.length, turnedBackNow(store.get())], [0, null], "no direction undoes that");
});

test("what fails of a digit that is gone is no trouble of the page", async () => {
  /** @type {((error: Error) => void)[]} */
  const held = [];
  const fetchReconstructions = () =>
    new Promise((/** @type {(found: Float32Array) => void} */ _, reject) => held.push(reject));
  const { store, actions } = await open({ fetchReconstructions });
  const refused = new ApiError("wrong_task", "it draws no digit", 422);
  await actions.needDirections();

  const first = actions.needTurnedBack();
  await settled();
  held.splice(0).forEach((fail) => fail(refused));
  await first;
  assert.match(troubleOf(store.get(), "turn-back"), /it draws no digit/);

  const second = actions.needTurnedBack();
  await settled();
  actions.clear();
  held.splice(0).forEach((fail) => fail(refused));
  assert.equal(await second, 0);
  assert.equal(troubleOf(store.get(), "turn-back"), "");
});
