import { deceptiveCharacter, isInvisible, withoutDeceptive } from "../../core/text/characters.ts";
import type { FieldError } from "../../core/errors.ts";
import { inNormalForm } from "../../core/text/normal-form.ts";

/** The rules of the contract for keywords. Characters are Unicode code points. */
export const keywordLimits = { keywords: 256, keywordCharacters: 64 } as const;

/** Keywords as they are kept, and the errors of the keywords that break a rule. */
export interface CheckedKeywords {
  readonly keywords: string[];
  readonly errors: FieldError[];
}

/** Trims keywords and keeps each keyword once, in its first spelling; reports an item that is not a keyword by its path. */
export function checkKeywords(value: unknown): CheckedKeywords {
  const path = "object_metadata.keywords";
  if (!Array.isArray(value))
    return { keywords: [], errors: [{ path, message: "must be an array of strings" }] };
  const errors: FieldError[] = [];
  const firstSpellings = new Map<string, string>();
  value.forEach((each: unknown, index) => {
    const keyword = typeof each === "string" ? each.trim() : null;
    const problem = keywordProblem(keyword);
    if (problem !== null) errors.push({ path: `${path}.${index}`, message: problem });
    else if (keyword !== null && !firstSpellings.has(keyword.toLowerCase())) {
      firstSpellings.set(keyword.toLowerCase(), keyword);
    }
  });
  const keywords = [...firstSpellings.values()];
  if (keywords.length > keywordLimits.keywords) {
    const message = `has ${keywords.length} keywords; the most are ${keywordLimits.keywords}`;
    errors.push({ path, message });
  }
  return { keywords, errors };
}

function keywordProblem(keyword: string | null): string | null {
  if (keyword === null) return "must be a string";
  if (isInvisible(keyword)) return "must not be empty";
  const deceptive = deceptiveCharacter(keyword);
  if (deceptive !== null) return `must not contain ${deceptive}, which is not seen or turns what is`;
  const { length } = Array.from(keyword);
  if (length <= keywordLimits.keywordCharacters) return null;
  return `has ${length} characters; at most ${keywordLimits.keywordCharacters} are allowed`;
}

/**
 * Keywords that a file has, by the same rules: what only deceives is left out of them, what is too long is cut by `cut`,
 * and what is left of none, or is too many, is left out.
 */
export function seedKeywords(
  given: readonly string[],
  cut: (text: string, limit: number) => string,
): string[] {
  const firstSpellings = new Map<string, string>();
  for (const each of given) {
    const clean = inNormalForm(withoutDeceptive(each.toWellFormed())).trim();
    const keyword = cut(clean, keywordLimits.keywordCharacters);
    const folded = keyword.toLowerCase();
    if (!isInvisible(keyword) && !firstSpellings.has(folded)) firstSpellings.set(folded, keyword);
  }
  return [...firstSpellings.values()].slice(0, keywordLimits.keywords);
}
