const storageKey = "tagline-viewer-details";

type Store = Pick<Storage, "getItem" | "setItem">;

/**
 * Whether the reader wants to see the details beside the picture: yes, until they are hidden. A browser that forbids storage
 * remembers nothing, and shows them.
 */
export function areDetailsShown(storage: () => Store): boolean {
  try {
    return storage().getItem(storageKey) !== "hidden";
  } catch {
    return true;
  }
}

/** Remembers it for the next photo that is opened, as far as the browser lets it. */
export function rememberDetails(storage: () => Store, areShown: boolean): void {
  try {
    storage().setItem(storageKey, areShown ? "shown" : "hidden");
  } catch {
    // The reader's choice holds until the photo is closed.
  }
}
