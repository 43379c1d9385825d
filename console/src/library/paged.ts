import type { Finding } from "../address/view.ts";
import { kindOf } from "../service/failure.ts";
import type { Archive, PageStart } from "./archive.ts";
import { isCounted, Layout } from "./layout.ts";
import type { Library, Section } from "./library.ts";
import { outlinesOf, type Outline } from "./outline.ts";
import type { Photo } from "./photo.ts";
import { placed } from "./placing.ts";
import { aroundOf, overlap, planOf, type Range } from "./plan.ts";
import { stretchAt } from "./sections.ts";
import { Shelf } from "./shelf.ts";
import { isReached, isSplittable, pageOf, type Page } from "./stretches.ts";

/** How long a jump has to be the last one before its photos are asked for: a scrubber makes dozens a second. */
const settleMs = 80;

/** A photo that somebody waits for, wherever the screen is. */
interface Waiting {
  readonly place: number;
  readonly resolve: (photo: Photo | null) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * The photos of a finding, loaded by pages as they are shown. `changed` is called whenever something that the library tells
 * has changed.
 */
export class PagedLibrary implements Library, Disposable {
  readonly #archive: Archive;
  readonly #finding: Finding;
  readonly #changed: () => void;
  readonly #shelf = new Shelf();
  /** By the places of their first photos, as all that is kept by page. */
  readonly #requests = new Map<number, AbortController>();
  readonly #failures = new Map<number, unknown>();
  /** Where pages begin that no offset reaches. */
  readonly #cursors = new Map<number, string>();
  readonly #waiting = new Set<Waiting>();
  #layout: Layout;
  #counting: AbortController | null = null;
  #countingFailure: unknown = null;
  #isBegun = false;
  #generation = 0;
  #screen: Range = { first: 0, end: 0 };
  #settling: ReturnType<typeof setTimeout> | null = null;

  constructor(archive: Archive, finding: Finding, changed: () => void) {
    this.#archive = archive;
    this.#finding = finding;
    this.#changed = changed;
    this.#layout = new Layout(finding);
  }

  get sections(): readonly Section[] {
    return this.#layout.sections;
  }

