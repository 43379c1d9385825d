const storageKey = "tagline-more-fields";

type Store = Pick<Storage, "getItem" | "setItem">;

/** Whether a person wants to see every field: not until they have asked for it, or where the browser forbids storage. */
export function areAllFieldsShown(storage: () => Store): boolean {
  try {
    return storage().getItem(storageKey) === "shown";
  } catch {
    return false;
  }
}

/** Remembers it for the next photo, as far as the browser lets it. */
export function rememberAllFields(storage: () => Store, areShown: boolean): void {
  try {
    storage().setItem(storageKey, areShown ? "shown" : "hidden");
  } catch {
    // The choice holds until the photo is closed.
  }
}
