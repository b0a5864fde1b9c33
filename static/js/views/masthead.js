/** Model, link, theme, and the notice of what went wrong. @import { Context } from "./dom.js" */
import { epochsText, thousands } from "../lib/format.js";
import { digitModels } from "../state/selectors.js";
import { writeLink } from "../state/url.js";
import { buttonById, byId, element, selectById } from "./dom.js";

export const THEMES = /** @type {const} */ (["auto", "light", "dark"]);
const THEME_NAMES = { auto: "◐ Auto", light: "○ Light", dark: "● Dark" };

/** @param {Context} context */
export function mastheadView(context) {
  models(context);
  theme(context);
  sharing(context);
  notice(context);
}

/** @param {Context} context */
function models({ store, actions }) {
  const [select, card] = [selectById("model"), byId("model-card", HTMLElement)];
  select.addEventListener("change", () => actions.setModel(select.value));
  store.watch(
    ({ models: all, model }) => [all, model],
    (state) => {
      const { model } = state;
      const all = digitModels(state);
      select.replaceChildren(
        ...all.map(({ name, test_error: error }) =>
          element("option", { value: name, textContent: `${name}, ${error.toFixed(2)} % test error`, selected: name === model }),
        ),
      );
      const chosen = all.find(({ name }) => name === model);
      card.textContent = chosen ? describe(chosen) : "";
    },
  );
}

/** @param {import("../types.js").Model} model */
function describe({ title, dataset, parameter_count: count, command, test_error: error, device }) {
  return `The network on this page: ${title}; ${thousands(count)} parameters; trained for ${epochsText(command)} epochs, at last on ${dataset}; it misreads ${error.toFixed(2)} % of the 10,000 test digits. It runs on the server’s ${device.toUpperCase()}.`;
}

/** @param {Context} context */
function theme({ store, actions }) {
  const button = buttonById("theme");
  button.addEventListener("click", () => {
    const next = (THEMES.indexOf(store.get().theme) + 1) % THEMES.length;
    actions.setTheme(THEMES[next]);
  });
  store.watch(
    ({ theme: chosen }) => [chosen],
    ({ theme: chosen }) => {
      button.textContent = THEME_NAMES[chosen];
      button.ariaLabel = `Theme: ${chosen === "auto" ? "as the system" : chosen}`;
    },
  );
}

/** @param {Context} context */
function sharing({ store }) {
  const share = buttonById("share");
  share.addEventListener("click", async () => {
    history.replaceState(null, "", `#${writeLink(store.get())}`);
    share.textContent = (await copy(location.href)) ? "Copied" : "See address bar";
    setTimeout(() => (share.textContent = "Copy link"), 1600);
  });
}

/** Whether it could be copied: a page that another machine serves over plain http has no clipboard. @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {Context} context */
function notice({ store, actions }) {
  const [line, text] = [byId("notice", HTMLElement), byId("notice-text", HTMLElement)];
  buttonById("dismiss").addEventListener("click", () => actions.dismiss());
  store.watch(
    ({ status, message, missingModel, model }) => [status, message, missingModel, model],
    ({ status, message, missingModel, model }) => {
      const failed = status === "error" || status === "offline";
      line.hidden = !failed && !missingModel;
      text.textContent = failed ? message : missingModel && `“${missingModel}” is no network that this page can ask: ${model} answers in its place.`;
    },
  );
}
