import { upload } from "./en/upload.ts";

/** Every text about bringing photos in. */
export const uploadTexts = upload;
