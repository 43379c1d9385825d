import { page } from "./en/page.ts";

/**
 * Every text of a first look at the page; what is loaded later has its texts beside this file. A text with something in it is
 * a function. Numbers and dates are written by `Intl`. A language more is a folder beside `en`, and its choice here and there.
 */
export const texts = page;

/** The language of {@link texts}, which dates and numbers are written in too (BCP 47). */
export const language = "en-GB";
