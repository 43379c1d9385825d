import { undo } from "./en/undo.ts";

/** Every text about changes and the way back. */
export const undoTexts = undo;
