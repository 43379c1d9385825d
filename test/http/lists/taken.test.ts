import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { takenOf } from "../../../src/media/metadata/best-known.ts";
import { intrinsicFacts } from "../../../src/db/media/record.ts";
import { mediaOf } from "../../support/http/answers.ts";
import { api, apiCost } from "../../support/http/api.ts";
import { buildMany, insertMany, insertMedia, type MediaContent } from "../../support/records/media.ts";
import { idsByCursor, idsByOffset, type ListParameters } from "../../support/http/pages.ts";

async function shownWith(content: MediaContent) {
  const { id } = await insertMedia(content);
  return mediaOf(await api(`/v1/media/${id}`));
}

async function patch(id: string, metadata: unknown): Promise<Response> {
  return api(`/v1/media/${id}`, { method: "PATCH", as: "write", json: { object_metadata: metadata } });
}

const fileTime = "2024-07-14T16:03:11.000";
const fileFacts = {
  takenAt: fileTime,
  takenAtOffset: "+02:00",
  intrinsic: JSON.stringify({ location: { latitude: 48.85, longitude: 2.35, altitude: 35.1 } }),
};
const byFile = { at: fileTime, offset: "+02:00", precision: "second", source: "exif" };

describe("taken", () => {
  it.each([
    ["1962", "1962-01-01T00:00:00.000", "year"],
    ["1962-07", "1962-07-01T00:00:00.000", "month"],
    ["1962-07-14", "1962-07-14T00:00:00.000", "day"],
    ["1962-07-14T16:03", "1962-07-14T16:03:00.000", "second"],
    ["1962-07-14T16:03:11", "1962-07-14T16:03:11.000", "second"],
    ["1962-07-14T16:03:11.2", "1962-07-14T16:03:11.200", "second"],
  ])("is the first moment of what a person wrote: %s", async (written, at, precision) => {
    const media = await shownWith({ ...fileFacts, objectMetadata: { taken_at: written } });
    expect(media.taken).toEqual({ at, offset: null, precision, source: "person" });
    expect(media.intrinsic).toMatchObject({ taken_at: fileTime, taken_at_offset: "+02:00" });
  });

  it.each(["summer", 1962, "1962-02-30", null, { year: 1962 }])(
    "is the file's where an older taken_at is %j, which is shown and counts for nothing",
    async (older) => {
      const media = await shownWith({ ...fileFacts, objectMetadata: { taken_at: older } });
      expect(media.taken).toEqual(byFile);
      expect(media.object_metadata).toEqual({ taken_at: older });
    },
  );

  it("has the precision and the source that the file's readers told", async () => {
    const intrinsic = JSON.stringify({ taken: { precision: "month", source: "iptc" } });
    const media = await shownWith({ takenAt: "1962-07-01T00:00:00.000", intrinsic });
    expect(media.taken).toMatchObject({ offset: null, precision: "month", source: "iptc" });
    expect(media.intrinsic).not.toHaveProperty("taken");
  });

  it("is null where nobody knows", async () => {
    expect(await shownWith({})).toMatchObject({ taken: null, place: null });
  });

  it("changes by a PATCH as an ordinary revision, and back", async () => {
    const { id } = await insertMedia(fileFacts);
    const set = await patch(id, { taken_at: "1962" });
    expect(set.headers.get("ETag")).toBe('"1-2"');
    expect((await mediaOf(set)).taken).toMatchObject({ precision: "year", source: "person" });
    const unset = await patch(id, { taken_at: null });
    expect(unset.headers.get("ETag")).toBe('"2-3"');
    expect((await mediaOf(unset)).taken).toEqual(byFile);
  });
});

