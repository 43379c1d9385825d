import { z } from "zod";

import { appErrorOf, validationError } from "../../../core/errors.ts";
import { wordsChangeOf } from "../../../media/bulk/asked-change.ts";
import type { WordsChange } from "../../../media/bulk/words-change.ts";
import { metadataLimits } from "../../../media/metadata/rules.ts";
import { mostProposed } from "../../../media/proposals/proposal.ts";
import { proposeWords } from "../../../media/proposals/propose-words.ts";
import { jsonObject } from "../../requests/json-body.ts";
import { defineChangeTool } from "../change-tool.ts";

const text = (maxLength: number, description: string) => ({
  type: ["string", "null"],
  maxLength,
  description,
});

const patch = jsonObject.meta({
  type: "object",
  description:
    "A JSON Merge Patch (RFC 7396) for the words of the photo: a field that is named is set, `null` removes a field, all other fields stay. Any other lower_snake_case name is a custom field.",
  properties: {
    description: text(metadataLimits.descriptionCharacters, "A description of the photo."),
    title: text(metadataLimits.textCharacters, "A short name for the photo."),
    keywords: {
      type: ["array", "null"],
      items: { type: "string", maxLength: metadataLimits.keywordCharacters },
      maxItems: metadataLimits.keywords,
      description: "All keywords of the photo. To add some to those that are there, use tag_photos.",
    },
    taken_at: {
      type: ["string", "null"],
      description: "The time at which the photo was taken, such as `1962`, `1962-07` or `1962-07-14T16:03`.",
    },
  },
});

const shape = {
  photos: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(64).describe("The id of the photo."),
        object_metadata: patch,
      }),
    )
    .min(1)
    .max(mostProposed)
    .describe(`The photos with their new words: at most ${mostProposed}, each once.`),
} as const;

/** Gives each of some photos words of its own. */
export const describePhotos = defineChangeTool({
  name: "describe_photos",
  title: "Describe photos",
  description:
    "Gives each photo its own words: description, title, keywords and other fields of `object_metadata`.",
  shape,
  propose: async ({ services }, { photos }) => proposeWords(services.db, changesOf(photos)),
});

function changesOf(photos: z.output<(typeof shape)["photos"]>): ReadonlyMap<string, WordsChange> {
  const changes = new Map<string, WordsChange>();
  for (const [index, { id, object_metadata: words }] of photos.entries()) {
    const known = id.toLowerCase();
    if (changes.has(known))
      throw validationError([{ path: `photos.${index}.id`, message: "is given twice" }]);
    changes.set(known, changeAt(index, words));
  }
  return changes;
}

/** Of up to 500 photos, a refusal has to tell which one it is about. */
function changeAt(index: number, words: Readonly<Record<string, unknown>>): WordsChange {
  try {
    return wordsChangeOf({ object_metadata: words });
  } catch (cause) {
    const refusal = appErrorOf(cause);
    if (refusal?.errors === undefined) throw cause;
    throw validationError(
      refusal.errors.map(({ path, message }) => ({ path: `photos.${index}.${path}`, message })),
    );
  }
}
