import { sameBytesAs, type TrashedRecord, type TrashMatch } from "../../db/trash/known.ts";
import type { ObjectInfo, StorageProvider } from "../../storage/provider.ts";

/** An object whose bytes a record in the trash has, and that no record outside of it is known to have lost. */
export interface Contested {
  readonly pathKey: string;
  readonly match: TrashMatch;
  /** Whether a record outside the trash has the same bytes: then a copy is as likely one of its object. */
  readonly isLive: boolean;
  /** Whether a record has the object's key, of which the object would be the new bytes. */
  readonly isOccupied: boolean;
}

/** Whose object in the trash an object is; `moved` where it is the only one there, and was not known to be here. */
export interface Owner {
  readonly record: TrashedRecord;
  readonly moved: boolean;
}

/**
 * Tells objects of records in the trash from copies, for one task: the storage says whether an object is still where it
 * was when its record was trashed. Each place is looked at once.
 */
export class Strays {
  readonly #provider: StorageProvider;
  readonly #looks = new Map<string, Promise<ObjectInfo | null>>();
  /** Records whose objects were found on the way. */
  readonly #found = new Set<string>();

  constructor(provider: StorageProvider) {
    this.#provider = provider;
  }

  /**
   * The record in the trash that an object belongs to, as it would if the record were missing: one whose object is not
   * where it was. Any record with these bytes, if nobody else could have the object. Null where it is no object of the trash.
   */
  async ownerOf({ pathKey, match, isLive, isOccupied }: Contested): Promise<Owner | null> {
    const { isOwn, records } = match;
    const [first] = records;
    if (first === undefined) return null;
    if (isOwn && !isOccupied) return this.#own(first, pathKey);
    for (const record of records)
      if (!(await this.#isElsewhere(record, pathKey))) return this.#own(record, pathKey);
    return isLive || isOccupied ? null : { record: first, moved: false };
  }

  #own(record: TrashedRecord, pathKey: string): Owner {
    this.#found.add(record.id);
    return { record, moved: pathKey !== record.pathKey && pathKey !== record.foundAt };
  }

  /** Whether the object of a record is there, at another key than this. */
  async #isElsewhere(record: TrashedRecord, pathKey: string): Promise<boolean> {
    if (this.#found.has(record.id)) return true;
    const { foundAt, foundVersion } = record;
    const places = [
      { pathKey: record.pathKey, version: record.version },
      ...(foundAt === null ? [] : [{ pathKey: foundAt, version: foundVersion }]),
    ];
    for (const place of places) {
      if (place.pathKey === pathKey) continue;
      const info = await this.#look(place.pathKey);
      if (info !== null && sameBytesAs(record, place.version, info)) return true;
    }
    return false;
  }

  async #look(pathKey: string): Promise<ObjectInfo | null> {
    const look = this.#looks.get(pathKey) ?? this.#provider.stat(pathKey);
    this.#looks.set(pathKey, look);
    return look;
  }
}
