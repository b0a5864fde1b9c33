import assert from "node:assert/strict";
import { test } from "node:test";
import { leadText, notStudiedText, studyText } from "../../../static/js/words/how-many.js";

const text = (/** @type {number[]} */ ...errors) => studyText({ errors, trained_with: 3, digits: 10_000 });

test("the errors without routing and with that of training stand side by side", () => {
  assert.match(
    text(0.9, 0.7, 0.6, 0.8),
    /^With 1 iteration, which is no routing at all, it misreads 0\.90 % of them; with 3, as in training, 0\.60 %\./,
  );
  assert.match(
    studyText({ errors: [0.5, 0.6], trained_with: 1, digits: 10_000 }),
    /^With 1 iteration, as in training,/,
  );
});

test("the numbers of iterations with the fewest errors are named", () => {
  assert.match(
    text(0.9, 0.5, 0.5, 0.7),
    / The lowest error is at 2 and 3; the network was trained with 3\. With 4 it misreads 20 digits more\. This is/,
  );
  assert.match(
    text(0.9, 0.7, 0.7, 0.5),
    / The fewest errors come with 4: 0\.50 %\. This is one network, from one seed\.$/,
  );
  assert.match(text(0.9, 0.5, 0.7, 0.5), / The fewest errors come with 2 and 4: 0\.50 %\. This is/);
});

test("a handful of digits may be chance", () => {
  assert.match(
    text(0.31, 0.3, 0.28),
    /Three digits of 10,000, which may be chance\. The lowest error is at 3, the number used in training\. With 2/,
  );
  assert.match(
    text(0.9, 0.7, 0.5, 0.5, 0.5),
    / The lowest error is at 3, 4 and 5; .* With 2 it misreads 20 digits more\./,
  );
  assert.match(
    text(0.53, 0.43, 0.35, 0.38),
    / With 2 and 4 it misreads eight and three digits more, which may be chance\./,
  );
  assert.match(text(0.28, 0.3, 0.28), / No difference at all\./);
  assert.match(text(0.56, 0.5, 0.46, 0.44), / 4: 0\.44 %, 2 digits fewer\. That may be chance\. This is/);
  assert.match(text(0.56, 0.5, 0.46, 0.45), / 4: 0\.45 %, 1 digit fewer\. That may be chance\. This is/);
});

test("a lead that falls over several iterations is told with its numbers", () => {
  assert.equal(
    leadText([0.2, 0.8, 0.9, 0.85, 0.8]),
    "The lead of this drawing falls with more than 3 iterations: from 0.90 to 0.80 with 5.",
  );
  assert.equal(leadText([0.2, 0.8, 0.9, 0.85]), "");
  assert.equal(leadText([0.2, 0.3, 0.4]), "");
});

test("an unmeasured network says which command measures it", () => {
  assert.match(notStudiedText("mnist"), /hasn’t been measured .* “capsnet study-iterations --model mnist”/);
});
