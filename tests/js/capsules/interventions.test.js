import assert from "node:assert/strict";
import { test } from "node:test";
import {
  NO_INTERVENTIONS,
  areWithin,
  asRequest,
  firstLogits,
  isTampered,
  silencedCount,
  silencing,
} from "../../../static/js/capsules/interventions.js";
import { packInterventions, unpackInterventions } from "../../../static/js/capsules/packing.js";
import { PAPER, SMALL } from "../cards.js";

const MANY = {
  capsules: [3, 700],
  types: [5],
  positions: [0, 15],
  couplings: [{ capsule: 40, label: 7, coupling: 0.8 }],
  logits: [
    { label: 4, logit: 1.5, type: null },
    { label: 4, logit: -5, type: 2 },
    { label: 4, logit: 0.3, type: null, capsule: 75 },
  ],
  uniform: true,
  random: null,
};

test("what is silenced in several ways is counted once", () => {
  const isSilenced = silencing(PAPER, MANY);
  assert.ok([3, 700, 180, 215, 36, 15, 51].every(isSilenced));
  assert.ok(![4, 701, 179, 217].some(isSilenced));
  assert.equal(silencedCount(PAPER, MANY), 2 + 36 + 2 * 31);
  assert.equal(silencedCount(PAPER, NO_INTERVENTIONS), 0);
});

test("the server is told rows and columns, and no type where all are meant", () => {
  assert.deepEqual(asRequest(PAPER, MANY), {
    silence: {
      capsules: [3, 700],
      types: [5],
      positions: [
        [0, 0],
        [2, 3],
      ],
    },
    couplings: [{ capsule: 40, label: 7, coupling: 0.8 }],
    logits: [
      { label: 4, logit: 1.5 },
      { label: 4, logit: -5, type: 2 },
      { label: 4, logit: 0.3, capsule: 75 },
    ],
    uniform: true,
  });
});

test("of several first logits the last counts, and only for its type", () => {
  assert.equal(firstLogits(PAPER, MANY, 2 * 36)[4], -5);
  assert.equal(firstLogits(PAPER, MANY, 75)[4], Math.fround(0.3));
  assert.equal(firstLogits(PAPER, MANY, 2 * 36 - 1)[4], 1.5);
  assert.deepEqual([...firstLogits(PAPER, undefined, 0)], Array(10).fill(0));
});

test("a link holds them in few characters that need no escape", () => {
  const text = packInterventions(MANY);
  assert.equal(new URLSearchParams({ tamper: text }).toString(), `tamper=${text}`);
  assert.ok(text.length < 60, text);
  assert.deepEqual(unpackInterventions(text), MANY);
});

test("random couplings are a seed and a spread, in the link and in the request", () => {
  const random = { ...NO_INTERVENTIONS, random: { seed: 12, spread: 0.7 } };
  assert.ok(isTampered(random) && areWithin(PAPER, random));
  assert.equal(packInterventions(random), "r12*7");
  assert.deepEqual(unpackInterventions("r12*7"), random);
  assert.deepEqual(asRequest(PAPER, random).random, { seed: 12, spread: 0.7 });
  assert.ok(!("random" in asRequest(PAPER, NO_INTERVENTIONS)));
});

for (const text of [
  "",
  "x1",
  "c1*5.x",
  "k1*1",
  "k1*1*101",
  "k1*1*60.1*2*60",
  "k1*1*6.1*1*6",
  "b1*60",
  "b1*999",
  "i1*1",
  "r1",
  "r-1*10",
  "r2147483648*10",
  "r1*0",
  "r1*31",
  "r1*1.5",
  "u1_r1*10",
  "cnothing",
  "c-1",
]) {
  test(`"${text}" holds none`, () => assert.throws(() => unpackInterventions(text), RangeError));
}

for (const text of [
  "c1152",
  "t32",
  "g36",
  "k1*10*5",
  "k1152*1*5",
  "b10*1",
  "b1*1*32",
  "i1*1*1152",
  `t${[...Array(32).keys()].join(".")}`,
  `k${[...Array(10).keys()].map((label) => `1*${label}*1`).join(".")}`,
]) {
  test(`the paper's network has not what "${text}" names, or nothing is left to vote`, () => {
    assert.ok(!areWithin(PAPER, unpackInterventions(text)));
  });
}

test("what one network has another may lack", () => {
  assert.ok(areWithin(PAPER, MANY) && areWithin(PAPER, NO_INTERVENTIONS));
  assert.ok(!areWithin(SMALL, MANY)); // capsule 700
  assert.ok(areWithin(SMALL, { ...MANY, capsules: [3, 287], couplings: [{ capsule: 40, label: 6, coupling: 0.8 }] }));
});

test("edits are known from none", () => assert.ok(!isTampered(NO_INTERVENTIONS) && isTampered(MANY)));
