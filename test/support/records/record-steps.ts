import { env } from "cloudflare:workers";
import fc from "fast-check";
import { v7 } from "uuid";

import { metadataColumns } from "../../../src/db/media/metadata-columns.ts";
import { takenPrecisions } from "../../../src/db/media/record.ts";
import { mediaStates } from "../../../src/db/schema.ts";
import { insertMedia } from "./media.ts";

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

const many = Array.from({ length: 40 }, (_, index) => `k${index % 20}`);

/** Keywords: few that repeat, or so many of the same that their counts rise and fall. */
const keywords = fc.oneof(
  fc.uniqueArray(word, { maxLength: 4 }),
  fc.uniqueArray(fc.constantFrom("Beach", "k1", "K1", ...many), { maxLength: 6 }),
);

const degrees = fc.constantFrom(-180, -90.5, -90, -0, 0, 1, 48.85, 90, 91, 180, 1e300);

/** Places that a person may have written, and what may stand there from before there was a rule. */
const location = fc.oneof(
  fc.record({ latitude: degrees, longitude: degrees }),
  fc.record({ latitude: degrees, longitude: degrees, name: fc.constantFrom("Paris", null) }),
  fc.constantFrom("Paris", null, [], {}, 5, [1, 2], { latitude: 1 }, { latitude: "1", longitude: 2 }),
  fc.constantFrom({ latitude: null, longitude: 2 }, { latitude: 1, longitude: [2] }, { latitude: true }),
);

/** Times of one day that are known more or less exactly. */
const newYear = fc.constantFrom(
  "1962",
  "1962-01",
  "1962-01-01",
  "1962-01-01T00:00:00.000",
  "1962-01-01T12:00",
);

/** Times, and what may stand in their place. */
const anyTime = fc.constantFrom(
  "2024",
  "2024-07",
  "2024-07-14",
  "2024-07-14T16:03",
  "2024-07-14T16:03:11.25",
  "2024-02-30",
  "1825",
  "2100",
  "summer",
  "",
  null,
  1962,
  [1962],
  { year: 1962 },
);

const takenAt = fc.oneof(newYear, anyTime);

const description = fc.oneof(word, fc.constantFrom("", " "));

const words = fc.record(
  {
    description,
    keywords,
    taken_at: takenAt,
    location,
    note: word,
    place: fc.record({ city: word }),
  },
  { requiredKeys: [] },
);

const place = fc.record({ latitude: fc.constantFrom(0, 1, 48.85), longitude: fc.constantFrom(0, 2.35) });

/** What the file tells, as JSON and as columns. */
const facts = fc
  .record({
    camera: fc.constantFrom(null, { make: "Apple", model: "é" }, { lens: "50mm" }),
    location: fc.option(place),
    precision: fc.constantFrom(null, ...takenPrecisions),
    at: fc.constantFrom(
      null,
      "1962-01-01T00:00:00.000",
      "2024-01-01T00:00:00.000",
      "2024-07-14T16:03:11.000",
    ),
  })
  .map(({ camera, location: found, precision, at }) => ({
    intrinsic: JSON.stringify({
      camera,
      location: found,
      ...(precision === null ? {} : { taken: { precision, source: "xmp" } }),
    }),
    taken_at: at,
  }));

const columns = fc.record(
  {
    provider: fc.constantFrom("r2", "other"),
    state: fc.constantFrom(...mediaStates),
    missing_since: fc.constantFrom(null, null, 5),
    file_size: fc.integer({ min: 1, max: 5 }),
    camera: fc.constantFrom(null, "Nikon D90", "NIKON D90", "Canon É", "Canon é"),
  },
  { requiredKeys: [] },
);

const key = fc
  .tuple(
    fc.array(fc.constantFrom("a", "B", "", "日", "a\u0000"), { maxLength: 3 }),
    fc.constantFrom("x.jpg", "y", ""),
  )
  .map(([folders, name]) => [...folders, name].join("/"));

const at = fc.nat(30);

/** What may become of the records of a database, past the service. */
export const recordStep = fc.oneof(
  fc.record({ kind: fc.constant("insert" as const), words, facts, columns, key, day: fc.nat(400) }),
  fc.record({ kind: fc.constant("describe" as const), at, words }),
  fc.record({ kind: fc.constant("change" as const), at, columns }),
  fc.record({ kind: fc.constant("read" as const), at, facts }),
  fc.record({ kind: fc.constant("rename" as const), at, key: fc.oneof(key, word) }),
  fc.record({ kind: fc.constant("delete" as const), at }),
);

/** One of {@link recordStep}. */
export type RecordStep = typeof recordStep extends fc.Arbitrary<infer T> ? T : never;

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

function wordColumns(written: Readonly<Record<string, unknown>>) {
  const { objectMetadata, foldedKeywords, keywordSpellings, wordsText, fieldsText } =
    metadataColumns(written);
  return {
    object_metadata: objectMetadata,
    folded_keywords: foldedKeywords,
    keyword_spellings: keywordSpellings,
    words_text: wordsText,
    fields_text: fieldsText,
  };
}

const firstDay = Date.UTC(2023, 11, 1);
const dayMs = 24 * 60 * 60 * 1000;

/** Carries out one step; `ids` are the records that there are. */
export async function takeStep(step: RecordStep, ids: string[]): Promise<void> {
  if (step.kind === "insert") {
    const id = v7({ msecs: firstDay + step.day * dayMs });
    const { intrinsic, taken_at: fileTime } = step.facts;
    const {
      provider = "r2",
      state = "ready",
      missing_since: missingSince = null,
      camera = null,
    } = step.columns;
    const row = { id, provider, state, missingSince, camera, intrinsic, takenAt: fileTime };
    await insertMedia({ ...row, objectKey: step.key, pathKey: id, objectMetadata: step.words });
    ids.push(id);
    return;
  }
  const id = ids[step.at % Math.max(ids.length, 1)];
  if (id === undefined) return;
  if (step.kind === "describe") await update(id, wordColumns(step.words));
  else if (step.kind === "change") await update(id, step.columns);
  else if (step.kind === "read") await update(id, step.facts);
  else if (step.kind === "rename") await update(id, { object_key: step.key });
  else {
    await run("DELETE FROM media_objects WHERE id = ?", id);
    ids.splice(ids.indexOf(id), 1);
  }
}

/** Takes away all records, and what has been counted of them. */
export async function emptyRecords(): Promise<void> {
  await env.DB.batch(
    ["media_objects", "media_totals", "media_folders"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
  );
}
