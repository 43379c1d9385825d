import { z } from "zod";

import { blockOf, firstPkOf, type BlockStore } from "./blocks.ts";
import type { Logger } from "../../core/log.ts";
import type { Database } from "../../db/connection.ts";
import { readHashes, type HashStretch } from "../../db/copies/hashes.ts";
import type { PlacedPicture } from "../../protocol/picture-finder.ts";
import { hasPreview } from "../thumbnails/version.ts";
import { leastQuality } from "../../thumbnail/likeness/likeness.ts";

/** Raised when blocks come to be laid out otherwise, so that those of an earlier version are made anew. */
const format = 1;
/** After this time a read of the records counts as failed; nothing else would end one that is never answered. */
const readMs = 30_000;
/** How long after a first failure it is tried again, twice as long after each further one, and how long at the most. */
const firstDelayMs = 2_000;
const longestDelayMs = 10 * 60_000;

/** How far building has come. */
interface Progress {
  /** Rises with each time that building begins anew. */
  readonly attempt: number;
  /** The row id from which the records are still to be read; null once all are. */
  readonly nextPk: number | null;
  /** How many blocks were read. */
  readonly blocksRead: number;
  /** How often reading has failed in a row. */
  readonly failures: number;
  /** When reading goes on, in milliseconds since the epoch. */
  readonly dueAt: number;
}

const progressRow = z.object({
  attempt: z.int(),
  nextPk: z.int().nullable(),
  blocksRead: z.int(),
  failures: z.int(),
  dueAt: z.number(),
});

/** What building needs. */
interface BuildingOptions {
  readonly storage: DurableObjectStorage;
  readonly blocks: BlockStore;
  /** Opens a session of its own at the primary, so that a copy that lags behind is never read. */
  readonly openDatabase: () => Database;
  readonly log: Logger;
}

/**
 * Makes the blocks from the column of hashes, a block at a time in the order of the row ids, and keeps in the object's
 * database how far it has come: an object that is evicted goes on where it was.
 *
 * While the records of a block are read, pictures may be placed. What is placed is newer than what was read, so that
 * these slots stay as they are. Nothing of that need be stored: an object that is evicted reads the block again.
 */
export class Building {
  readonly #options: BuildingOptions;
  /** The row ids that were placed since the present read began; null where nothing is being read. */
  #placed: Set<number> | null = null;
  #reading: Promise<boolean> | null = null;

  constructor(options: BuildingOptions) {
    this.#options = options;
    options.storage.sql.exec(`CREATE TABLE IF NOT EXISTS building (
      id INTEGER PRIMARY KEY CHECK (id = 1), format INTEGER NOT NULL, attempt INTEGER NOT NULL, next_pk INTEGER, blocks_read INTEGER NOT NULL,
      failures INTEGER NOT NULL, due_at INTEGER NOT NULL
    )`);
  }

  /** When building goes on, in milliseconds since the epoch; null once everything is built. */
  get dueAt(): number | null {
    const { nextPk, dueAt } = this.#progress();
    return nextPk === null ? null : dueAt;
  }

  /** How many blocks were read since building began. */
  get blocksRead(): number {
    return this.#progress().blocksRead;
  }

  /** Begins anew; until all is read, the blocks stay as they are. */
  restart(): void {
    this.#begin(this.#progress().attempt + 1);
  }

  /** Sets down the hashes of pictures. */
  place(pictures: readonly PlacedPicture[]): void {
    // An object that has nothing yet, or only blocks of an earlier layout, begins first.
    this.#progress();
    for (const { pk } of pictures) this.#placed?.add(pk);
    this.#options.storage.transactionSync(() => this.#options.blocks.place(pictures));
  }

  /** Reads the next block, or waits for it where it is being read; false if that failed, and is due later. */
  async step(): Promise<boolean> {
    this.#reading ??= this.#readBlock().finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #readBlock(): Promise<boolean> {
    const progress = this.#progress();
    const { nextPk, attempt } = progress;
    if (nextPk === null) return true;
    const placed = (this.#placed = new Set<number>());
    const number = blockOf(nextPk);
    try {
      const stretch = await withinTime(
        readHashes(
          this.#options.openDatabase(),
          { from: firstPkOf(number), to: firstPkOf(number + 1) },
          leastQuality,
        ),
      );
      if (this.#progress().attempt !== attempt) return true;
      this.#options.storage.transactionSync(() => this.#settle(progress, stretch, placed));
      return true;
    } catch (cause) {
      this.#postpone(this.#progress(), cause);
      return false;
    } finally {
      this.#placed = null;
    }
  }

  /** Writes a block as its records say, and empties what lies between it and the next record. */
  #settle(progress: Progress, { hashes, nextPk }: HashStretch, placed: ReadonlySet<number>): void {
    const { blocks, log } = this.#options;
    const number = blockOf(progress.nextPk ?? 0);
    const current = hashes.filter(({ thumbnailVersion }) => hasPreview(thumbnailVersion));
    blocks.replace(number, current, placed);
    const next = nextPk === null ? null : blockOf(nextPk);
    for (const empty of blocks.between(number, next)) blocks.replace(empty, [], placed);
    const blocksRead = progress.blocksRead + 1;
    this.#save({ ...progress, nextPk, blocksRead, failures: 0, dueAt: Date.now() });
    if (nextPk === null) log.info("pictures.built", { blocks: blocksRead });
  }

  #postpone(progress: Progress, cause: unknown): void {
    const failures = progress.failures + 1;
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1));
    this.#options.log.warn("pictures.build_failed", { failures, delay_ms: delayMs }, cause);
    this.#save({ ...progress, failures, dueAt: Date.now() + delayMs });
  }

  #progress(): Progress {
    const [row] = this.#options.storage.sql.exec(
      `SELECT attempt, next_pk AS nextPk, blocks_read AS blocksRead, failures, due_at AS dueAt FROM building
       WHERE format = ?`,
      format,
    );
    if (row !== undefined) return progressRow.parse(row);
    this.#options.blocks.clear();
    return this.#begin(1);
  }

  #begin(attempt: number): Progress {
    return this.#save({ attempt, nextPk: 0, blocksRead: 0, failures: 0, dueAt: Date.now() });
  }

  #save(progress: Progress): Progress {
    const { sql } = this.#options.storage;
    const { attempt, nextPk, blocksRead, failures, dueAt } = progress;
    sql.exec(
      `INSERT OR REPLACE INTO building (id, format, attempt, next_pk, blocks_read, failures, due_at)
       VALUES (1, ?, ?, ?, ?, ?, ?)`,
      format,
      attempt,
      nextPk,
      blocksRead,
      failures,
      dueAt,
    );
    return progress;
  }
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The records were not read in time.")), readMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
