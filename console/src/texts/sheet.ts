import { sheet } from "./en/sheet.ts";

/** Every text of the contact sheet. */
export const sheetTexts = sheet;
