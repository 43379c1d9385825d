import { selection } from "./en/selection.ts";

/** Every text about photos that are selected, and what is done to them. */
export const selectionTexts = selection;
