import type { Finding } from "../address/view.ts";
import type { ListedPage, PeriodCount } from "./archive.ts";
import type { Section } from "./library.ts";
import type { Outline } from "./outline.ts";
import type { Range } from "./plan.ts";
import { lengthOf, stretchAt } from "./sections.ts";
import {
  deepestOffset,
  openStretch,
  pageAt,
  stretchesByDay,
  stretchesOf,
  type Page,
  type Stretch,
} from "./stretches.ts";

/** Whether the photos of a finding are counted by month before they are loaded. */
export function isCounted({ q, sort }: Finding): boolean {
  return q === "" && sort === "taken_at";
}

/** Which place is in which page of which listing, as far as it is known. */
export class Layout {
  readonly #finding: Finding;
  #sections: readonly Section[] = [];
  #stretches: readonly Stretch[] = [];
  #isWhole = false;
  /** How many photos the service has counted, where no months are; null while that is unknown. */
  #total: number | null = null;

  constructor(finding: Finding) {
    this.#finding = finding;
    if (!isCounted(finding)) this.#stretches = [openStretch(finding, 0, true)];
  }

  get sections(): readonly Section[] {
    return this.#sections;
  }

  /** How many photos are known of. */
  get count(): number {
    return lengthOf(this.#stretches);
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Takes what has been counted by month; what an earlier outline said stays where it is. */
  take({ sections, isWhole, isLast }: Outline): void {
    this.#sections = sections;
    this.#isWhole = isWhole && isLast;
    const isOpen = isLast && !isWhole && sections.at(-1)?.period === null;
    this.#stretches = stretchesOf(this.#finding, sections, isOpen);
  }

  /** Takes the photos of a month by day. Gives the places whose pages are others now; null where it is no more. */
  split(month: Stretch, days: readonly PeriodCount[]): Range | null {
    if (!this.#stretches.includes(month)) return null;
    const split = stretchesByDay(this.#finding, month, days);
    this.#stretches = this.#stretches.flatMap((each) => (each === month ? split : [each]));
    return { first: month.first, end: month.first + month.count };
  }

  /** Takes what an answer tells of the end of an open stretch: it has come with the photos of a page up to `end`. */
  grow({ stretch }: Page, end: number, { total, isTotalCapped, next }: ListedPage): void {
    const last = this.#stretches.at(-1);
    if (last === undefined || !last.isOpen || last.first !== stretch.first) return;
    if (total !== null && !isTotalCapped) this.#total = total;
    const told = Math.min(Math.max(total ?? 0, this.#total ?? 0), deepestOffset + last.pageSize);
    const count = next === null ? end - last.first : Math.max(last.count, end - last.first, told);
    const parts = last.parts.map((part) => ({ ...part, count }));
    this.#isWhole = next === null || count === this.#total;
    this.#stretches = [...this.#stretches.slice(0, -1), { ...last, count, parts }];
    this.#sections = this.#sections.map((section) =>
      section.first === last.first ? { ...section, count } : section,
    );
  }

  /** The page of a place; null behind the end. Right behind an open end it is the page that will tell more. */
  pageAt(place: number): Page | null {
    const stretch = this.#stretches[stretchAt(this.#stretches, place)];
    if (stretch === undefined || place < 0) return null;
    if (place < stretch.first + stretch.count) return pageAt(stretch, place);
    return stretch.isOpen && !this.#isWhole ? pageAt(stretch, stretch.first + stretch.count) : null;
  }

  /** The pages of a range of places in their order, with the one behind an open end if the range goes beyond it. */
  pagesOf({ first, end }: Range): Page[] {
    const { count } = this;
    const pages: Page[] = [];
    let place = Math.min(first, count);
    while (place < Math.min(end, count + 1)) {
      const page = this.pageAt(place);
      if (page === null) break;
      pages.push(page);
      place = page.end;
    }
    return pages;
  }
}
