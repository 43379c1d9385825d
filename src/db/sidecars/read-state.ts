import { z } from "zod";

import { placeSources, takenPrecisions, takenSources } from "../media/record.ts";

/** What a record keeps of its sidecar, as the column `sidecar_read` holds it. */
export const sidecarState = z.object({
  /** The sidecar that was compared last, and its version. */
  path: z.string(),
  version: z.string(),
  /** The hash of what was last read from a sidecar, or written to one; null where nothing was. */
  hash: z.string().nullable(),
  /** Whether nobody but the service has written the version. */
  isOurs: z.boolean().default(false),
  /** The hierarchical keywords, which are written back as they were. */
  hierarchical: z.array(z.string()).readonly().default([]),
  /** The date of the sidecar, which stands before the file's own. */
  taken: z
    .object({
      local: z.string(),
      offset: z.string().nullable(),
      precision: z.enum(takenPrecisions),
      source: z.enum(takenSources),
    })
    .nullable()
    .default(null),
  /** The place of the sidecar, likewise. */
  location: z
    .object({
      latitude: z.number(),
      longitude: z.number(),
      altitude: z.number().nullable(),
      source: z.enum(placeSources),
    })
    .nullable()
    .default(null),
});

/** See {@link sidecarState}. */
export type SidecarState = Readonly<z.infer<typeof sidecarState>>;

/** Reads the column; null where nothing was ever read. */
export function parseSidecarState(json: string | null): SidecarState | null {
  return json === null ? null : sidecarState.parse(JSON.parse(json));
}
