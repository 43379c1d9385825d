import { env } from "cloudflare:workers";
import { z } from "zod";

import type { IngestMessage } from "../../../src/protocol/messages.ts";
import { replaced } from "../../support/records/replaced.ts";
import { restore, trash, trashRows } from "../support/trash.ts";
import { World } from "../support/world.ts";
import { contentOf } from "./contents.ts";
import type { StorageAct } from "./history.ts";
import { afterAct, type Lost, type Objects } from "./objects.ts";

const metadata = z
  .string()
  .transform((json) => z.strictObject({ description: z.string().optional() }).parse(JSON.parse(json)));

const row = z.object({
  id: z.string(),
  key: z.string(),
  version: z.string(),
  missing: z.number().transform(Boolean),
  parked: z.number().transform(Boolean),
  state: z.string(),
  metadata,
  revision: z.number(),
  thumbnail: z.string().nullable(),
});

/** A record as it is stored. */
export interface StagedRow {
  readonly id: string;
  readonly key: string;
  readonly content: number;
  readonly isMissing: boolean;
  /** Whether no other record has taken its place. */
  readonly hasPlace: boolean;
  readonly state: string;
  readonly words: string | null;
  readonly revision: number;
  readonly thumbnail: string | null;
}

/** A record in the trash. */
export type TrashedStaged = Pick<StagedRow, "id" | "key" | "content" | "words" | "revision"> & {
  readonly foundAt: string | null;
};

const mediaAnswer = z.object({
  id: z.string(),
  revision: z.number(),
  object_metadata: z.object({ description: z.string().optional() }),
});

/** What the service answered about a record; null where it refused. */
export type MediaAnswer = z.infer<typeof mediaAnswer> | null;

let stages = 0;

/** Where histories are played: a service with its storage, of which the player always knows what it holds. */
export class Stage {
  readonly world: World;
  /** What the storage holds. */
  objects: Objects = new Map();
  lost: Lost = [];
  /** The number of the content by its version. */
  readonly #versions = new Map<string, number>();
  #words = 0;

  private constructor(world: World) {
    this.world = world;
  }

  static async create(): Promise<Stage> {
    stages += 1;
    // Messages of uploads are sent when half a second has passed; histories send them as they will.
    const deaf = { send: async () => undefined, sendBatch: async () => undefined };
    const bindings = { INGEST_QUEUE: replaced(env.INGEST_QUEUE, deaf) };
    return new Stage(await World.create({ name: `stage-${stages}`, bindings }));
  }

