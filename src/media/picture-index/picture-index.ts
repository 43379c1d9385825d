import { DurableObject } from "cloudflare:workers";
import { z } from "zod";

import { BlockStore } from "./blocks.ts";
import { Building } from "./building.ts";
import { HashSearch } from "./search.ts";
import { readConfig } from "../../config/config.ts";
import { createLogger } from "../../core/log.ts";
import { openDatabase } from "../../db/connection.ts";
import type {
  FoundPictures,
  PictureFinder,
  PictureQuery,
  PlacedPicture,
} from "../../protocol/picture-finder.ts";

/** A collection of no more blocks than this is read within the first call, so that it is whole at once. */
const patientBlocks = 2;
/** How many blocks an alarm reads at the most: an invocation may ask D1 for a thousand statements. */
const blocksPerAlarm = 100;
/** How long an alarm goes on reading: it may last a quarter of an hour. */
const alarmMs = 60_000;
/** An alarm that ends without a word, as where the runtime kills it, is followed by another after this time. */
const silenceMs = 5 * 60_000;

// Two versions of the code may meet while a deploy goes on, so that what comes by RPC is looked at.
const hash = z.string().regex(/^[\da-f]{64}$/);
const pk = z.int().nonnegative();
const distance = z.int().min(0).max(256);
const placedPictures = z.array(z.object({ pk, hash: hash.nullable() })).max(10_000);
const pictureQueries = z
  .array(
    z.object({
      hash,
      except: pk.nullable(),
      radius: distance,
      limit: z.int().min(1).max(1_000),
      after: z.object({ distance, pk }).nullable(),
    }),
  )
  .max(100);

/**
 * The index of picture hashes; see protocol/picture-finder.ts. There is one object for the whole deployment. It holds the
 * hash of every picture under the row id of its record, in blocks (blocks.ts), and a search reads them all, one at a time
 * (search.ts). An object that is new, or told to, makes them from the records (building.ts), from its alarm; once all are
 * made there is no alarm.
 */
export class PictureIndex extends DurableObject<Env> implements PictureFinder {
  readonly #blocks: BlockStore;
  readonly #building: Building;
  /** Made when it is first needed: an object that only places pictures has none. */
  #search: HashSearch | null = null;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#blocks = new BlockStore(state.storage.sql);
    this.#building = new Building({
      storage: state.storage,
      blocks: this.#blocks,
      openDatabase: () => openDatabase(env.DB, "primary"),
      log: createLogger(readConfig({ ...env }).logLevel, { component: "pictures" }),
    });
  }

  /** Sets down the hashes of records. */
  async place(pictures: readonly PlacedPicture[]): Promise<void> {
    this.#building.place(placedPictures.parse(pictures));
    await this.#arm();
  }

  /** Looks for the neighbours of each of some pictures. */
  async find(queries: readonly PictureQuery[]): Promise<FoundPictures> {
    const asked = pictureQueries.parse(queries);
    await this.#buildIfSmall();
    const isComplete = this.#building.dueAt === null;
    this.#search ??= new HashSearch();
    return { neighbours: this.#search.find(this.#blocks.all(), asked), isComplete };
  }

  /** Has the index built anew from the records. */
  async rebuild(): Promise<void> {
    this.#building.restart();
    await this.#arm();
  }

  /** Goes on building, for a while. Safe to run at any time and to repeat. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + silenceMs);
    try {
      const until = Date.now() + alarmMs;
      for (let blocks = 0; blocks < blocksPerAlarm && Date.now() < until && this.#isDue(); blocks++) {
        if (!(await this.#building.step())) break;
      }
    } finally {
      await this.#setAlarm(this.#building.dueAt);
    }
  }

  async #buildIfSmall(): Promise<void> {
    if (this.#building.dueAt === null) return;
    // Should the object end in the middle of this, its alarm goes on.
    await this.#arm();
    while (this.#isDue() && this.#building.blocksRead < patientBlocks) {
      if (!(await this.#building.step())) break;
    }
    await this.#arm();
  }

  #isDue(): boolean {
    const { dueAt } = this.#building;
    return dueAt !== null && dueAt <= Date.now();
  }

  /** Has an alarm go off when building goes on, or before; none where nothing is to be built. */
  async #arm(): Promise<void> {
    const { dueAt } = this.#building;
    const set = await this.ctx.storage.getAlarm();
    if (set === null ? dueAt !== null : dueAt === null || set > dueAt) await this.#setAlarm(dueAt);
  }

  async #setAlarm(at: number | null): Promise<void> {
    await (at === null ? this.ctx.storage.deleteAlarm() : this.ctx.storage.setAlarm(at));
  }
}
