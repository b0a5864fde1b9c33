/** The parts of the page around the figures: they are in the shell's template, and so in every room. */
/** @import { Part } from "./start.js" @import { Actions, State } from "../../state/trace/subject.js" */
import { mountContents } from "../../widgets/contents.js";
import { mountGlossary } from "../../widgets/explaining.js";
import { mountKeyboard } from "../../widgets/keyboard.js";
import { mountMasthead } from "../../widgets/masthead.js";
import { mountSaving } from "../../widgets/saving.js";
import { mountSizes } from "../../widgets/sizes.js";
import { mountTroubles } from "../../widgets/troubles.js";

/** A room puts them behind its own, which draw. @type {Part<State, Actions>[]} */
export const SHELL_PARTS = [
  ["body", mountMasthead],
  ["body", mountKeyboard],
  ["body", mountSaving],
  ["body", mountTroubles],
  ["body", mountGlossary],
  ["body", mountSizes],
  ["body", mountContents],
];
