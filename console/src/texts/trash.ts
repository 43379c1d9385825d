import { trash } from "./en/trash.ts";

/** Every text about photos that are deleted, and the trash. */
export const trashTexts = trash;
