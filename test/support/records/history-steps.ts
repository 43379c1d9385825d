import { env } from "cloudflare:workers";
import fc from "fast-check";
import { z } from "zod";

import type { ObjectMetadata } from "../../../src/db/media/record.ts";
import { applyBackPatch, parseBackPatch } from "../../../src/media/history/back-patch.ts";
import { api } from "../http/api.ts";
import { buildMany, insertMany, type MediaContent } from "./media.ts";

/** How many records a sequence is about: the last two of them are missing at its beginning. */
const records = { all: 6, missing: 2 } as const;

/** What a person may do; numbers are places among the records, or among the operations so far, counted round. */
export type HistoryStep =
  | { readonly kind: "patch"; readonly record: number; readonly patch: ObjectMetadata }
  | { readonly kind: "bulk"; readonly among: readonly number[]; readonly change: ObjectMetadata }
  | { readonly kind: "unite"; readonly among: readonly number[] }
  | { readonly kind: "import"; readonly among: readonly number[]; readonly words: ObjectMetadata }
  | { readonly kind: "relink"; readonly record: number; readonly to: number }
  | { readonly kind: "back"; readonly operation: number }
  | { readonly kind: "revert"; readonly record: number; readonly revisions: number };

const keyword = fc.constantFrom("a", "A", "b", "c", "d");
const keywords = fc.array(keyword, { maxLength: 3 });
const value = fc.constantFrom("x", "y", "z");

const words: fc.Arbitrary<ObjectMetadata> = fc.record(
  { description: value, credit: value, note: fc.record({ p: value, q: value }), keywords },
  { requiredKeys: [] },
);

const patch: fc.Arbitrary<ObjectMetadata> = fc.record(
  {
    description: fc.option(value),
    credit: fc.option(value),
    note: fc.option(fc.record({ q: fc.option(value), p: fc.option(value) }, { requiredKeys: [] })),
    keywords: fc.option(keywords),
  },
  { requiredKeys: [] },
);

const place = fc.nat(records.all - 1);
const some = fc.uniqueArray(place, { minLength: 2, maxLength: 4 });

const step: fc.Arbitrary<HistoryStep> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("patch" as const), record: place, patch }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("bulk" as const),
      among: some,
      change: fc.record(
        { add_keywords: keywords, remove_keywords: keywords, object_metadata: patch },
        { requiredKeys: [] },
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("unite" as const), among: some }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("import" as const), among: some, words }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("relink" as const), record: place, to: place }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("back" as const), operation: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("revert" as const), record: place, revisions: fc.nat(6) }),
  },
);

/** The words that the records begin with, and what people do to them. */
export const historySequence = fc.record({
  words: fc.array(words, { minLength: records.all, maxLength: records.all }),
  steps: fc.array(step, { minLength: 1, maxLength: 14 }),
});

/** A record as it is, and all words that it ever had, the oldest first; as text, so that they are compared to the byte. */
export interface SeenRecord {
  readonly objectKey: string;
  readonly isMissing: boolean;
  readonly words: string;
  readonly history: readonly string[];
}

/** What of records people see, in order; the history is not: it grows by whatever is done, and undone. */
export function visible(seen: ReadonlyMap<string, SeenRecord> = new Map()): unknown {
  return [...seen].map(([id, { objectKey, isMissing, words: shown }]) => [id, objectKey, isMissing, shown]);
}

/** The history that each record had when it was last seen, also while it is hidden. */
export class Remembered {
  readonly #histories = new Map<string, readonly string[]>();

  /** Throws unless all words that a record ever had are still its earlier revisions. */
  check(seen: ReadonlyMap<string, SeenRecord>): void {
    for (const [id, { history }] of seen) {
      const before = this.#histories.get(id) ?? [];
      const isKept = before.every((text, revision) => history[revision] === text);
      if (!isKept)
        throw new Error(`${id} has lost a revision: ${before.join(" ")} became ${history.join(" ")}`);
      this.#histories.set(id, history);
    }
  }
}

/** What was done, so that it can be undone: an operation, or a change of one record. */
type Done = { readonly operation: string } | { readonly id: string; readonly revision: number };

/** Some records, and people who change them by the HTTP API. */
export class HistoryWorld {
  readonly ids: readonly string[];
  /** What was done and is not undone, in order. */
  readonly done: Done[] = [];
  readonly #operations: string[] = [];

  private constructor(ids: readonly string[]) {
    this.ids = ids;
  }

  /** Makes the records of a sequence. */
  static async create(each: readonly ObjectMetadata[]): Promise<HistoryWorld> {
    const first = records.all - records.missing;
    const rows = buildMany(records.all, (index): MediaContent => ({
      objectMetadata: each[index] ?? {},
      missingSince: index < first ? null : Date.UTC(2024, 5, 1),
    }));
    await insertMany(rows);
    return new HistoryWorld(rows.map(({ id }) => id));
  }

  /** Does a step, as far as it can be done; a refusal changes nothing. Answers whether anything was changed. */
  async apply(each: HistoryStep): Promise<boolean> {
    const made = await this.#request(each);
    if (made === null) return false;
    this.done.push(made);
    if ("operation" in made) this.#operations.push(made.operation);
    return true;
  }

  /** Undoes what was done last, and answers the ids that were skipped. */
  async undo(): Promise<string[]> {
    const last = this.done.pop();
    if (last === undefined) return [];
    if ("operation" in last) return (await takenBack(last.operation))?.skipped ?? ["the operation"];
    const json = { revision: last.revision };
    return (await post(`/v1/media/${last.id}/revert`, json)) === null ? [last.id] : [];
  }

