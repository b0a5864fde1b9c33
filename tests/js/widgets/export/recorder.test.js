import assert from "node:assert/strict";
import { test } from "node:test";
import { drawCurves } from "../../../../static/js/charts/curves.js";
import { Recorder } from "../../../../static/js/widgets/export/recorder.js";
import { initial } from "../../../../static/js/shell/theme.js";

/** Ten pixels for each letter: Node has no canvas to measure text with. */
globalThis.OffscreenCanvas = /** @type {any} */ (
  class {
    getContext = () => ({ measureText: (/** @type {string} */ text) => ({ width: 10 * text.length }) });
  }
);

/** @param {(recorder: Recorder) => void} draw */
function recorded(draw) {
  const recorder = new Recorder(40, 30);
  draw(recorder);
  return recorder.toString();
}

test("a path keeps its shape, its colour and its width", () => {
  const svg = recorded((context) => {
    context.strokeStyle = "rgb(1 2 3 / 0.5)";
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(1, 2);
    context.bezierCurveTo(3, 4, 5, 6, 7.123456, 8);
    context.stroke();
  });
  assert.match(svg, /<path d="M1 2C3 4 5 6 7.12 8" fill="none" stroke="rgb\(1 2 3 \/ 0.5\)" stroke-width="2"><\/path>/);
  assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="40" height="30" viewBox="0 0 40 30">/);
});

test("a path that begins with a line begins where that line ends", () => {
  assert.match(
    recorded((context) => {
      context.beginPath();
      context.lineTo(1, 2);
      context.lineTo(3, 4);
      context.fill();
    }),
    /d="M1 2L3 4" fill="#000"/,
  );
});

test("text is escaped and stands as it was aligned", () => {
  const svg = recorded((context) => {
    context.font = '10px "A & B", serif';
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.fillText("c < 1 & d", 5, 6);
  });
  const place = 'x="5" y="6" text-anchor="end" dominant-baseline="central"';
  const style = 'style="font:10px &quot;A &amp; B&quot;, serif"';
  const room = 'textLength="90" lengthAdjust="spacingAndGlyphs"';
  assert.ok(svg.includes(`<text ${place} ${style} ${room} fill="#000">c &lt; 1 &amp; d</text>`));
});

test("text that is stroked is an outline, without a fill", () => {
  const svg = recorded((context) => {
    context.strokeStyle = "#fff";
    context.lineWidth = 4;
    context.strokeText("v", 5, 6);
  });
  assert.match(svg, /<text x="5" y="6" [^>]*fill="none" stroke="#fff" stroke-width="4">v<\/text>/);
});

test("text takes the room that it takes here; where it has less than it needs it is condensed", () => {
  const svg = recorded((context) => {
    context.fillText("four", 1, 2, 30);
    context.fillText("one", 1, 2);
    context.fillText("to", 1, 2, 30);
    context.strokeText("four", 1, 2, 30);
  });
  const rooms = svg.match(/(?<=textLength=")\d+(?=" lengthAdjust="spacingAndGlyphs")/g);
  assert.deepEqual(rooms, ["30", "30", "20", "30"]);
});

test("what is far from where it is turned and stretched stays in its place", () => {
  const svg = recorded((context) => {
    context.scale(1.48765, 1.48765);
    context.translate(-1141.3, -116.2);
    context.fillRect(1141.3, 116.2, 1, 1);
  });
  const [a, , , , e] = (svg.match(/matrix\(([^)]*)\)/)?.[1] ?? "").split(" ").map(Number);
  assert.ok(Math.abs(a * 1141.3 + e) < 0.01);
});

test("a file says what it is, and holds the link in one piece", () => {
  const recorder = new Recorder(40, 30);
  const words = { title: "A & B", caption: "What it shows", notes: ["of what"], link: "https://x.test/#a&b=1" };
  const svg = recorder.toString(words);
  assert.match(svg, /<title>A &amp; B<\/title>\n<desc>What it shows\nof what\nhttps:\/\/x.test\/#a&amp;b=1<\/desc>/);
});

test("a whole circle is two arcs, and a transform goes with what is drawn under it", () => {
  const svg = recorded((context) => {
    context.save();
    context.translate(10, 20);
    context.scale(2, 3);
    context.beginPath();
    context.arc(0, 0, 5, 0, 2 * Math.PI);
    context.fill();
    context.restore();
    context.fillRect(1, 2, -3, 4);
  });
  assert.match(svg, /d="M5 0A5 5 0 0 1 -5 0A5 5 0 0 1 5 0" fill="#000" transform="matrix\(2 0 0 3 10 20\)"/);
  assert.match(svg, /<rect x="-2" y="2" width="3" height="4" fill="#000">/);
});

test("a recording in a recording keeps its own size", () => {
  const inner = new Recorder(10, 10);
  inner.fillRect(0, 0, 10, 10);
  const svg = recorded((context) => context.drawImage(inner, 3, 4, 20, 20));
  assert.match(svg, /<svg x="3" y="4" width="20" height="20" viewBox="0 0 10 10"><rect/);
});

test("the page's own curves become lines and texts", () => {
  const svg = recorded((context) =>
    drawCurves(
      /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (context)),
      [{ values: [0.1, 0.5, 0.9], name: "7", lit: true }],
      {
        width: 40,
        height: 30,
        palette: initial.palette,
        playhead: 2,
      },
    ),
  );
  assert.equal(svg.match(/<path /g)?.length, 1);
  assert.match(svg, /<text [^>]*>7<\/text>/);
});
