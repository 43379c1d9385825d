import { sameNamespace } from "./xml-names.ts";

/** One value of a property, with its language if it tells one. */
export interface XmpItem {
  readonly text: string;
  readonly language: string | null;
}

/** Properties and items, counted together, that are kept of all packets of a file. */
export const maxKeptEntries = 50_000;
/** UTF-16 units of text that are kept of all packets of a file. */
export const maxKeptUnits = 4 * 1024 * 1024;
/** Items of one property: nobody has more keywords, but a list that a program's fault made long has a hundred thousand. */
const maxItems = 5000;
/** UTF-16 units of one value: the longest caption, or the beginning of a picture in a text. */
export const maxValueUnits = 256 * 1024;

/** What may still be kept of a file's packets. */
export class KeptBudget {
  #entries = maxKeptEntries;
  #units = maxKeptUnits;

  /** Whether one entry more, with so many units of text, may be kept. */
  take(units: number): boolean {
    if (this.#entries === 0 || units > this.#units) return false;
    this.#entries -= 1;
    this.#units -= units;
    return true;
  }
}

/** The properties of a packet, by namespace and then by name: a namespace may be long and stand before very many names. */
export class XmpProperties {
  readonly #budget: KeptBudget;
  readonly #names = new Map<string, Map<string, readonly XmpItem[]>>();

  constructor(budget: KeptBudget) {
    this.#budget = budget;
  }

  /** Adds a property. A packet that tells one twice is not valid; the first that tells something counts. */
  add(namespace: string, local: string, items: readonly XmpItem[]): void {
    const names = this.#names.get(namespace);
    const held = names?.get(local);
    if (held !== undefined && (tells(held) || !tells(items))) return;
    const kept = items.slice(0, maxItems).filter(({ text }) => this.#budget.take(text.length));
    if (kept.length === 0 && !this.#budget.take(0)) return;
    if (names !== undefined) names.set(local, kept);
    else this.#names.set(namespace, new Map([[local, kept]]));
  }

  items(namespace: string, name: string): readonly XmpItem[] {
    return this.#names.get(sameNamespace(namespace))?.get(name) ?? [];
  }
}

/** Whether any of a property's items is more than white space. */
export function tells(items: readonly XmpItem[]): boolean {
  return items.some(({ text }) => text.trim() !== "");
}

/** Collects the items of one property as they are read. */
export class ItemCollector {
  readonly items: XmpItem[] = [];
  #units = 0;

  /** Takes an item, up to a number of them and of units that a property does not reach. */
  push(item: XmpItem): void {
    if (this.items.length >= maxItems || this.#units >= maxKeptUnits) return;
    this.#units += item.text.length;
    this.items.push(item);
  }
}
