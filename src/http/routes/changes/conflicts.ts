import { z } from "@hono/zod-openapi";

import type { WordsConflict } from "../../../media/operations/unite-words.ts";

const conflictSchema = z
  .object({
    field: z.string().openapi({ description: "The name of a field of `object_metadata`." }),
    values: z.array(z.unknown()).openapi({
      description:
        "The values that the media objects have, each once. Every media object keeps its own value.",
    }),
  })
  .openapi("WordsConflict", {
    description: "A field with different values, which the service did not change.",
  });

/** What of words could not be united, as answers tell it. */
export const conflictsSchema = z
  .array(conflictSchema)
  .openapi({ description: "The fields that the media objects have different values of." });

/** See {@link conflictsSchema}. */
export function toConflictsJson(conflicts: readonly WordsConflict[]): z.infer<typeof conflictsSchema> {
  return conflicts.map(({ field, values }) => ({ field, values: [...values] }));
}
