import { z } from "zod";

import { fieldsText, wordsText } from "../search/index-text.ts";
import { foldKeyword, type ObjectMetadata } from "./record.ts";

/** The columns that every writer of `object_metadata` fills together. */
export interface MetadataColumns {
  readonly objectMetadata: string;
  readonly foldedKeywords: string;
  readonly keywordSpellings: string;
  readonly wordsText: string;
  readonly fieldsText: string;
}

const keywordsField = z.array(z.string()).catch([]);

/** Spreads metadata over its columns: the JSON itself, and what keywords and full text are made of. */
export function metadataColumns(metadata: ObjectMetadata): MetadataColumns {
  const keywords = keywordsField.parse(metadata["keywords"]);
  // Of two spellings that fold to the same the first one counts, as it does in the rules of words.
  const spellings = new Map(keywords.toReversed().map((each) => [foldKeyword(each), each]));
  const folded = [...new Set(keywords.map(foldKeyword))];
  return {
    objectMetadata: JSON.stringify(metadata),
    foldedKeywords: JSON.stringify(folded),
    keywordSpellings: JSON.stringify(folded.map((each) => spellings.get(each) ?? each)),
    wordsText: wordsText(metadata),
    fieldsText: fieldsText(metadata),
  };
}
