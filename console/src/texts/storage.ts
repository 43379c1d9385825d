import { storage } from "./en/storage.ts";

/** Every text about looking for photos in the storage. */
export const storageTexts = storage;
