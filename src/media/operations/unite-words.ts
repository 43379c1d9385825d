import { z } from "zod";

import type { ObjectMetadata } from "../../db/media/record.ts";
import { canonicalJson, metadataLimits } from "../metadata/rules.ts";

/** A field of which records have different values, in the order of the records. */
export interface WordsConflict {
  readonly field: string;
  readonly values: readonly unknown[];
}

/** Words as they are to be, those of each record in the order in which they were given, and what was left. */
export interface UnitedWords {
  readonly words: readonly ObjectMetadata[];
  readonly conflicts: readonly WordsConflict[];
}

const keywordList = z.array(z.string());

/**
 * Gives each record the words of all. Keywords are united: each record keeps its own first, in their order and spelling,
 * then come those that it lacks. Another field is filled where it lacks, if all records that have it agree. Pure.
 */
export function uniteWords(all: readonly ObjectMetadata[]): UnitedWords {
  const lists = all.map((words) => keywordList.safeParse(words["keywords"] ?? []));
  const areLists = lists.every(({ success }) => success);
  const keywords = lists.flatMap(({ data = [] }) => data);
  const names = [...new Set(all.flatMap((words) => Object.keys(words)))];
  const conflicts: WordsConflict[] = [];
  const filling = new Map<string, unknown>();
  for (const field of names.filter((name) => name !== "keywords" || !areLists)) {
    const having = new Map<string, unknown>();
    for (const own of all) {
      // Of values that say the same the first counts, whatever the order of their fields.
      const text = Object.hasOwn(own, field) ? canonicalJson(own[field]) : null;
      if (text !== null && !having.has(text)) having.set(text, own[field]);
    }
    const values = [...having.values()];
    if (values.length > 1) conflicts.push({ field, values });
    else filling.set(field, values[0]);
  }
  const words = all.map((own) => {
    const fields = new Map(Object.entries(own));
    for (const [field, value] of filling) if (!fields.has(field)) fields.set(field, value);
    const missing = areLists ? lackingKeywords(keywordList.parse(own["keywords"] ?? []), keywords) : [];
    if (missing.length > 0) fields.set("keywords", [...keywordList.parse(own["keywords"] ?? []), ...missing]);
    return Object.fromEntries(fields);
  });
  return { words, conflicts };
}

/** Those of some keywords that are not among a record's own, each once, in its first spelling. */
function lackingKeywords(own: readonly string[], all: readonly string[]): string[] {
  const known = new Set(own.map((each) => each.toLowerCase()));
  return all.filter((keyword) => {
    const folded = keyword.toLowerCase();
    const isNew = !known.has(folded);
    known.add(folded);
    return isNew;
  });
}

/** Why a record cannot bear united words, in words for people; null where it can. */
export function whyTooMuch(id: string, words: ObjectMetadata): string | null {
  const keywords = keywordList.safeParse(words["keywords"]).data?.length ?? 0;
  if (keywords > metadataLimits.keywords)
    return `The media object ${id} would have ${keywords} keywords; the most are ${metadataLimits.keywords}.`;
  const bytes = new TextEncoder().encode(JSON.stringify(words)).length;
  return bytes > metadataLimits.serialisedBytes
    ? `The words of the media object ${id} would have ${bytes} bytes; the most are ${metadataLimits.serialisedBytes}.`
    : null;
}
