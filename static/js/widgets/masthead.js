/** Model, link, theme, and the notice of what went wrong. @import { Context, Placed } from "./dom.js" */
/** @import { ActionsOf } from "../state/compose.js" @import { Notices } from "../state/trace/notices.js" */
/** @import { Theme } from "../shell/theme.js" */
/** @import { Network } from "../state/trace/network.js" @import { Traces } from "../state/trace/traces.js" */
import { THEMES } from "../shell/theme.js";
import { noticeText } from "../state/trace/notices.js";
import { modelsOfTask } from "../state/trace/network.js";
import { optionText } from "../words/network.js";
import { buttonIn, element, partIn, selectIn, unseen } from "./dom.js";

/**
 * @typedef {Theme & Notices & Network & Traces} MastheadState
 * @typedef {ActionsOf<typeof import("../shell/theme.js")> & ActionsOf<typeof import("../state/trace/notices.js")>
 *   & Pick<ActionsOf<typeof import("../state/trace/network.js")>, "setModel">} MastheadActions
 */

/** @type {Record<Theme["theme"], [sign: string, name: string]>} */
const THEME_NAMES = { auto: ["◐", "Auto"], light: ["○", "Light"], dark: ["●", "Dark"] };

/**
 * @param {HTMLElement} root
 * @param {Context<MastheadState, MastheadActions> & {writeAddress: () => void}} context `writeAddress` puts the state
 *   into the address
 */
export function mountMasthead(root, context) {
  const placed = { ...context, root };
  if (root.querySelector("#model")) models(placed); // a room of one network has nothing to choose
  theme(placed);
  sharing(placed);
  notice(placed);
}

/** @param {Placed<MastheadState, MastheadActions>} context */
function models({ root, store, actions }) {
  const select = selectIn(root, "model");
  select.addEventListener("change", () => actions.setModel(select.value));
  store.watch(
    ({ models: all, model }) => [all, model],
    (state) => {
      const { model } = state;
      select.replaceChildren(
        ...modelsOfTask(state).map((card) =>
          element("option", {
            value: card.name,
            textContent: optionText(card),
            selected: card.name === model,
          }),
        ),
      );
    },
  );
}

/** @param {Placed<MastheadState, MastheadActions>} context */
function theme({ root, store, actions }) {
  const button = buttonIn(root, "theme");
  button.addEventListener("click", () => {
    const next = (THEMES.indexOf(store.get().theme) + 1) % THEMES.length;
    actions.setTheme(THEMES[next]);
  });
  store.watch(
    ({ theme: chosen }) => [chosen],
    ({ theme: chosen }) => {
      const [sign, name] = THEME_NAMES[chosen];
      button.replaceChildren(
        element("span", { textContent: sign, "aria-hidden": true }),
        ` ${name}`,
        unseen(chosen === "auto" ? " theme, same as the system" : " theme"),
      );
    },
  );
}

/** @param {{root: HTMLElement, writeAddress: () => void}} context */
function sharing({ root, writeAddress }) {
  const share = buttonIn(root, "share");
  share.addEventListener("click", async () => {
    writeAddress();
    share.textContent = (await copy(location.href)) ? "Copied" : "Link is in the address bar";
    setTimeout(() => (share.textContent = "Copy link"), 1600);
  });
}

/**
 * Whether it could be copied: a page that another machine serves over plain http has no clipboard.
 * @param {string} text
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {Placed<MastheadState, MastheadActions> & {writeAddress: () => void}} context */
function notice({ root, store, actions, writeAddress }) {
  const [line, text] = [partIn(root, "notice", HTMLElement), partIn(root, "notice-text", HTMLElement)];
  buttonIn(root, "dismiss").addEventListener("click", () => actions.dismiss());
  const reload = buttonIn(root, "reload");
  reload.addEventListener("click", () => {
    writeAddress(); // it holds the drawing
    location.reload();
  });
  store.watch(
    (state) => [noticeText(state), state.isUpdated],
    (state) => {
      const told = noticeText(state);
      line.hidden = !told;
      text.textContent = told;
      reload.hidden = !state.isUpdated;
    },
  );
}
