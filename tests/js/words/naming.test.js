import assert from "node:assert/strict";
import { test } from "node:test";
import { isSlight, measureText, restsOn } from "../../../static/js/words/naming.js";

/** @param {string} measure @param {number} effect */
const evidence = (measure, effect, title = measure, unit = "px") => ({
  measure,
  title,
  unit,
  change: effect / 2,
  effect,
  agree: 1,
  values: [],
});

test("a name rests on its first measure, and says so in spreads", () => {
  const measured = [evidence("slant", 1.5), evidence("top", -2.34, "width of the top bar")];
  assert.equal(
    restsOn({ visibility: "clear", measures: ["top"], evidence: measured }),
    "The name begins with the largest change: the width of the top bar changes by 2.3 times its spread over real digits of this class.",
  );
  assert.match(
    restsOn({ visibility: "clear", measures: ["top", "slant"], evidence: measured }),
    /of this class; the other words are the next largest changes\.$/,
  );
});

test("where no measure sees a change the text says what that means", () => {
  assert.match(restsOn({ visibility: "none", measures: [], evidence: [evidence("x", 0.2)] }), /no measure sees it/);
});

test("an effect is hard to see where the server calls it slight", () => {
  const slight = (/** @type {("clear" | "slight" | "none")[]} */ ...all) =>
    all.map((visibility) => isSlight({ visibility }));
  assert.deepEqual(slight("clear", "slight", "none"), [false, true, false]);
});

test("below a curve stands by how much its measure changes", () => {
  assert.equal(measureText(evidence("width", 3)), "width: +1.5\u00a0px, 3.0\u00a0×\u00a0spread");
  assert.equal(measureText(evidence("slant", -25, "slant", "°")), "slant: −13°, 25.0\u00a0×\u00a0spread");
  assert.equal(
    measureText(evidence("darkness", -0.5, "darkness of the ink", "")),
    "darkness of the ink: −0.25, 0.5\u00a0×\u00a0spread",
  );
});
