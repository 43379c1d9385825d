import { empty } from "./en/empty.ts";

/** Every text where there are no photos. */
export const emptyTexts = empty;
