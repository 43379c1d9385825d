import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { onTestFinished, vi } from "vitest";

import type { PictureIndex } from "../../../src/media/picture-index/picture-index.ts";
import { insertMany, buildMedia, type MediaContent } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";

const dayMs = 24 * 60 * 60_000;

/** Far ahead, so that no alarm goes off by itself, and each test later than the one before. */
let testDay = Date.parse("2041-01-01T00:00:00.000Z");

const realDatabase = env.DB;

/** What comes between the index and D1, within the object: it calls the instance itself. */
type Hook = (instance: PictureIndex, storage: DurableObjectStorage) => Promise<void>;

/** An index of its own with the real database, whose alarms go off when the test says so. */
export class IndexStage {
  readonly index: DurableObjectStub<PictureIndex> = env.PICTURE_INDEX.getByName("test");
  /** Before each batch of statements that the index sends to D1; it may wait or throw. */
  beforeRead: Hook = async () => undefined;
  /** Behind each of them, before the index has the answer. */
  afterRead: Hook = async () => undefined;
  /** How many batches D1 was asked for. */
  reads = 0;

  private constructor() {
    testDay += dayMs;
    vi.useFakeTimers({ toFake: ["Date"], now: testDay });
    onTestFinished(() => void vi.useRealTimers());
  }

  static async create(): Promise<IndexStage> {
    const stage = new IndexStage();
    await stage.#attach();
    onTestFinished(async () => stage.#detach());
    return stage;
  }

  /** An object with nothing to build, as it is in a collection of which it knows all. */
  static async built(): Promise<IndexStage> {
    const stage = await IndexStage.create();
    await stage.index.find([]);
    return stage;
  }

  /** Moves the clock. */
  advance(ms: number): void {
    vi.setSystemTime(Date.now() + ms);
  }

  /** Lets the alarm go off now; false if none is set. */
  async alarm(): Promise<boolean> {
    return runDurableObjectAlarm(this.index);
  }

  /** When the alarm is set for; null for never. */
  async alarmAt(): Promise<number | null> {
    return runInDurableObject(this.index, async (_, state) => state.storage.getAlarm());
  }

  /** Lets alarms go off until none is set. */
  async finish(): Promise<void> {
    for (let turn = 0; turn < 100; turn++) if (!(await this.alarm())) return;
    throw new Error("The index is still being built after 100 alarms.");
  }

  async evict(): Promise<void> {
    await evictDurableObject(this.index);
    await this.#attach();
  }

  /** Takes away all that the object has stored, as a loss would. */
  async wipe(): Promise<void> {
    await runInDurableObject(this.index, async (_, state) => state.storage.deleteAll());
    await this.evict();
  }

  /** The numbers of the blocks that are stored. */
  async blocks(): Promise<number[]> {
    return runInDurableObject(this.index, (_, state) =>
      [...state.storage.sql.exec<{ number: number }>("SELECT number FROM blocks ORDER BY number")].map(
        ({ number }) => number,
      ),
    );
  }

  async #attach(): Promise<void> {
    await this.#setDatabase((instance, storage) => {
      const batchOf =
        (session: D1DatabaseSession) =>
        async (statements: D1PreparedStatement[]): Promise<D1Result[]> => {
          this.reads += 1;
          await this.beforeRead(instance, storage);
          const answer = await session.batch(statements);
          await this.afterRead(instance, storage);
          return answer;
        };
      return replaced(realDatabase, {
        withSession: (constraint?: string) => {
          const session = realDatabase.withSession(constraint);
          return replaced(session, { batch: batchOf(session) });
        },
      });
    });
  }

  async #detach(): Promise<void> {
    await this.#setDatabase(() => realDatabase);
  }

  async #setDatabase(
    databaseOf: (instance: PictureIndex, storage: DurableObjectStorage) => D1Database,
  ): Promise<void> {
    await runInDurableObject(this.index, (instance, { storage }) => {
      const own: unknown = Reflect.get(instance, "env");
      const database = databaseOf(instance, storage);
      if (typeof own === "object" && own !== null) Reflect.set(own, "DB", database);
    });
  }
}

/** A record whose picture has this hash, with the present generation of thumbnails unless `content` says another. */
export function hashedMedia(
  pk: number,
  hash: string,
  content: MediaContent = {},
): ReturnType<typeof buildMedia> {
  const { thumbnailVersion = `picture${pk}-3` } = content;
  return { ...buildMedia({ pictureHash: hash, pictureQuality: 100, ...content, thumbnailVersion }), pk };
}

/** Stores a record with this hash under each of some row ids. */
export async function insertHashes(hashes: Readonly<Record<number, string>>): Promise<void> {
  const rows = Object.entries(hashes).map(([pk, hash]) => hashedMedia(Number(pk), hash));
  for (let from = 0; from < rows.length; from += 1_000) await insertMany(rows.slice(from, from + 1_000));
}
