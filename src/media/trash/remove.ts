import { findMedia } from "../../db/media/reads.ts";
import type { MediaObject } from "../../db/media/record.ts";
import { setApart } from "../../db/trash/move.ts";
import { findTrashed } from "../../db/trash/trashed.ts";
import { changing, notFound, notWritable, preconditionFailed } from "../failures.ts";
import type { Services } from "../../services.ts";
import { purge } from "./purge.ts";

/** How often a removal is tried again when something else changes the record at the same moment. */
const maxAttempts = 3;

/** Which record a person removes. */
export interface Removal {
  readonly id: string;
  /** Who removes it: the name of a key, or the address of a person. */
  readonly by: string | null;
  /** Whether the record's revision is one that the client allows (`If-Match`). */
  readonly allows: (revision: number) => boolean;
}

/**
 * Puts a record into the trash: in one transaction, if nobody has changed it since it was read, and its thumbnails go
 * after it. A worker that dies in between leaves them to the nightly sweep, and whoever is making one of them looks at the
 * record again once it is stored (keep.ts). The object stays where it is.
 */
export async function trashMedia(services: Services, removal: Removal): Promise<void> {
  const db = services.db.primary();
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const media = await findMedia(db, removal.id);
    if (media === null) throw notFound(removal.id);
    checkRemoval(services, media, removal);
    if (await putApart(services, media, removal)) return;
  }
  throw changing();
}

/**
 * Removes a record for good, from where it is shown or from the trash, with its words, its history, its thumbnails and its
 * object: nobody else removes words that a person wrote. A record that is shown goes through the trash, so that what a
 * worker that dies has left is found there, by the client that asks again or by the nightly run.
 */
export async function removeMedia(services: Services, removal: Removal): Promise<void> {
  const db = services.db.primary();
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const media = await findMedia(db, removal.id);
    if (media !== null) {
      checkRemoval(services, media, removal);
      if (!(await putApart(services, media, removal))) continue;
    }
    const trashed = await findTrashed(db, removal.id);
    if (trashed === null) throw notFound(removal.id);
    if (media === null) {
      checkRemoval(services, trashed, removal);
      await services.derivatives.remove(removal.id, null);
    }
    if (await purge(services, trashed)) return;
  }
  throw changing();
}

/** 412 for a revision that the client does not allow, 409 for an object that cannot be removed and is there. */
function checkRemoval(
  services: Services,
  media: Pick<MediaObject, "provider" | "revision" | "missingSince">,
  { allows }: Removal,
): void {
  if (!allows(media.revision)) throw preconditionFailed(media.revision);
  const isWritable = services.providers.get(media.provider)?.writable === true;
  if (!isWritable && media.missingSince === null) throw notWritable(media.provider);
}

/** False where the record has changed since it was read. */
async function putApart(services: Services, media: MediaObject, { by }: Removal): Promise<boolean> {
  const statements = setApart(media, { kind: "trashed", at: Date.now(), by });
  const [, gone = []] = await services.db.primary().batch(statements);
  if (gone.length === 0) return false;
  await services.derivatives.remove(media.id, null);
  return true;
}
