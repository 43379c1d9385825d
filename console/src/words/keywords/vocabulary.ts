import type { Tagline } from "tagline-client";
import { kindOf } from "../../service/failure.ts";
import { Kept } from "../../find/complete/kept.ts";
import { charactersOf, limits } from "../fields/names.ts";
import { foldedKeyword, tidyKeyword } from "../fields/keywords.ts";

/** A keyword of the archive, with how many photos have it. */
export interface KnownKeyword {
  readonly keyword: string;
  readonly count: number;
}

/** So many are asked for, as some of them may be on the photo. */
const asked = 24;

/** So many are shown. */
const shown = 8;

/** The keywords of the archive, the most used first. */
export class Vocabulary {
  readonly #client: Pick<Tagline, "api">;
  readonly #kept: Kept<readonly KnownKeyword[]>;

  constructor(client: Pick<Tagline, "api">, now: () => number = Date.now) {
    this.#client = client;
    this.#kept = new Kept(now);
  }

  /**
   * The keywords that begin so, the most used first, then by the alphabet, without those that the photo has. None where the
   * service cannot tell just now: a keyword is typed without it.
   */
  async suggest(
    typed: string,
    present: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly KnownKeyword[]> {
    const prefix = tidyKeyword(typed);
    if (charactersOf(prefix) > limits.keywordCharacters) return [];
    const has = new Set(present.map(foldedKeyword));
    const known = await this.#kept
      .get(prefix, () => this.#ask(prefix, signal))
      .catch((error: unknown) => {
        if (kindOf(error) === null) throw error;
        return [];
      });
    return known.filter(({ keyword }) => !has.has(foldedKeyword(keyword))).slice(0, shown);
  }

  async #ask(prefix: string, signal: AbortSignal): Promise<readonly KnownKeyword[]> {
    const query = { sort: "count", limit: asked, ...(prefix === "" ? {} : { prefix }) } as const;
    const { data } = await this.#client.api.GET("/v1/keywords", { params: { query }, signal });
    return data.items.map(({ keyword, count }) => ({ keyword, count }));
  }
}

/** The keyword as the archive spells it, where it is among those that were suggested. */
export function spelledAs(text: string, suggested: readonly KnownKeyword[]): string {
  const folded = foldedKeyword(text);
  return suggested.find(({ keyword }) => foldedKeyword(keyword) === folded)?.keyword ?? tidyKeyword(text);
}
