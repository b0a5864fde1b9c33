/** Which CNN stands beside the capsule network, and whether both learnt from the same digits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { learntApart } from "../../../../static/js/state/view/contrast.js";
import { MODEL } from "../digit/traces.js";
import { cnnCard, makePage } from "./page.js";

test("networks that learnt from other digits are told apart, and one that did not is found", () => {
  const cnn = { ...cnnCard("cnn"), dataset: "MNIST" };
  const mnist = { ...MODEL, name: "mnist", dataset: "MNIST" };
  const drawn = { ...MODEL, dataset: "MNIST and pen digits" };
  /** @param {(typeof MODEL)[]} models */
  const apartOf = (models) => {
    const apart = learntApart(makePage({}, { models }).store.get());
    return apart && [apart.capsule.name, apart.cnn.name, apart.alike?.name ?? null];
  };
  assert.deepEqual(apartOf([drawn, mnist, cnn]), [MODEL.name, "cnn", "mnist"]);
  assert.deepEqual(apartOf([drawn, cnn]), [MODEL.name, "cnn", null]);
  assert.equal(apartOf([{ ...drawn, dataset: "MNIST" }, cnn]), null);
  assert.equal(apartOf([drawn, mnist]), null);
});
