import { and, eq } from "drizzle-orm";

import type { Database } from "../connection.ts";
import type { StoredFacts } from "../media/facts.ts";
import { metadataColumns } from "../media/metadata-columns.ts";
import type { MediaObject, ObjectMetadata } from "../media/record.ts";
import { mediaObjects } from "../schema.ts";
import type { SidecarState } from "./read-state.ts";

/** What a record is to know of its sidecar. */
export interface SidecarKnowledge {
  readonly key: string | null;
  readonly changed: boolean;
  readonly state: SidecarState | null;
}

/** The same, with what the record takes over; null where its words, or its facts, stay. */
export interface SidecarOutcome extends SidecarKnowledge {
  /** Words for a record that no person has edited. */
  readonly words: ObjectMetadata | null;
  readonly facts: Pick<StoredFacts, "takenAt" | "takenAtOffset" | "intrinsic"> | null;
}

/** What a record knows of its sidecar, as its columns. */
export function sidecarColumns({ key, changed, state }: SidecarKnowledge) {
  return {
    sidecarKey: key,
    sidecarChanged: changed ? 1 : 0,
    sidecarRead: state === null ? null : JSON.stringify(state),
  };
}

/** Records what has become of a record's sidecar, if the record is as it was read; false if it is not. */
export async function settleSidecar(
  db: Database,
  media: MediaObject,
  outcome: SidecarOutcome,
  now: number,
): Promise<boolean> {
  const { words, facts } = outcome;
  const columns = sidecarColumns(outcome);
  const isSeen =
    columns.sidecarKey !== media.sidecarKey ||
    columns.sidecarChanged !== media.sidecarChanged ||
    words !== null ||
    facts !== null;
  const rows = await db.orm
    .update(mediaObjects)
    .set({
      ...columns,
      ...(words === null ? {} : { ...metadataColumns(words), wordsFromFile: 1 }),
      ...(facts === null ? {} : { ...facts, intrinsic: JSON.stringify(facts.intrinsic) }),
      ...(isSeen ? { change: media.change + 1, updatedAt: now } : {}),
    })
    .where(
      and(
        eq(mediaObjects.id, media.id),
        eq(mediaObjects.change, media.change),
        eq(mediaObjects.revision, media.revision),
        eq(mediaObjects.pathKey, media.pathKey),
      ),
    )
    .returning({ id: mediaObjects.id });
  return rows.length > 0;
}
