/** Light or dark: a slice of the state, and the colours of the style sheet for the canvases. */
/** @import { Store } from "./store.js" */
import { store as keep, stored } from "./stored.js";

const NAMES = /** @type {const} */ ([
  "surface",
  "ink",
  "muted",
  "line",
  "accent",
  "positive",
  "negative",
  "first",
  "second",
  "both",
]);

export const THEMES = /** @type {const} */ (["auto", "light", "dark"]);

/**
 * @typedef {[number, number, number]} Rgb each 0 to 255
 * @typedef {Record<typeof NAMES[number], Rgb>} Palette
 *
 * @typedef {object} Theme
 * @property {typeof THEMES[number]} theme
 * @property {Palette} palette the theme's colours, for the canvases
 */

/** @type {Theme} */
export const initial = {
  theme: "auto",
  palette: {
    surface: [255, 255, 255],
    ink: [0, 0, 0],
    muted: [128, 128, 128],
    line: [200, 200, 200],
    accent: [200, 80, 20],
    positive: [200, 80, 20],
    negative: [30, 100, 180],
    first: [30, 100, 180],
    second: [180, 110, 10],
    both: [0, 0, 0],
  },
};

export const lasting = ["theme", "palette"];

/** @param {Store<Theme>} store */
export const actions = (store) => ({
  /** @param {Theme["theme"]} theme */
  setTheme: (theme) => store.set({ theme }),

  /** @param {Palette} palette */
  setPalette: (palette) => store.set({ palette }),
});

/** Apply the theme to the document, remember it, and hand its colours to the canvases. @param {Store<Theme>} store */
export function followTheme(store) {
  const remembered = THEMES.find((theme) => theme === stored("theme"));
  if (remembered) store.set({ theme: remembered });
  const apply = () => {
    const { theme } = store.get();
    keep("theme", theme);
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    store.set({ palette: readPalette() });
  };
  apply();
  for (const system of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(system).addEventListener("change", apply);
  }
  store.watch(({ theme }) => [theme], apply, { name: "the theme" });
}

/** The custom properties `--surface`, `--ink`, ... as they stand in the theme that is shown. @returns {Palette} */
export function readPalette() {
  // A property's own text may still be a system colour: only a colour that uses it is resolved.
  const probe = document.body.appendChild(document.createElement("i"));
  const entries = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, parseRgb(getComputedStyle(probe).color)];
  });
  probe.remove();
  return Object.fromEntries(entries);
}

/** @param {string} colour as browsers write a computed one: rgb(29, 37, 48) @returns {Rgb} */
function parseRgb(colour) {
  const [red, green, blue] = (colour.match(/\d+/g) ?? []).map(Number);
  return [red, green, blue];
}
