/**
 * What the oldest browsers that the page works in lack (README.md names them), put where the newer ones have it. What
 * a line of our own replaces as well is not used at all: tests/js/rules.test.js lists that.
 */

/** Attributes that scripts set as properties. Firefox reflects them since 119. */
export const REFLECTED = ["Label", "Pressed", "Expanded", "ValueText", "ValueNow", "ValueMin", "ValueMax"];

export function supplyWhatIsMissing() {
  if (!("OffscreenCanvas" in globalThis)) Object.assign(globalThis, { OffscreenCanvas: canvasOffScreen });
  if (!knowsVisibility()) Object.defineProperty(Element.prototype, "checkVisibility", { value: isVisible });
  for (const name of REFLECTED) {
    if (!(`aria${name}` in Element.prototype)) reflect(`aria${name}`, `aria-${name.toLowerCase()}`);
  }
}

/** @param {string} property @param {string} attribute */
function reflect(property, attribute) {
  Object.defineProperty(Element.prototype, property, {
    configurable: true,
    get() {
      return this.getAttribute(attribute);
    },
    set(value) {
      if (value === null) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value);
    },
  });
}

/**
 * A canvas that stands on no page, for `new OffscreenCanvas(width, height)`: `new` gives what the function returns.
 * @param {number} width
 * @param {number} height
 */
function canvasOffScreen(width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  /** @param {{type?: string}} [options] @returns {Promise<Blob>} */
  const convertToBlob = ({ type } = {}) =>
    new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new DOMException("no picture", "EncodingError"))), type),
    );
  return Object.assign(canvas, { convertToBlob });
}

/** Whether `checkVisibility` is there and knows of `visibility`: a browser reads only the options that it knows. */
function knowsVisibility() {
  let isAsked = false;
  const options = {
    get visibilityProperty() {
      return (isAsked = true);
    },
  };
  document.documentElement.checkVisibility?.(options);
  return isAsked;
}

/** @this {Element} @param {{visibilityProperty?: boolean}} [options] */
function isVisible(options) {
  const { visibilityProperty = false } = options ?? {};
  return this.getClientRects().length > 0 && (!visibilityProperty || getComputedStyle(this).visibility === "visible");
}
