import { unsent } from "./en/unsent.ts";

/** Every text about words that the service does not have yet. */
export const unsentTexts = unsent;
