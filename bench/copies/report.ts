/** What came of one pair of pictures. */
export interface Outcome {
  readonly distance: number;
  readonly isSame: boolean;
}

const namesShown = 6;

/** Counts pairs by their kinds. */
export class Tally {
  readonly #kinds = new Map<string, { name: string; outcome: Outcome }[]>();

  add(kind: string, name: string, outcome: Outcome): void {
    const list = this.#kinds.get(kind) ?? [];
    list.push({ name, outcome });
    this.#kinds.set(kind, list);
  }

  get count(): number {
    return this.#all().length;
  }

  get same(): number {
    return this.#all().filter(({ outcome }) => outcome.isSame).length;
  }

  /** A line for each kind: how many are the same, the distances of their hashes, and the exceptions if they are few. */
  table(): string {
    const rows = [...this.#kinds].map(([kind, list]) => {
      const distances = list.map(({ outcome }) => outcome.distance).toSorted((a, b) => a - b);
      const same = list.filter(({ outcome }) => outcome.isSame);
      const odd = 2 * same.length > list.length ? list.filter(({ outcome }) => !outcome.isSame) : same;
      const names = odd.slice(0, namesShown).map(({ name, outcome }) => `${name} (${outcome.distance})`);
      return `| ${kind} | ${same.length} of ${list.length} | ${at(distances, 0.5)} | ${at(distances, 0.99)} | ${names.join(", ")} |`;
    });
    return ["| kind | same | distance, median | 99 % | exceptions |", "|---|---|---|---|---|", ...rows].join(
      "\n",
    );
  }

  #all(): { name: string; outcome: Outcome }[] {
    return [...this.#kinds.values()].flat();
  }
}

/** The value below which a share of sorted numbers lies. */
function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
