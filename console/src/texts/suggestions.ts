import { suggestions } from "./en/suggestions.ts";

/** Every text about what a machine suggests for a photo. */
export const suggestionTexts = suggestions;
