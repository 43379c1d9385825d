import { work } from "./en/work.ts";

/** Every text of the worklists. */
export const workTexts = work;
