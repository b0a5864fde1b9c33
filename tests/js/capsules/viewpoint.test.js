/** The arithmetic of a viewpoint, against the product of its matrices written out. */
/** @import { Place, Viewpoint } from "../../../static/js/capsules/viewpoint.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  NAMES,
  REST,
  TRANSFORMATIONS,
  amountText,
  angleAt,
  nearestTurn,
  displacement,
  isSameView,
  isUpright,
  matrixOf,
  movedPlace,
  placeBefore,
  settledAmount,
  sizeReaching,
} from "../../../static/js/capsules/viewpoint.js";

/** @type {Viewpoint} */
const ODD = { ...REST, scale: 1.3, stretch: 0.7, shear: 0.4, rotation: 35, right: 2.5, down: -4 };

/** @param {readonly (readonly number[])[]} a @param {readonly (readonly number[])[]} b */
const times = (a, b) => a.map((row) => b[0].map((_, k) => row.reduce((sum, value, j) => sum + value * b[j][k], 0)));

/** Numbers that are equal but for rounding. @param {readonly number[]} found @param {readonly number[]} wanted */
const near = (found, wanted) => {
  assert.equal(found.length, wanted.length);
  found.forEach((value, k) => assert.ok(Math.abs(value - wanted[k]) < 1e-9, `${found} is not ${wanted}`));
};

test("the matrix is rotation, shear, stretch and scale, in this order", () => {
  const angle = (ODD.rotation * Math.PI) / 180;
  const rotation = [
    [Math.cos(angle), Math.sin(angle)],
    [-Math.sin(angle), Math.cos(angle)],
  ];
  const shear = [
    [1, -ODD.shear],
    [0, 1],
  ];
  const stretch = [
    [Math.sqrt(ODD.stretch), 0],
    [0, 1 / Math.sqrt(ODD.stretch)],
  ];
  const scale = [
    [ODD.scale, 0],
    [0, ODD.scale],
  ];
  const wanted = times(times(times(rotation, shear), stretch), scale);
  near(matrixOf(ODD).flat(), wanted.flat());
});

test("each transformation moves ink as its words say", () => {
  const above = /** @type {const} */ ([0, -1]);
  near(movedPlace({ ...REST, rotation: 90 }, above), [-1, 0]); // anticlockwise
  near(movedPlace({ ...REST, shear: 0.5 }, above), [0.5, -1]); // leans to the right
  near(movedPlace({ ...REST, scale: 2 }, [1, 1]), [2, 2]);
  near(movedPlace({ ...REST, stretch: 1.6 }, [1, 1]), [Math.sqrt(1.6), 1 / Math.sqrt(1.6)]); // the area stays
  near(movedPlace({ ...REST, right: 3, down: 4 }, above), [3, 3]);
  near(movedPlace(REST, [3, -2]), [3, -2]);
});

test("a place is found again where its ink came from", () => {
  for (const place of /** @type {Place[]} */ ([
    [0, 0],
    [5, -3],
    [-7, 8],
  ])) {
    near(placeBefore(ODD, movedPlace(ODD, place)), place);
  }
});

test("a corner that is brought somewhere is there, whatever else is done", () => {
  const corner = /** @type {Place} */ ([6, 9]);
  const target = movedPlace({ ...ODD, scale: 0.9, stretch: 1.2 }, corner);
  const { scale, stretch } = sizeReaching(ODD, corner, target);
  near([scale, stretch], [0.9, 1.2]);
  const { scale: least } = sizeReaching(ODD, corner, [ODD.right, ODD.down]); // into the middle
  assert.ok(least > 0);
});

test("a hand above the middle is at 0°, one to its left at 90°", () => {
  near(
    [
      [0, -3],
      [-3, 0],
      [3, 0],
      [-1, -1],
    ].map(([x, y]) => angleAt([x, y])),
    [0, 90, -90, 45],
  );
});

test("a hand that goes on below the middle does not leap to the other side", () => {
  near(
    [nearestTurn(175, -90), nearestTurn(-175, 90), nearestTurn(30, -20), nearestTurn(-90, -90)],
    [-185, 185, 30, -90],
  );
});

test("amounts keep to their range and to their steps", () => {
  for (const name of NAMES) {
    const { low, high, rest } = TRANSFORMATIONS[name];
    assert.deepEqual(
      [low, high, rest].map((amount) => settledAmount(name, amount)),
      [low, high, rest],
    );
    assert.deepEqual(
      [low - 1, high + 1].map((amount) => settledAmount(name, amount)),
      [low, high],
    );
    assert.equal(REST[name], rest);
  }
  assert.equal(settledAmount("rotation", 14.6), 15);
  assert.equal(settledAmount("right", -1.9), -2);
  assert.equal(settledAmount("scale", 1.2345), 1.23);
});

test("two viewpoints are the same where all their numbers and their pieces are", () => {
  assert.ok(isUpright({ ...REST }) && isSameView(ODD, { ...ODD }));
  assert.ok(!isUpright({ ...REST, pieces: "strips" }) && !isUpright({ ...REST, thickness: 0.5 }));
});

test("amounts are written with their units", () => {
  assert.deepEqual(
    [
      amountText("rotation", -15),
      amountText("scale", 1.2),
      amountText("stretch", 0.75),
      amountText("shear", 0.3),
      amountText("right", 2.5),
      amountText("thickness", 0),
    ],
    ["−15°", "× 1.20", "0.75 : 1", "+0.30", "+2.50 px", "0.00 px"],
  );
});

test("a displacement is told in parts of the length before, and as an angle", () => {
  const turned = displacement([0, 2], [2, 0]);
  near([turned.moved, turned.angle], [Math.SQRT2, 90]);
  const longer = displacement([3, 0], [2, 0]);
  near([longer.moved, longer.angle], [0.5, 0]);
  assert.deepEqual(displacement([0, 0], [0, 0]), { moved: 0, angle: 0 });
  assert.deepEqual(displacement([1, 2], [1, 2]).moved, 0);
});