  /** The records that are there, by their ids. */
  async look(): Promise<Map<string, SeenRecord>> {
    const ids = JSON.stringify(this.ids);
    const [media, revisions] = await env.DB.batch([
      env.DB.prepare(
        "SELECT id, object_key, missing_since, object_metadata, revision FROM media_objects WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
      ).bind(ids),
      env.DB.prepare(
        "SELECT media_id, revision, patch FROM media_revisions WHERE media_id IN (SELECT value FROM json_each(?)) ORDER BY revision DESC",
      ).bind(ids),
    ]);
    const changes = (revisions?.results ?? []).map((row) => revisionRow.parse(row));
    return new Map(
      (media?.results ?? []).map((row) => {
        const record = mediaRow.parse(row);
        const own = changes.filter(({ media_id: of }) => of === record.id);
        return [record.id, seenOf(record, own)];
      }),
    );
  }

  async #request(each: HistoryStep): Promise<Done | null> {
    switch (each.kind) {
      case "patch":
        return this.#changed(each.record, async (id) =>
          api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: each.patch } }),
        );
      case "revert":
        return this.#changed(each.record, async (id, revision) =>
          api(`/v1/media/${id}/revert`, {
            method: "POST",
            json: { revision: Math.max(0, revision - each.revisions) },
          }),
        );
      case "bulk":
        return operationIn(await post("/v1/media/bulk", { ids: this.#some(each.among), ...each.change }));
      case "unite":
        return operationIn(await post("/v1/duplicates/unite", { ids: this.#some(each.among) }));
      case "import": {
        const lines = this.#some(each.among).map((id) => JSON.stringify({ id, object_metadata: each.words }));
        const headers = { "Content-Type": "application/x-ndjson" };
        return operationIn(
          await answerOf("/v1/import", { method: "POST", headers, body: `${lines.join("\n")}\n` }),
        );
      }
      case "relink":
        return operationIn(
          await post(`/v1/media/${this.#id(each.record)}/relink`, { to: this.#id(each.to) }),
        );
      case "back": {
        const id = this.#operations[each.operation % Math.max(1, this.#operations.length)];
        const answer = id === undefined ? null : await takenBack(id);
        return answer === null || answer.reverted === 0 ? null : { operation: answer.operation_id };
      }
    }
  }

  /** A change of one record; null where it has changed nothing. */
  async #changed(
    record: number,
    change: (id: string, revision: number) => Promise<Response>,
  ): Promise<Done | null> {
    const id = this.#id(record);
    const before = await revisionOf(id);
    if (before === null) return null;
    await change(id, before);
    return (await revisionOf(id)) === before ? null : { id, revision: before };
  }

  #id(record: number): string {
    return this.ids[record] ?? "";
  }

  #some(among: readonly number[]): string[] {
    return among.map((each) => this.#id(each));
  }
}

const mediaRow = z.object({
  id: z.string(),
  object_key: z.string(),
  missing_since: z.number().nullable(),
  object_metadata: z.string(),
  revision: z.number(),
});

const revisionRow = z.object({ media_id: z.string(), revision: z.number(), patch: z.string() });

/** Throws where a revision is not kept. */
function seenOf(
  record: z.infer<typeof mediaRow>,
  changes: readonly z.infer<typeof revisionRow>[],
): SeenRecord {
  const history = [record.object_metadata];
  let words: ObjectMetadata = z.record(z.string(), z.unknown()).parse(JSON.parse(record.object_metadata));
  for (let revision = record.revision; revision > 0; revision -= 1) {
    const change = changes[record.revision - revision];
    if (change?.revision !== revision) throw new Error(`revision ${revision} of ${record.id} is not kept`);
    words = applyBackPatch(words, parseBackPatch(change.patch));
    history.unshift(JSON.stringify(words));
  }
  if (changes.length > record.revision) throw new Error(`${record.id} has revisions that it never had`);
  return {
    objectKey: record.object_key,
    isMissing: record.missing_since !== null,
    words: record.object_metadata,
    history,
  };
}

const operationAnswer = z.object({ operation_id: z.string().nullable() });

function operationIn(answer: unknown): Done | null {
  const id = answer === null ? null : operationAnswer.parse(answer).operation_id;
  return id === null ? null : { operation: id };
}

const takenBackAnswer = z.object({
  operation_id: z.string(),
  reverted: z.number(),
  skipped: z.array(z.string()),
  next_cursor: z.null(),
});

async function takenBack(id: string): Promise<z.infer<typeof takenBackAnswer> | null> {
  const answer = await post(`/v1/operations/${id}/revert`, {});
  return answer === null ? null : takenBackAnswer.parse(answer);
}

const revisionAnswer = z.object({ revision: z.number() });

async function revisionOf(id: string): Promise<number | null> {
  const response = await api(`/v1/media/${id}`);
  return response.ok ? revisionAnswer.parse(await response.json()).revision : null;
}

/** What a request answers; null for one that is refused. A failure is not a refusal. */
async function answerOf(path: string, init: Parameters<typeof api>[1]): Promise<unknown> {
  const response = await api(path, init);
  if (response.status >= 500) throw new Error(`${path} failed with ${response.status}`);
  return response.ok ? response.json() : null;
}

async function post(path: string, json: unknown): Promise<unknown> {
  return answerOf(path, { method: "POST", json });
}
