/**
 * A drawing context that writes SVG: it knows the operations of a canvas's context that this page's drawing code uses,
 * so that a picture is saved by the very code that paints it.
 */

/** @typedef {HTMLCanvasElement | OffscreenCanvas | Recorder} Drawable */

/** What is undefined is left out. @typedef {Record<string, string | number | undefined>} Attributes */

/** [a, b, c, d, e, f] as a canvas counts them. @typedef {[number, number, number, number, number, number]} Matrix */

/** @type {Matrix} */
const UNMOVED = [1, 0, 0, 1, 0, 0];
const ANCHORS = { left: "start", start: "start", center: "middle", right: "end", end: "end" };
const BASELINES = {
  top: "text-before-edge",
  hanging: "hanging",
  middle: "central",
  alphabetic: "alphabetic",
  ideographic: "ideographic",
  bottom: "text-after-edge",
};
/** What `save` keeps. */
const STATE = /** @type {const} */ ([
  "fillStyle",
  "strokeStyle",
  "lineWidth",
  "lineCap",
  "lineJoin",
  "font",
  "textAlign",
  "textBaseline",
  "globalAlpha",
  "imageSmoothingEnabled",
  "matrix",
  "dash",
]);

export class Recorder {
  /** @param {number} width @param {number} height in CSS pixels */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    /** @type {string[]} */
    this.parts = [];
    /** @type {string[]} */
    this.path = [];
    this.fillStyle = "#000";
    this.strokeStyle = "#000";
    this.lineWidth = 1;
    /** @type {CanvasLineCap} */
    this.lineCap = "butt";
    /** @type {CanvasLineJoin} */
    this.lineJoin = "miter";
    this.font = "10px sans-serif";
    /** @type {CanvasTextAlign} */
    this.textAlign = "start";
    /** @type {CanvasTextBaseline} */
    this.textBaseline = "alphabetic";
    this.globalAlpha = 1;
    this.imageSmoothingEnabled = true;
    this.imageSmoothingQuality = "low";
    /** @type {Matrix} */
    this.matrix = UNMOVED;
    /** @type {number[]} */
    this.dash = [];
    /** @type {Record<string, unknown>[]} */
    this.stack = [];
  }

  save() {
    this.stack.push(Object.fromEntries(STATE.map((name) => [name, this[name]])));
  }

  restore() {
    Object.assign(this, this.stack.pop());
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.transform(1, 0, 0, 1, x, y);
  }

  /** @param {number} x @param {number} y */
  scale(x, y) {
    this.transform(x, 0, 0, y, 0, 0);
  }

  /** @param {number} angle */
  rotate(angle) {
    this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0);
  }

  /** @param {Matrix} by */
  transform(...by) {
    const [a, b, c, d, e, f] = this.matrix;
    const [g, h, i, j, k, l] = by;
    this.matrix = [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.path = [];
  }

  closePath() {
    this.path.push("Z");
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.path.push(`M${short(x)} ${short(y)}`);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.path.push(`${this.path.length ? "L" : "M"}${short(x)} ${short(y)}`);
  }

  /** @param {number[]} numbers two points and the end */
  bezierCurveTo(...numbers) {
    this.path.push(`C${numbers.map(short).join(" ")}`);
  }

  /** @param {number[]} numbers one point and the end */
  quadraticCurveTo(...numbers) {
    this.path.push(`Q${numbers.map(short).join(" ")}`);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.path.push(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`);
  }

  /**
   * @param {number} x @param {number} y @param {number} radius
   * @param {number} from @param {number} to @param {boolean} [backwards]
   */
  arc(x, y, radius, from, to, backwards = false) {
    const turn = backwards ? -1 : 1;
    const swept = Math.min(Math.abs(to - from), 2 * Math.PI);
    const at = (/** @type {number} */ angle) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    this.lineTo(.../** @type {[number, number]} */ (at(from)));
    // In two halves: an arc that ends where it begins is none in SVG.
    for (const end of [from + (turn * swept) / 2, from + turn * swept]) {
      this.path.push(`A${short(radius)} ${short(radius)} 0 0 ${backwards ? 0 : 1} ${at(end).map(short).join(" ")}`);
    }
  }

  fill() {
    this.write("path", { d: this.path.join(""), ...this.filled() });
  }

  stroke() {
    this.write("path", { d: this.path.join(""), fill: "none", ...this.stroked() });
  }

  clearRect() {} // a recording begins empty

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.write("rect", { ...box(x, y, width, height), ...this.filled() });
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  strokeRect(x, y, width, height) {
    this.write("rect", { ...box(x, y, width, height), fill: "none", ...this.stroked() });
  }

  /**
   * @param {string} text @param {number} x @param {number} y
   * @param {number} [room] a longer text is condensed to it
   */
  fillText(text, x, y, room) {
    this.write("text", { ...this.lettered(x, y), ...this.fitted(text, room), ...this.filled() }, escaped(text));
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} [room] */
  strokeText(text, x, y, room) {
    const look = { ...this.lettered(x, y), ...this.fitted(text, room), fill: "none", ...this.stroked() };
    this.write("text", look, escaped(text));
  }

  /**
   * A text takes as much room as here, whatever fonts there are where the file is opened.
   * @param {string} text @param {number} [room] @returns {Attributes}
   */
  fitted(text, room = Infinity) {
    const { width } = this.measureText(text);
    return width ? { textLength: Math.min(width, room), lengthAdjust: "spacingAndGlyphs" } : {};
  }

  /** @param {string} text */
  measureText(text) {
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext("2d"));
    context.font = this.font;
    return context.measureText(text);
  }

  /**
   * A picture, or a part of one: source box and target box, or the target's alone.
   * @param {Drawable} picture @param {number[]} numbers
   */
  drawImage(picture, ...numbers) {
    const [sx, sy, sw, sh] = numbers.length === 8 ? numbers : [0, 0, picture.width, picture.height];
    const [x, y, width = picture.width, height = picture.height] = numbers.length === 8 ? numbers.slice(4) : numbers;
    if (picture instanceof Recorder) {
      this.write("svg", { ...box(x, y, width, height), viewBox: `${sx} ${sy} ${sw} ${sh}` }, picture.parts.join(""));
      return;
    }
    const style = this.imageSmoothingEnabled ? undefined : "image-rendering:pixelated";
    const href = dataUrl(picture, [sx, sy, sw, sh]);
    this.write("image", { ...box(x, y, width, height), preserveAspectRatio: "none", style, href });
  }

  /**
   * The whole as a file.
   * @param {{title: string, caption: string, notes: string[], link: string}} [words] what it is, for programs and for
   *   those who hear it; the link stands in it unbroken
   * @returns {string}
   */
  toString(words) {
    const { width, height } = this;
    const size = attributes({ width, height, viewBox: `0 0 ${short(width)} ${short(height)}` });
    const told = words ? describing(words) : "";
    return `<svg xmlns="http://www.w3.org/2000/svg"${size}>${told}${this.parts.join("\n")}</svg>\n`;
  }

  /** @param {number} x @param {number} y */
  lettered(x, y) {
    return {
      x,
      y,
      "text-anchor": ANCHORS[this.textAlign],
      "dominant-baseline": BASELINES[this.textBaseline],
      style: `font:${this.font}`,
    };
  }

  filled() {
    return { fill: this.fillStyle, opacity: this.opacity() };
  }

  stroked() {
    return {
      stroke: this.strokeStyle,
      "stroke-width": this.lineWidth,
      "stroke-linecap": this.lineCap === "butt" ? undefined : this.lineCap,
      "stroke-linejoin": this.lineJoin === "miter" ? undefined : this.lineJoin,
      "stroke-dasharray": this.dash.length ? this.dash.join(" ") : undefined,
      opacity: this.opacity(),
    };
  }

  opacity() {
    return this.globalAlpha === 1 ? undefined : this.globalAlpha;
  }

  /** @param {string} tag @param {Attributes} values @param {string} [content] */
  write(tag, values, content = "") {
    const inPlace = this.matrix.every((value, k) => value === UNMOVED[k]);
    const transform = inPlace ? undefined : `matrix(${this.matrix.map(exact).join(" ")})`;
    this.parts.push(`<${tag}${attributes({ ...values, transform })}>${content}</${tag}>`);
  }
}

/** Hundredths of a pixel are enough. @param {number} value */
const short = (value) => String(Math.round(value * 100) / 100);

/** What is multiplied by hundreds of pixels is written with more digits. @param {number} value */
const exact = (value) => String(Number(value.toPrecision(8)));

/** @param {number} x @param {number} y @param {number} width @param {number} height */
const box = (x, y, width, height) => ({
  x: Math.min(x, x + width),
  y: Math.min(y, y + height),
  width: Math.abs(width),
  height: Math.abs(height),
});

/** @param {Attributes} values */
const attributes = (values) =>
  Object.entries(values)
    .map(([name, value]) =>
      value === undefined ? "" : ` ${name}="${typeof value === "number" ? short(value) : escaped(value)}"`,
    )
    .join("");

/** @param {{title: string, caption: string, notes: string[], link: string}} words */
function describing({ title, caption, notes, link }) {
  const text = [caption, ...notes, link].filter(Boolean).join("\n");
  return `<title>${escaped(title)}</title>\n<desc>${escaped(text)}</desc>\n`;
}

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/**
 * A part of a canvas as a PNG in a data URI.
 * @param {HTMLCanvasElement | OffscreenCanvas} picture
 * @param {number[]} part
 */
function dataUrl(picture, [x, y, width, height]) {
  const canvas = document.createElement("canvas"); // an OffscreenCanvas gives its bytes later only
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext("2d")?.drawImage(picture, x, y, width, height, 0, 0, width, height);
  return canvas.toDataURL();
}
