import type { Library } from "../library/library.ts";
import {
  isSelected,
  mostSelected,
  nothing,
  sizeOf,
  toggled,
  withLoaded,
  withRange,
  type Selection,
} from "./selection.ts";

/** Why a selection is not what somebody asked for; see the texts of the selection. */
export type Refusal = "tooMany" | "moved";

/** What of a library the selection needs. */
type Places = Pick<Library, "photo" | "isAbsent" | "count" | "isWhole">;

/** Which photos of the library somebody has selected. */
export class Selected {
  readonly #library: () => Places;
  #selection = $state.raw<Selection>(nothing);
  #isPicking = $state(false);
  #refusal = $state.raw<Refusal | null>(null);
  #choice = $state.raw<object>({});
  /** Where a range begins, and what was selected beside it. */
  #anchor: { readonly place: number; readonly beside: Selection } | null = null;
  /** The place of the last change: a range goes on from there, and begins anew from everywhere else. */
  #last: number | null = null;

  constructor(library: () => Places) {
    this.#library = library;
  }

  /** Which photos are selected. */
  get selection(): Selection {
    return this.#selection;
  }

  /** What somebody has chosen, as a mark: another one where other photos are selected, the same where their ids have come. */
  get choice(): object {
    return this.#choice;
  }

  /** How many photos are selected. */
  get size(): number {
    return sizeOf(this.#selection, this.#library().count);
  }

  /** Whether somebody selects photos: some are selected, or a click selects. */
  get isOn(): boolean {
    return this.#isPicking || this.size > 0;
  }

  /** Whether a plain click selects rather than opens, as on a screen that has no other keys and buttons. */
  get isPicking(): boolean {
    return this.#isPicking;
  }

  /** Why the last wish could not be fulfilled; null where it was. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** Whether the photo at a place is selected. */
  has(place: number): boolean {
    return isSelected(this.#selection, place, this.#idAt);
  }

  /** Has every plain click select from now on. */
  pick(): void {
    this.#isPicking = true;
  }

  /** Selects the photo at a place, or no longer. */
  toggle(place: number): void {
    const library = this.#library();
    if (library.isAbsent(place)) return;
    // Of all photos, the others stay selected.
    if (!this.spread()) return void (this.#refusal = "tooMany");
    const next = toggled(this.#selection, place, this.#idAt);
    this.#take(next, { place, beside: next });
    this.#last = place;
  }

  /**
   * Selects everything up to a place. The range begins where the last one does if it has ended at `from`, else at `from`; for
   * a pointer, which has no such place, where the last photo was selected.
   */
  extend(place: number, from = this.#last ?? place): void {
    const last = this.#last === from ? this.#anchor : null;
    const anchor = last ?? { place: from, beside: this.#selection };
    const range = { first: Math.min(anchor.place, place), end: Math.max(anchor.place, place) + 1 };
    const isTooLong = range.end - range.first > mostSelected;
    const next = isTooLong ? null : withRange(anchor.beside, range, this.#idAt);
    if (next === null || sizeOf(next, 0) > mostSelected) return void (this.#refusal = "tooMany");
    this.#take(next, anchor);
    this.#last = place;
  }

  /** Makes of all photos those that there are now, one by one. Returns whether they can be. */
  spread(): boolean {
    if (this.#selection.kind === "some") return true;
    const { count, isWhole } = this.#library();
    if (count > mostSelected || !isWhole) return false;
    this.#take(withRange(nothing, { first: 0, end: count }, this.#idAt), null);
    return true;
  }

  /** Selects every photo of the finding, also those that will come. */
  all(): void {
    this.#take({ kind: "all" }, null);
  }

  /** Selects nothing. */
  clear(): void {
    this.#isPicking = false;
    this.#take(nothing, null);
  }

  /** Takes in what has been loaded of the places that are awaited. */
  settle(): void {
    this.#selection = withLoaded(this.#selection, this.#idAt);
  }

  /** Lets go of the places that are awaited: other photos may be there by now, and those were not meant. */
  letGo(): void {
    const selection = this.#selection;
    if (selection.kind === "all" || selection.awaited.size === 0) return;
    this.#take({ ...selection, awaited: new Set() }, null);
    this.#refusal = "moved";
  }

  #take(selection: Selection, anchor: { readonly place: number; readonly beside: Selection } | null): void {
    this.#selection = selection;
    this.#choice = {};
    this.#anchor = anchor;
    if (anchor === null) this.#last = null;
    this.#refusal = null;
  }

  readonly #idAt = (place: number): string | null | undefined => {
    const library = this.#library();
    const photo = library.photo(place);
    if (photo !== null) return photo.id;
    return library.isAbsent(place) ? null : undefined;
  };
}
