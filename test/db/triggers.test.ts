import "../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { metadataColumns } from "../../src/db/media/metadata-columns.ts";
import { mediaStates } from "../../src/db/schema.ts";
import { insertMedia } from "../support/records/media.ts";

/** Words of few kinds, so that they repeat, among them what text and JSON treat specially. */
const word = fc.constantFrom(
  "Beach",
  "beach",
  "ÉTÉ",
  "été",
  "a\nb",
  "😀",
  "'",
  '"',
  "\\",
  "a\u0000b",
  "日本語",
);

const words = fc.record(
  {
    description: word,
    keywords: fc.uniqueArray(word, { maxLength: 4 }),
    note: word,
    place: fc.record({ city: word }),
  },
  { requiredKeys: [] },
);

const columns = fc.record(
  {
    provider: fc.constantFrom("r2", "other"),
    state: fc.constantFrom(...mediaStates),
    missing_since: fc.constantFrom(null, 5),
    intrinsic: fc.constantFrom(
      "{}",
      '{"camera":{"make":"Apple","model":"é"}}',
      '{"camera":{"lens":"50mm"},"x":1}',
    ),
    file_size: fc.integer({ min: 1, max: 5 }),
  },
  { requiredKeys: [] },
);

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("insert" as const), words }),
    fc.record({ kind: fc.constant("describe" as const), at: fc.nat(9), words }),
    fc.record({ kind: fc.constant("change" as const), at: fc.nat(9), columns }),
    fc.record({ kind: fc.constant("rename" as const), at: fc.nat(9), word }),
    fc.record({ kind: fc.constant("delete" as const), at: fc.nat(9) }),
  ),
  { maxLength: 25 },
);

type Step = typeof steps extends fc.Arbitrary<(infer T)[]> ? T : never;

async function run(query: string, ...values: unknown[]): Promise<void> {
  await env.DB.prepare(query)
    .bind(...values)
    .run();
}

async function update(id: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(changes);
  if (names.length === 0) return;
  const sets = names.map((name) => `${name} = ?`).join(", ");
  await run(`UPDATE media_objects SET ${sets} WHERE id = ?`, ...Object.values(changes), id);
}

/** Carries out one step; `ids` are the records that there are. */
async function take(step: Step, ids: string[]): Promise<void> {
  if (step.kind === "insert") {
    ids.push((await insertMedia({ objectMetadata: step.words })).id);
    return;
  }
  const id = ids[step.at % Math.max(ids.length, 1)];
  if (id === undefined) return;
  if (step.kind === "describe") {
    const columns = metadataColumns(step.words);
    await update(id, {
      object_metadata: columns.objectMetadata,
      folded_keywords: columns.foldedKeywords,
      keyword_spellings: columns.keywordSpellings,
      words_text: columns.wordsText,
      fields_text: columns.fieldsText,
    });
  } else if (step.kind === "change") await update(id, step.columns);
  else if (step.kind === "rename") await update(id, { object_key: step.word });
  else {
    await run("DELETE FROM media_objects WHERE id = ?", id);
    ids.splice(ids.indexOf(id), 1);
  }
}

async function all(query: string): Promise<unknown[]> {
  return (await env.DB.prepare(query).all()).results;
}

describe("the triggers of media_objects", () => {
  it("keep full text, keywords and counters true to the records, whatever happens to them", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        await run("DELETE FROM media_objects");
        await run("DELETE FROM media_totals");
        const ids: string[] = [];
        for (const step of taken) await take(step, ids);
        await run("INSERT INTO media_search (media_search, rank) VALUES ('integrity-check', 1)");
        expect(await all("SELECT folded, media_id, media_pk FROM media_keywords ORDER BY 1, 2")).toEqual(
          await all(
            "SELECT value AS folded, media.id AS media_id, pk AS media_pk FROM media_objects media, json_each(folded_keywords) ORDER BY 1, 2",
          ),
        );
        expect(
          await all("SELECT * FROM media_counts WHERE present + missing > 0 ORDER BY provider, state"),
        ).toEqual(
          await all(
            `SELECT provider, state, sum(missing_since IS NULL) AS present, sum(missing_since IS NOT NULL) AS missing
             FROM media_objects GROUP BY provider, state ORDER BY provider, state`,
          ),
        );
      }),
      { numRuns: 60, seed: 20_261_122 },
    );
  }, 60_000);

  it("let full text be rebuilt from the records", async () => {
    await insertMedia({ objectMetadata: { description: "Noon at the beach", keywords: ["Été"] } });
    await run("INSERT INTO media_search (media_search) VALUES ('rebuild')");
    await run("INSERT INTO media_search (media_search, rank) VALUES ('integrity-check', 1)");
    expect(await all(`SELECT rowid FROM media_search WHERE media_search MATCH '"+ete"'`)).toHaveLength(1);
  });

  it("put a record into full text whose texts are read later", async () => {
    const { id } = await insertMedia({ textVersion: 0, objectMetadata: { keywords: ["Hiver"] } });
    const found = `SELECT rowid FROM media_search WHERE media_search MATCH '"+hiver"'`;
    expect(await all(found)).toEqual([]);
    await update(id, { words_text: "+hiver +neige", text_version: 1 });
    expect(await all(found)).toHaveLength(1);
    await update(id, { words_text: "+neige" });
    expect(await all(found)).toEqual([]);
    await run("INSERT INTO media_search (media_search, rank) VALUES ('integrity-check', 1)");
  });
});
