import { kindOf, type FailureKind } from "../service/failure.ts";

/** A page of a list of the API. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** Leads to the next page; null on the last. */
  readonly next: string | null;
}

/** Asks for a page; the first one with null. */
export type LoadPage<Item> = (cursor: string | null, signal: AbortSignal) => Promise<ListPage<Item>>;

/** So many pages without an item are passed over at once: the service looks at a bounded number of rows for each. */
const mostEmptyPages = 5;

/** A list that is loaded page by page as somebody asks for more. */
export class PageList<Item> {
  readonly #load: LoadPage<Item>;
  readonly #onChange: () => void;
  #items: readonly Item[] = [];
  #cursor: string | null = null;
  #hasBegun = false;
  #isLoading = false;
  #failure: FailureKind | null = null;
  #stop = new AbortController();

  constructor(load: LoadPage<Item>, onChange: () => void = () => {}) {
    this.#load = load;
    this.#onChange = onChange;
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  /** Whether nothing is behind the items that are here. */
  get isWhole(): boolean {
    return this.#hasBegun && this.#cursor === null;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Why the last page did not come; null where all is well. */
  get failure(): FailureKind | null {
    return this.#failure;
  }

  /** Loads the next page. Nothing happens while one is being loaded, or behind the last. */
  async more(): Promise<void> {
    if (this.#isLoading || this.isWhole) return;
    const { signal } = this.#stop;
    this.#isLoading = true;
    this.#failure = null;
    this.#onChange();
    try {
      const page = await this.#nextWithItems(signal);
      if (signal.aborted) return;
      this.#items = [...this.#items, ...page.items];
      this.#cursor = page.next;
      this.#hasBegun = true;
    } catch (error) {
      if (signal.aborted) return;
      this.#failure = kindOf(error);
    }
    this.#isLoading = false;
    this.#onChange();
  }

  /** Loads as many items as there are anew: what is here stays until they have come. */
  async renew(): Promise<void> {
    this.stop();
    const { signal } = this.#stop;
    this.#isLoading = true;
    this.#failure = null;
    this.#onChange();
    try {
      let page = await this.#load(null, signal);
      const items = [...page.items];
      while (items.length < this.#items.length && page.next !== null && !signal.aborted) {
        page = await this.#load(page.next, signal);
        items.push(...page.items);
      }
      if (signal.aborted) return;
      [this.#items, this.#cursor, this.#hasBegun] = [items, page.next, true];
    } catch (error) {
      if (signal.aborted) return;
      this.#failure = kindOf(error);
    }
    this.#isLoading = false;
    this.#onChange();
  }

  /** Makes other items of those that are here; an item that is in the list no more is left out. */
  change(changed: (item: Item) => Item | null): void {
    this.#items = this.#items.flatMap((item) => changed(item) ?? []);
    this.#onChange();
  }

  /** Loads nothing any more that was asked for until now. */
  stop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#isLoading = false;
  }

  async #nextWithItems(signal: AbortSignal): Promise<ListPage<Item>> {
    let page = await this.#load(this.#cursor, signal);
    for (let left = mostEmptyPages; left > 0 && page.items.length === 0 && page.next !== null; left -= 1)
      page = await this.#load(page.next, signal);
    return page;
  }
}
