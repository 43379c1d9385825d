import { duplicates } from "./en/duplicates.ts";

/** Every text about photos that are there more than once. */
export const duplicateTexts = duplicates;
