import { care } from "./en/care.ts";

/** Every text that the rooms for looking after the archive share. */
export const careTexts = care;
