import type { Tagline } from "tagline-client";
import type { Finding } from "../../address/view.ts";
import { termOf } from "../text/terms.ts";
import { unitsOf, withoutQuotes } from "../text/units.ts";

/** What of the client the spelling needs. */
export type SpellingClient = Pick<Tagline, "api">;

/** A keyword that somebody may have meant. */
export interface Meant {
  readonly keyword: string;
  /** The finding with the keyword in the place of what was typed. */
  readonly finding: Finding;
}

/** How many words of a search are looked up. */
const mostWords = 3;

/** How many keywords with the same beginning are compared, the most used ones first. */
const mostKeywords = 200;

/** The longest prefix of `GET /v1/keywords`, in characters. */
const longestPrefix = 64;

/** Shorter words are like too many others. */
const shortest = 3;

/**
 * The keywords that the words of a search are nearly. Only keywords with the same beginning are compared, the first half
 * of the word: people err less there, and the service finds them by it.
 */
export async function meantBy(
  client: SpellingClient,
  finding: Finding,
  signal: AbortSignal,
): Promise<Meant[]> {
  const { q } = finding;
  const words = unitsOf(q)
    .filter(({ isNegated, field }) => !isNegated && (field === null || field === "keyword"))
    .map(({ start, end, valueStart }) => ({
      start,
      end,
      word: withoutQuotes(q.slice(valueStart, end)).trim(),
    }))
    .filter(({ word }) => Array.from(word).length >= shortest)
    .slice(0, mostWords);
  const meant = await Promise.all(
    words.map(async ({ word, start, end }): Promise<Meant[]> => {
      const characters = Array.from(word);
      const prefix = characters.slice(0, Math.min(longestPrefix, Math.ceil(characters.length / 2))).join("");
      const query = { prefix, sort: "count", limit: mostKeywords } as const;
      const { data } = await client.api.GET("/v1/keywords", { params: { query }, signal });
      const keyword = closest(
        word,
        data.items.map((item) => item.keyword),
      );
      const term = keyword === null ? null : termOf("keyword", keyword);
      if (keyword === null || term === null) return [];
      return [{ keyword, finding: { ...finding, q: q.slice(0, start) + term + q.slice(end) } }];
    }),
  );
  return meant.flat();
}

/**
 * The candidate that differs from a word by the fewest letters; null where each differs by more than a slip, and where one
 * is the word itself. Of those that are as close the first one counts.
 */
export function closest(word: string, candidates: readonly string[]): string | null {
  const typed = folded(word);
  const most = typed.length < 5 ? 1 : 2;
  let best: { readonly candidate: string; readonly distance: number } | null = null;
  for (const candidate of candidates) {
    const name = folded(candidate);
    if (Math.abs(name.length - typed.length) > most) continue;
    const distance = distanceOf(typed, name);
    if (distance === 0) return null;
    if (distance <= most && (best === null || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate ?? null;
}

/** How many letters must be put in, left out, changed, or swapped with the next one (optimal string alignment distance). */
export function distanceOf(one: readonly string[], other: readonly string[]): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of one.entries()) {
    const current = [row + 1];
    for (const [column, opposite] of other.entries()) {
      const changed = (last[column] ?? 0) + (letter === opposite ? 0 : 1);
      const left = (last[column + 1] ?? 0) + 1;
      const put = (current[column] ?? 0) + 1;
      const isSwapped = row > 0 && column > 0 && letter === other[column - 1] && one[row - 1] === opposite;
      const swapped = isSwapped ? (beforeLast[column - 1] ?? 0) + 1 : Infinity;
      current.push(Math.min(changed, left, put, swapped));
    }
    [beforeLast, last] = [last, current];
  }
  return last.at(-1) ?? 0;
}

function folded(text: string): string[] {
  return Array.from(text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase());
}
