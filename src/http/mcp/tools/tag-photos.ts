import { z } from "zod";

import { validationError } from "../../../core/errors.ts";
import { wordsChangeOf } from "../../../media/bulk/asked-change.ts";
import { keywordLimits } from "../../../media/metadata/keywords.ts";
import { mostProposed } from "../../../media/proposals/proposal.ts";
import { proposeWords } from "../../../media/proposals/propose-words.ts";
import { defineChangeTool } from "../change-tool.ts";

const keywords = (description: string) =>
  z
    .array(
      z
        .string()
        .min(1)
        .max(4 * keywordLimits.keywordCharacters),
    )
    .max(keywordLimits.keywords)
    .default([])
    .describe(description);

/** Adds keywords to many photos, and takes keywords away. */
export const tagPhotos = defineChangeTool({
  name: "tag_photos",
  title: "Tag photos",
  description: "Adds the same keywords to many photos, and removes keywords; all other keywords stay.",
  shape: {
    ids: z
      .array(z.string().min(1).max(64))
      .min(1)
      .max(mostProposed)
      .describe(`The ids of the photos: at most ${mostProposed}. Ids that are given twice count once.`),
    add_keywords: keywords(
      `Keywords to add behind the others, each of at most ${keywordLimits.keywordCharacters} characters. A keyword that is there already, in upper or lower case, is not added.`,
    ),
    remove_keywords: keywords("Keywords to remove. Case and accents do not count."),
  },
  propose: async ({ services }, { ids, ...asked }) => {
    if (asked.add_keywords.length + asked.remove_keywords.length === 0)
      throw validationError([
        { path: "add_keywords", message: "is empty, and no keywords are to be removed" },
      ]);
    const change = wordsChangeOf(asked);
    return proposeWords(services.db, new Map(ids.map((id) => [id.toLowerCase(), change])));
  },
});
