import type { Photo } from "./photo.ts";
import { forgotten, type Range } from "./plan.ts";

/** How many photos are held at once: several hundred screens of them, a few megabytes. */
const mostHeld = 20_000;

/** The photos that have been loaded, each at its place. What is far from the screen is forgotten again. */
export class Shelf {
  readonly #photos = new Map<number, Photo | null>();
  readonly #places = new Map<string, number>();
  /** The pages that have come whole: the places behind their ends by those of their first photos. */
  readonly #ends = new Map<number, number>();
  /** What is shown until its successors have come. */
  #before: ReadonlyMap<number, Photo> = new Map();

  /** The photo at a place; null for none, undefined where nothing has come yet. */
  at(place: number): Photo | null | undefined {
    const photo = this.#photos.get(place);
    return photo === undefined ? this.#before.get(place) : photo;
  }

  /** Whether a page has come whole. */
  has({ first, end }: Range): boolean {
    return (this.#ends.get(first) ?? -1) >= end;
  }

  /** Whether what has come for a place says that there is no photo. */
  lacks(place: number): boolean {
    return this.#photos.get(place) === null;
  }

  /** The place of a photo; null for one that has not come. */
  placeOf(id: string): number | null {
    return this.#places.get(id) ?? null;
  }

  /** Takes in photos from a place on; null where there is none. */
  put(first: number, photos: readonly (Photo | null)[]): void {
    for (const [index, photo] of photos.entries()) this.#putAt(first + index, photo);
  }

  /** Notes that a page is whole, and forgets what is farthest from the screen where there is too much. */
  complete(page: Range, { screen, kept }: { readonly screen: Range; readonly kept: Range }): void {
    this.#ends.set(page.first, page.end);
    const pages = Array.from(this.#ends, ([first, end]) => ({ first, end }));
    for (const each of forgotten(pages, { screen, kept, most: mostHeld })) this.drop(each);
  }

  /** Forgets that the pages in a stretch are whole; their photos stay. */
  reopen({ first, end }: Range): void {
    for (const page of this.#ends.keys()) if (page >= first && page < end) this.#ends.delete(page);
  }

  /** Forgets a page and its photos. */
  drop({ first, end }: Range): void {
    this.#ends.delete(first);
    for (let place = first; place < end; place += 1) {
      this.#forget(place);
      this.#photos.delete(place);
    }
  }

  /** Forgets everything. The given photos are shown at their places until others have come there. */
  clear(before: ReadonlyMap<number, Photo>): void {
    this.#photos.clear();
    this.#places.clear();
    this.#ends.clear();
    this.#before = before;
    for (const [place, { id }] of before) this.#places.set(id, place);
  }

  #putAt(place: number, photo: Photo | null): void {
    this.#forget(place);
    this.#photos.set(place, photo);
    if (photo !== null) this.#places.set(photo.id, place);
  }

  #forget(place: number): void {
    const photo = this.at(place);
    if (photo !== undefined && photo !== null && this.#places.get(photo.id) === place)
      this.#places.delete(photo.id);
  }
}
