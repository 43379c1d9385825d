import { en } from "./en.ts";

/** Every text of the page. A language more is a file beside `en.ts` with the same shape, and its choice here. */
export const texts = en;

/** The language of {@link texts}, which dates and numbers are written in too (BCP 47). */
export const language = "en-GB";
