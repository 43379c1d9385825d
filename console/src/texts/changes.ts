import { changes } from "./en/changes.ts";

/** Every text about the last changes of the archive. */
export const changesTexts = changes;