  get isByMonth(): boolean {
    return isCounted(this.#finding);
  }

  get isSearch(): boolean {
    return this.#finding.q !== "";
  }

  get count(): number {
    return this.#layout.count;
  }

  get isWhole(): boolean {
    return this.#layout.isWhole;
  }

  get failure(): unknown {
    const [first = null] = this.#failures.values();
    return this.#countingFailure ?? first;
  }

  get generation(): number {
    return this.#generation;
  }

  get isLoading(): boolean {
    return this.#counting !== null || this.#requests.size > 0 || this.#settling !== null;
  }

  photo(place: number): Photo | null {
    return this.#shelf.at(place) ?? null;
  }

  isAbsent(place: number): boolean {
    return this.#shelf.lacks(place);
  }

  indexOf(id: string): number | null {
    return this.#shelf.placeOf(id);
  }

  show(first: number, end: number): void {
    const before = this.#screen;
    this.#screen = { first, end };
    this.#begin();
    if (this.#settling !== null) clearTimeout(this.#settling);
    this.#settling = null;
    const isJump = before.end > before.first && !overlap(before, this.#screen);
    if (!isJump) return this.#proceed();
    this.#cancelUnwanted();
    this.#settling = setTimeout(() => {
      this.#settling = null;
      this.#proceed();
    }, settleMs);
  }

  load(place: number, signal: AbortSignal): Promise<Photo | null> {
    return new Promise((resolve, reject: (reason: unknown) => void) => {
      if (signal.aborted) return reject(signal.reason);
      const stop = (): void => {
        this.#waiting.delete(waiting);
        reject(signal.reason);
        this.#proceed();
      };
      const ended =
        <Value>(end: (value: Value) => void) =>
        (value: Value): void => {
          signal.removeEventListener("abort", stop);
          this.#waiting.delete(waiting);
          end(value);
        };
      const waiting: Waiting = { place, resolve: ended(resolve), reject: ended(reject) };
      signal.addEventListener("abort", stop, { once: true });
      this.#waiting.add(waiting);
      // Whoever waits for a photo asks for it again.
      this.#failures.delete(this.#layout.pageAt(place)?.first ?? -1);
      this.#begin();
      this.#proceed();
    });
  }

  replace(photo: Photo): void {
    const place = this.indexOf(photo.id);
    if (place === null) return;
    // What was found in it is told until it is searched for again.
    const { highlight = null, isSuggested = false } = this.photo(place) ?? {};
    this.#shelf.put(place, [{ ...photo, highlight, isSuggested }]);
    this.#changed();
  }

  remove(ids: readonly string[]): void {
    const places = ids.map((id) => this.indexOf(id)).filter((place) => place !== null);
    for (const place of places) this.#shelf.put(place, [null]);
    if (places.length > 0) this.#changed();
  }

  retry(): void {
    this.#failures.clear();
    if (this.#countingFailure === null) this.#proceed();
    else void this.#count(this.sections.length > 0);
  }

  refresh(): void {
    if (this.#counting !== null || !this.#isBegun) return;
    this.#failures.clear();
    if (isCounted(this.#finding)) return void this.#count(true);
    this.#generation += 1;
    this.#shelf.reopen({ first: 0, end: this.count });
    this.#proceed();
  }

  [Symbol.dispose](): void {
    this.#counting?.abort();
    if (this.#settling !== null) clearTimeout(this.#settling);
    for (const request of this.#requests.values()) request.abort();
  }

  #begin(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    if (isCounted(this.#finding)) void this.#count(false);
  }

  /** Counts the photos by month, where they are. With `isAnew` what is known is replaced by the first outline that comes. */
  async #count(isAnew: boolean): Promise<void> {
    const counting = new AbortController();
    this.#counting = counting;
    this.#countingFailure = null;
    let layout = isAnew ? new Layout(this.#finding) : this.#layout;
    try {
      for await (const outline of outlinesOf(this.#archive, this.#finding, counting.signal)) {
        layout = this.#takeOutline(layout, outline);
      }
    } catch (error) {
      if (kindOf(error) !== null) this.#countingFailure = error;
    }
    this.#counting = null;
    this.#proceed();
  }

  #takeOutline(layout: Layout, outline: Outline): Layout {
    layout.take(outline);
    if (layout === this.#layout) this.#proceed();
    // Half an outline would take away what is shown.
    else if (outline.isLast) this.#renew(layout);
    return layout;
  }

  /** Lays everything out anew. What is near the screen is shown where it belongs now until its successor has come. */
  #renew(layout: Layout): void {
    const before = this.#nearScreen(layout.sections);
    for (const request of this.#requests.values()) request.abort();
    this.#requests.clear();
    this.#cursors.clear();
    this.#layout = layout;
    this.#generation += 1;
    this.#shelf.clear(before);
    this.#proceed();
  }

  #nearScreen(next: readonly Section[]): Map<number, Photo> {
    const { first, end } = aroundOf(this.#screen);
    const moved = new Map<number, Photo>();
    const shifts = shiftsOf(this.sections, next);
    for (let place = first; place < end; place += 1) {
      const photo = this.photo(place);
      const shift = shifts(place);
      if (photo !== null && shift !== null) moved.set(place + shift, photo);
    }
    return moved;
  }

  /** Goes on with whatever has changed: answers those who wait, then asks for what is wanted now. */
  #proceed(): void {
    this.#answerWaiting();
    if (this.#settling === null) {
      const { start, cancel } = this.#plan();
      this.#cancel(cancel);
      for (const page of start) void this.#fetch(page);
    }
    this.#changed();
  }

  #cancelUnwanted(): void {
    this.#cancel(this.#plan().cancel);
    this.#changed();
  }

  #cancel(pages: readonly number[]): void {
    for (const first of pages) {
      this.#requests.get(first)?.abort();
      this.#requests.delete(first);
    }
  }

  #plan(): ReturnType<typeof planOf<Page>> {
    const awaited = Array.from(this.#waiting, ({ place }) => this.#layout.pageAt(place)).filter(
      (page) => page !== null,
    );
    const shown = this.#layout.pagesOf(this.#screen);
    const around = this.#layout.pagesOf(aroundOf(this.#screen));
    return planOf({
      wanted: [...awaited, ...shown, ...around].flatMap((page) => this.#stepTo(page) ?? []),
      isLoaded: (page) => this.#shelf.has(page),
      hasFailed: ({ first }) => this.#failures.has(first),
      onTheirWay: new Set(this.#requests.keys()),
    });
  }

  /** The page that can be asked for now on the way to another: that page itself, or the last one before it that is reached. */
  #stepTo(page: Page): Page | null {
    if (isSplittable(page.stretch) || this.#shelf.has(page)) return page;
    let { number } = page;
    while (!isReached(page.stretch, number) && !this.#cursors.has(pageOf(page.stretch, number).first))
      number -= 1;
    const step = pageOf(page.stretch, number);
    if (step.first === page.first || !this.#shelf.has(step)) return step;
    // The listing has ended before: there are fewer photos than were counted.
    this.#take(page, []);
    return null;
  }

  async #fetch(page: Page): Promise<void> {
    const request = new AbortController();
    this.#requests.set(page.first, request);
    const isDeep = isSplittable(page.stretch) && !isReached(page.stretch, page.number);
    try {
      await (isDeep ? this.#split(page, request.signal) : this.#read(page, request.signal));
    } catch (error) {
      if (!request.signal.aborted) this.#failures.set(page.first, error);
    }
    // What was cancelled has been replaced by another request, or by none.
    if (request.signal.aborted) return;
    this.#requests.delete(page.first);
    this.#proceed();
  }

  /** Counts a month by day, since its depths are reached by no offset. */
  async #split({ stretch }: Page, signal: AbortSignal): Promise<void> {
    const { items } = await this.#archive.count(stretch.listing.filters, "day", signal);
    const changed = this.#layout.split(stretch, items);
    if (changed !== null) this.#shelf.reopen(changed);
  }

  async #read(page: Page, signal: AbortSignal): Promise<void> {
    const { stretch, first, end } = page;
    const listed: Photo[] = [];
    let start: PageStart | null = this.#startOf(page);
    while (start !== null && listed.length < end - first) {
      const limit = stretch.pageSize - listed.length;
      const answer = await this.#archive.list(stretch.listing, { start, limit }, signal);
      listed.push(...answer.photos);
      if (stretch.isOpen) this.#layout.grow(page, first + listed.length, answer);
      start = answer.next === null ? null : { cursor: answer.next };
      if (answer.next !== null && listed.length === stretch.pageSize)
        this.#cursors.set(first + stretch.pageSize, answer.next);
      this.#shelf.put(first, upToLast(placed(page, listed)));
      if (start !== null) this.#changed();
    }
    this.#take(page, listed);
  }

  #startOf({ stretch, number, first }: Page): PageStart {
    const cursor = this.#cursors.get(first);
    return cursor === undefined ? { offset: number * stretch.pageSize } : { cursor };
  }

  #take(page: Page, listed: readonly Photo[]): void {
    this.#shelf.put(page.first, placed(page, listed));
    this.#shelf.complete(page, { screen: this.#screen, kept: aroundOf(this.#screen) });
  }

  #answerWaiting(): void {
    for (const { place, resolve, reject } of this.#waiting) {
      const page = this.#layout.pageAt(place);
      const photo = this.#shelf.at(place);
      const failure = this.#countingFailure ?? (page === null ? undefined : this.#failures.get(page.first));
      const isBehind = page === null && this.#counting === null;
      const isEmpty = page !== null && this.#shelf.has(page);
      if (photo !== undefined && photo !== null) resolve(photo);
      else if (failure !== undefined && failure !== null) reject(failure);
      else if (isBehind || isEmpty) resolve(null);
    }
  }
}

/** What has come of a page that is not whole yet. */
function upToLast(photos: readonly (Photo | null)[]): readonly (Photo | null)[] {
  return photos.slice(0, photos.findLastIndex((photo) => photo !== null) + 1);
}

/**
 * How far the photos of each place have moved from one layout to another, by their months; null where their month is gone or
 * has become shorter.
 */
function shiftsOf(before: readonly Section[], after: readonly Section[]): (place: number) => number | null {
  if (before.length === 0) return () => 0;
  const byPeriod = new Map(after.map((section) => [section.period, section]));
  return (place) => {
    const from = before[stretchAt(before, place)];
    const to = from === undefined ? undefined : byPeriod.get(from.period);
    if (from === undefined || to === undefined || place - from.first >= to.count) return null;
    return to.first - from.first;
  };
}
