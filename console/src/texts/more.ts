import { more } from "./en/more.ts";

/** Every text about what else is done with an open photo. */
export const moreTexts = more;
