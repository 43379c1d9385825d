import { viewer } from "./en/viewer.ts";

/** Every text of an open photo. */
export const viewerTexts = viewer;
