/** The name under which a tab keeps the changes that it has made. */
export const changesKey = "tagline.undo";

const nameKey = "tagline.name";

/** What of a tab's storage is no other person's to use. */
const personal = [changesKey, nameKey];

/** Knows whose page this is, over reloads and over the end of a session: what a page holds is for one person alone. */
export class Whose {
  readonly #storage: () => Pick<Storage, "getItem" | "setItem" | "removeItem">;
  #name: string | null = null;

  constructor(storage: () => Pick<Storage, "getItem" | "setItem" | "removeItem">) {
    this.#storage = storage;
  }

  /**
   * Notes who is in. Returns whether the page was somebody else's until now: the storage of the tab is free of them then,
   * and the page itself has to be loaded anew.
   */
  passesTo(name: string): boolean {
    const kept = this.#kept();
    const before = this.#name ?? kept;
    this.#name = name;
    if (before === name) return false;
    // A page that the browser has kept asleep comes back to a tab that was passed on without it.
    if (kept === name) return true;
    try {
      const storage = this.#storage();
      // A name that stayed for want of room would have the page loaded anew without an end.
      if (before !== null) for (const key of personal) storage.removeItem(key);
      storage.setItem(nameKey, name);
    } catch {
      // Without storage nothing outlives a reload, neither the name nor what would be theirs.
    }
    return before !== null;
  }

  #kept(): string | null {
    try {
      return this.#storage().getItem(nameKey);
    } catch {
      return null;
    }
  }
}
