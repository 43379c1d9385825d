import type { Words } from "../drafts/draft.ts";

/** So many are enough: the last one may be the photo that is described now. */
const mostKept = 2;

/** What was saved in this tab last, for the photo that is described next. */
export class SavedHere {
  #latest: readonly { readonly id: string; readonly words: Words }[] = [];

  /** Notes the words that a photo has been saved with. */
  note(id: string, words: Words): void {
    this.#latest = [{ id, words }, ...this.#latest.filter((each) => each.id !== id)].slice(0, mostKept);
  }

  /** The words that were saved last of another photo than this one; null for none. */
  before(id: string): Words | null {
    return this.#latest.find((each) => each.id !== id)?.words ?? null;
  }
}

/** The page's only one: viewer and contact sheet go on with the words of each other. */
export const savedHere = new SavedHere();
