import { keys } from "./en/keys.ts";

/** Every text of the help of the keyboard. */
export const keyTexts = keys;