  /** Clears everything away but the coordinator's memory of past runs. */
  async clear(): Promise<void> {
    await env.DB.batch(
      ["media_objects", "trashed_media", "sightings"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
    );
    const { objects } = await env.DERIVATIVES_BUCKET.list();
    if (objects.length > 0) await env.DERIVATIVES_BUCKET.delete(objects.map((object) => object.key));
    await this.hold(new Map());
    this.lost = [];
    this.world.takeAll();
    this.world.advance(60_000);
  }

  /** Words that nobody has written before. */
  newWords(): string {
    this.#words += 1;
    return `words ${this.#words}`;
  }

  async act(act: StorageAct): Promise<void> {
    await this.hold(afterAct(this.objects, this.lost, act));
  }

  /** Makes the storage hold these objects, and no others. */
  async hold(wanted: Objects): Promise<void> {
    const gone = [...this.objects].filter(([key, content]) => wanted.get(key) !== content);
    const stored = [...wanted].filter(([key, content]) => this.objects.get(key) !== content);
    const removed = gone.map(([key]) => key).filter((key) => !wanted.has(key));
    if (removed.length > 0) await this.world.remove(...removed);
    await Promise.all(
      stored.map(async ([key, number]) => {
        const { bytes, isMultipart } = contentOf(number);
        const put = isMultipart ? this.world.putMultipart(key, bytes) : this.world.put(key, bytes);
        this.#versions.set(await put, number);
      }),
    );
    this.lost = [...this.lost, ...gone];
    this.objects = new Map(wanted);
  }

  /** Looks at what the storage really holds. */
  async look(): Promise<Map<string, number>> {
    const prefix = `${this.world.name}/`;
    const { objects } = await env.MEDIA_BUCKET.list({ prefix });
    return new Map(objects.map(({ key, etag }) => [key.slice(prefix.length), this.#content(etag)]));
  }

  async rows(): Promise<StagedRow[]> {
    const { results } = await env.DB.prepare(
      `SELECT id, object_key AS key, version, missing_since IS NOT NULL AS missing,
         path_key LIKE '%' || char(1) || id AS parked, state, object_metadata AS metadata,
         revision, thumbnail_version AS thumbnail
       FROM media_objects ORDER BY id`,
    ).all();
    return results.map((result) => {
      const { version, missing, parked, metadata, ...rest } = row.parse(result);
      const words = metadata.description ?? null;
      return Object.assign(rest, {
        content: this.#content(version),
        isMissing: missing,
        hasPlace: !parked,
        words,
      });
    });
  }

  /** What is in the trash, in the order in which it was put there. */
  async trashed(): Promise<TrashedStaged[]> {
    return (await trashRows()).map(({ id, key, version, revision, foundAt, metadata: json }) => {
      const words = metadata.parse(json).description ?? null;
      return { id, key, content: this.#content(version), words, revision, foundAt };
    });
  }

  /** False where there is no such record. */
  async trash(id: string): Promise<boolean> {
    return trash(this.world, id);
  }

  /** False where it is not in the trash. */
  async restore(id: string): Promise<boolean> {
    return restore(this.world, id);
  }

  /** The ids and versions of all thumbnails. */
  async thumbnails(): Promise<Set<string>> {
    const { objects } = await env.DERIVATIVES_BUCKET.list();
    return new Set(objects.map(({ key }) => key.slice(0, key.lastIndexOf("/"))));
  }

  /** Null where there is no such record. */
  async describe(id: string, words: string | null): Promise<MediaAnswer> {
    const json = { object_metadata: { description: words } };
    return this.#ask(`/v1/media/${id}`, { method: "PATCH", json }, [404]);
  }

  /** Null where there is an object that must not be overwritten. */
  async upload(
    key: string,
    content: number,
    { overwrite, words }: { readonly overwrite: boolean; readonly words: string | null },
  ): Promise<MediaAnswer> {
    const { bytes } = contentOf(content);
    this.#versions.set(await versionOf(content), content);
    const query = new URLSearchParams({ overwrite: String(overwrite), object_key: key });
    if (words !== null) query.delete("object_key");
    const request = words === null ? rawUpload(bytes) : formUpload(key, bytes, words);
    const answer = await this.#ask(`/v1/media?${query.toString()}`, { method: "POST", ...request }, [409]);
    if (answer !== null) {
      const gone = this.objects.get(key);
      if (gone !== undefined) this.lost = [...this.lost, [key, gone]];
      this.objects = new Map([...this.objects, [key, content]]);
    }
    return answer;
  }

  async remove(id: string): Promise<boolean> {
    const { status } = await this.world.api(`/v1/media/${id}?permanent=true`, { method: "DELETE" });
    if (status !== 204 && status !== 404) throw new Error(`DELETE answered ${status}`);
    this.objects = await this.look();
    return status === 204;
  }

  /** False where there is no such record, or none of its object. */
  async reprocess(id: string): Promise<boolean> {
    const answer = await this.#ask(`/v1/media/${id}/process`, { method: "POST" }, [404, 410]);
    return answer !== null;
  }

  /** Hands out a message that a record is to be processed, outside of any run. */
  async work(id: string): Promise<void> {
    const message: IngestMessage = { type: "process", ids: [id], traceId: "0".repeat(32) };
    await this.world.deliver(message);
  }

  #content(version: string): number {
    const number = this.#versions.get(version);
    if (number === undefined) throw new Error(`nobody ever stored ${version}`);
    return number;
  }

  async #ask(
    path: string,
    request: RequestInit & { json?: unknown },
    refusals: readonly number[],
  ): Promise<MediaAnswer> {
    const response = await this.world.api(path, request);
    if (refusals.includes(response.status)) return null;
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return mediaAnswer.parse(await response.json());
  }
}

function rawUpload(bytes: Uint8Array): RequestInit {
  return { body: bytes, headers: { "Content-Length": String(bytes.length) } };
}

function formUpload(key: string, bytes: Uint8Array, description: string): RequestInit {
  const body = new FormData();
  body.append("file", new Blob([bytes]), "photo.jpg");
  body.append("object_key", key);
  body.append("object_metadata", JSON.stringify({ description }));
  return { body };
}

/** R2's etag of a content. */
async function versionOf(number: number): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("MD5", contentOf(number).bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
