import { templates } from "./en/templates.ts";

/** Every text of the templates of words. */
export const templateTexts = templates;