describe("place", () => {
  it("is what a person wrote, which tells no altitude", async () => {
    const location = { latitude: -33.86, longitude: 151.21 };
    const media = await shownWith({ ...fileFacts, objectMetadata: { location } });
    expect(media.place).toEqual({ ...location, altitude: null, source: "person" });
    expect(media.intrinsic.location).toEqual({ latitude: 48.85, longitude: 2.35, altitude: 35.1 });
  });

  it.each([
    "Paris",
    { latitude: 1 },
    { latitude: 1, longitude: 2, name: "x" },
    { latitude: 91, longitude: 0 },
  ])(
    "is the file's where an older location is %j, which is shown and counts for nothing",
    async (location) => {
      const media = await shownWith({ ...fileFacts, objectMetadata: { location } });
      expect(media.place).toEqual({ latitude: 48.85, longitude: 2.35, altitude: 35.1, source: "exif" });
      expect(media.object_metadata).toEqual({ location });
    },
  );

  it("has the source that the file's readers told", async () => {
    const location = { latitude: 1, longitude: 2, altitude: null, source: "xmp" };
    const media = await shownWith({ intrinsic: JSON.stringify({ location }) });
    expect(media.place).toEqual(location);
    expect(media.intrinsic.location).toEqual({ latitude: 1, longitude: 2, altitude: null });
  });
});

/** Stores records of these times, the file's and a person's, and lists their numbers. */
async function listed(
  times: readonly (readonly [file: string | null, person?: unknown])[],
  parameters: ListParameters,
): Promise<number[][]> {
  const rows = buildMany(times.length, (index) => {
    const [takenAt = null, person] = times[index] ?? [];
    return { takenAt, objectMetadata: person === undefined ? {} : { taken_at: person } };
  });
  await insertMany(rows);
  const ids = rows.map(({ id }) => id);
  const found = [
    await idsByCursor(parameters),
    await idsByCursor({ ...parameters, limit: "2" }),
    await idsByOffset(parameters, 2),
  ];
  return found.map((each) => each.map((id) => ids.indexOf(id)));
}

function thrice(indices: readonly number[]) {
  return [indices, indices, indices];
}

describe("a list goes by the best that is known of the time", () => {
  const times = [
    [null, "1990-07"],
    ["2001-01-01T00:00:00.000", "1962"],
    ["1990-07-01T00:00:00.000"],
    [null, "a while ago"],
    ["1990-07-01T00:00:00.000", "summer"],
    [null],
    ["1950-01-01T00:00:00.000", "2024-07-14T16:03"],
    [null, "1990-07-01T00:00"],
  ] as const;

  it.each([{ older: [1962] }, { older: 119_621 }])(
    "and an older value that is no text is none, though its JSON has a time in its middle: %j",
    async ({ older }) => {
      const known = ["1950-01-01T00:00:00.000", "1990-01-01T00:00:00.000"] as const;
      const found = await listed([[known[0]], [known[1], older]], { sort: "taken_at" });
      expect(found).toEqual(thrice([0, 1]));
      expect(await idsByCursor({ taken_before: "1980-01-01" })).toHaveLength(1);
    },
  );

  it.each<[ListParameters, number[]]>([
    [{ sort: "taken_at" }, [1, 0, 2, 4, 7, 6, 3, 5]],
    [{ sort: "taken_at", order: "desc" }, [6, 7, 4, 2, 0, 1, 5, 3]],
    [{ sort: "taken_at", missing: "any" }, [1, 0, 2, 4, 7, 6, 3, 5]],
    [{ sort: "taken_at", provider: "r2", order: "desc" }, [6, 7, 4, 2, 0, 1, 5, 3]],
    [{ taken_after: "1990-07-01" }, [0, 2, 4, 6, 7]],
    [{ taken_before: "1990-07-01" }, [1]],
    [{ taken_after: "1962-01-01", taken_before: "1962-01-01T00:00:00.001", sort: "taken_at" }, [1]],
    [{ taken_after: "1962-01-01T00:00:00.001", sort: "taken_at", order: "desc" }, [6, 7, 4, 2, 0]],
    [
      { taken_after: "1900-01-01", sort: "file_size", content_type: "image/*", provider: "r2" },
      [0, 1, 2, 4, 6, 7],
    ],
  ])("%j", async (parameters, expected) => {
    const found = await listed(times, parameters);
    const sorted =
      parameters["sort"] === "file_size" ? found.map((each) => each.toSorted((a, b) => a - b)) : found;
    expect(sorted).toEqual(thrice(expected));
  });

  it("as a person's change leaves it, and as the next one does", async () => {
    const [first, second] = buildMany(2, (index) => ({ takenAt: `200${index}-01-01T00:00:00.000` }));
    await insertMany([first, second].flatMap((row) => row ?? []));
    const order = async () => idsByCursor({ sort: "taken_at" });
    expect(await order()).toEqual([first?.id, second?.id]);
    await patch(second?.id ?? "", { taken_at: "1962" });
    expect(await order()).toEqual([second?.id, first?.id]);
    await patch(second?.id ?? "", { taken_at: null });
    expect(await order()).toEqual([first?.id, second?.id]);
  });

  it("at the price of the rows that count days and places", async () => {
    const { id } = await insertMedia({ takenAt: fileTime });
    for (const words of [
      { taken_at: "1962" },
      { taken_at: "1963-01", location: { latitude: 1, longitude: 2 } },
    ]) {
      const json = { object_metadata: words };
      const { response, rowsWritten } = await apiCost(`/v1/media/${id}`, { method: "PATCH", json });
      expect(response.status).toBe(200);
      expect(rowsWritten).toBeLessThanOrEqual(11);
    }
  });
});

