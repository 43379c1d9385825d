import { z } from "@hono/zod-openapi";

import type { SelectionPosition } from "../../db/selection/selection.ts";

/** Where a walk along a selection ended, as a cursor holds it. */
export const selectionPosition = z.union([
  z.object({
    list: z.object({
      value: z.union([z.string(), z.number(), z.null()]),
      pk: z.number(),
      id: z.string(),
      skip: z.number(),
      lead: z.number().nullable(),
    }),
  }),
  z.object({ search: z.object({ below: z.number().nullable() }) }),
]) satisfies z.ZodType<SelectionPosition>;
