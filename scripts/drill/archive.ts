import { z } from "zod";
import { Connection, refused } from "../import/connection.ts";
import type { Clock } from "../import/retry.ts";
import type { OwnService } from "../start/own-service.ts";

const revisionSchema = z.object({
  revision: z.number(),
  changed_at: z.string(),
  changed_by: z.string().nullable(),
  operation_id: z.string().nullable(),
  object_metadata: z.record(z.string(), z.unknown()),
});

const mediaSchema = z.object({
  id: z.string(),
  provider: z.string(),
  object_key: z.string(),
  revision: z.number(),
  object_metadata: z.record(z.string(), z.unknown()),
});

/** A media object with its words. */
export type DrillMedia = z.infer<typeof mediaSchema>;

/** The history of a media object's words, newest first. */
export type History = readonly z.infer<typeof revisionSchema>[];

const mediaPage = z.object({ items: z.array(mediaSchema), next_cursor: z.string().nullable() });
const historyPage = z.object({ items: z.array(revisionSchema), next_cursor: z.string().nullable() });
const operation = z.object({ operation_id: z.string().nullable() });

/** The part of the service's HTTP interface by which a drill describes photos and looks at them. */
export class Archive {
  readonly #connection: Connection;

  constructor({ url, key }: Pick<OwnService, "url" | "key">, signal: AbortSignal, clock?: Clock) {
    this.#connection = new Connection({ url, key, connections: 4, signal, clock });
  }

  /** Every media object, in the order of keys. */
  async all(): Promise<DrillMedia[]> {
    return this.#pages(mediaPage, "v1/media", { sort: "object_key", limit: "500" });
  }

  /** The whole history of a media object. */
  async history(id: string): Promise<History> {
    return this.#pages(historyPage, `v1/media/${id}/history`, {});
  }

  /** Changes words. */
  async describe(id: string, words: Readonly<Record<string, unknown>>): Promise<void> {
    const json = { object_metadata: words };
    await this.#connection.ask(z.unknown(), { method: "PATCH", path: `v1/media/${id}`, json });
  }

  /** Sends something to a path, and gives the operation that it became. */
  async operate(path: string, json: Readonly<Record<string, unknown>>): Promise<string | null> {
    return (await this.#connection.ask(operation, { method: "POST", path, json })).operation_id;
  }

  /** Sends something to a path. */
  async post(path: string, json: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#connection.ask(z.unknown(), { method: "POST", path, json });
  }

  /** Puts a media object into the trash. */
  async trash(id: string): Promise<void> {
    const answer = await this.#connection.answer({ method: "DELETE", path: `v1/media/${id}` });
    if (answer.status !== 204) throw refused("DELETE /v1/media/{id}", answer);
  }

  async #pages<T>(
    schema: z.ZodType<{ items: T[]; next_cursor: string | null }>,
    path: string,
    query: Readonly<Record<string, string>>,
  ): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const more = cursor === "" ? {} : { cursor };
      const page: { items: T[]; next_cursor: string | null } = await this.#connection.ask(schema, {
        method: "GET",
        path,
        query: { ...query, ...more },
      });
      items.push(...page.items);
      cursor = page.next_cursor;
    }
    return items;
  }
}