const pieces = {
  year: ["1962", "1900", "2000", "2024", "1825", "1826", "0000", "2099", "2100", "9999", "196"],
  month: ["-00", "-01", "-02", "-04", "-12", "-13", "-1", "/01"],
  day: ["-00", "-01", "-28", "-29", "-30", "-31", "-32", "-1"],
  time: [
    "T00:00",
    "T23:59:59",
    "T24:00",
    "T12:60",
    "T12:00:60",
    "T12:00:00.1",
    "T12:00:00.12",
    "T12:00:00.123",
    "T12:00:00.1234",
    "T12",
    " 12:00",
    "T12:00Z",
    "T1:00",
    "T12:00:",
  ],
} as const;

/** Texts that are times, nearly times, or anything. */
const written = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...pieces.year),
      fc.constantFrom(...pieces.month),
      fc.constantFrom(...pieces.day),
      fc.constantFrom(...pieces.time),
      fc.integer({ min: 1, max: 4 }),
    )
    .map(([year, month, day, time, length]) => [year, month, day, time].slice(0, length).join("")),
  fc.string({ unit: "binary", maxLength: 25 }),
  fc.jsonValue({ maxDepth: 2 }),
  // Whose JSON without its first and last character is a time, though they are no quotes.
  fc.integer({ min: 1820, max: 2105 }).chain((year) => fc.constantFrom([year], year * 10 + 100_001)),
);

describe("what SQL takes for a time", () => {
  it("is what is shown as one, of anything that may be written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(written, { minLength: 1, maxLength: 200 }), async (values) => {
        const json = JSON.stringify(values.map((taken_at) => JSON.stringify({ taken_at })));
        await env.DB.prepare("DELETE FROM media_objects").run();
        await env.DB.prepare(
          `INSERT INTO media_objects (pk, id, provider, object_key, path_key, version, file_size, content_type, state,
             object_metadata, updated_at)
           SELECT key + 1, key, 'r2', key, key, '', 1, '', 'ready', value, 1 FROM json_each(?)`,
        )
          .bind(json)
          .run();
        const { results } = await env.DB.prepare(
          "SELECT best_taken_at AS at FROM media_objects ORDER BY pk",
        ).all();
        const shown = values.map((value) => {
          const objectMetadata = { taken_at: value };
          const record = {
            objectMetadata,
            takenAt: null,
            takenAtOffset: null,
            intrinsic: intrinsicFacts.parse({}),
          };
          return takenOf(record)?.at ?? null;
        });
        expect(results.map(({ at }) => at)).toEqual(shown);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("is what a PATCH takes, and sorts by its first moment; all else is refused", async () => {
    const { id } = await insertMedia({ takenAt: "1999-12-31T23:59:59.999" });
    const other = await insertMedia({ takenAt: "2000-01-01T00:00:00.000" });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(written, fc.string()).filter((each) => each !== null),
        async (value) => {
          const response = await patch(id, { taken_at: value });
          expect([200, 422]).toContain(response.status);
          if (response.status === 422) return;
          const { taken } = await mediaOf(response);
          expect(taken?.source).toBe("person");
          const isBefore = (taken?.at ?? "") <= "2000-01-01T00:00:00.000";
          const expected = isBefore ? [id, other.id] : [other.id, id];
          expect(await idsByCursor({ sort: "taken_at" })).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);
});
