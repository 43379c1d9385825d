import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { refusalOf } from "../../support/http/answers.ts";
import { api, apiCost, apiWith, failingDatabaseEnv } from "../../support/http/api.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";
import { seedMany } from "../../support/records/seed.ts";

const overview = z.strictObject({
  total: z.int(),
  missing: z.int(),
  trashed: z.int(),
  by_state: z.record(z.string(), z.int()),
  without: z.record(z.string(), z.int()),
  suggestions: z.int(),
  providers: z.array(
    z.strictObject({
      name: z.string(),
      type: z.string().nullable(),
      writable: z.boolean().nullable(),
      total: z.int(),
      missing: z.int(),
    }),
  ),
  last_run: z.looseObject({ id: z.string(), state: z.string() }).nullable(),
  checks: z.strictObject({ coordinator: z.string() }),
});

async function overviewOf(response: Response): Promise<z.infer<typeof overview>> {
  expect(response.status).toBe(200);
  return overview.parse(await response.json());
}

/** A service whose coordinator answers to `status` in this way. */
function withStatus(status: () => Promise<unknown>): Partial<Env> {
  const getByName = () => ({ status });
  return { INGEST_COORDINATOR: replaced(env.INGEST_COORDINATOR, { getByName }) };
}

const r2 = { name: "r2", type: "r2", writable: true };

describe("GET /v1/overview", () => {
  it("is all zeros where there is nothing", async () => {
    expect(await overviewOf(await api("/v1/overview", { as: "read" }))).toEqual({
      total: 0,
      missing: 0,
      trashed: 0,
      by_state: { pending: 0, ready: 0, failed: 0, unsupported: 0 },
      without: { description: 0, keywords: 0, words: 0, location: 0, taken_at: 0 },
      suggestions: 0,
      providers: [{ ...r2, total: 0, missing: 0 }],
      last_run: null,
      checks: { coordinator: "ok" },
    });
  });

  it("counts by state what is there, and what is missing apart", async () => {
    const states = ["pending", "ready", "ready", "ready", "failed", "failed", "unsupported"] as const;
    await insertMany(
      buildMany(states.length, (index) => ({
        state: states[index] ?? "ready",
        missingSince: index === 1 || index === 4 ? 5 : null,
      })),
    );
    expect(await overviewOf(await api("/v1/overview"))).toMatchObject({
      total: 5,
      missing: 2,
      by_state: { pending: 1, ready: 2, failed: 1, unsupported: 1 },
      without: { words: 5 },
    });
  });

  it("counts what lacks words, a place and a time, without what is missing", async () => {
    const file = JSON.stringify({ location: { latitude: 1, longitude: 2 } });
    const contents = [
      { objectMetadata: { description: "Noon", keywords: ["beach"] } },
      { objectMetadata: { description: "Noon" } },
      { objectMetadata: { keywords: ["beach"], location: { latitude: 1, longitude: 2 } } },
      { objectMetadata: { description: "", keywords: [], taken_at: "1962" } },
      { intrinsic: file, takenAt: "2024-07-14T16:03:11.000" },
      { missingSince: 5 },
    ];
    await insertMany(buildMany(contents.length, (index) => contents[index] ?? {}));
    const { without } = await overviewOf(await api("/v1/overview"));
    expect(without).toEqual({ description: 3, keywords: 3, words: 2, location: 3, taken_at: 3 });
  });

  it("follows a change of words at once", async () => {
    const { id } = await insertMedia();
    const lacking = async () => (await overviewOf(await api("/v1/overview"))).without;
    const none = { description: 1, keywords: 1, words: 1, location: 1, taken_at: 1 };
    expect(await lacking()).toEqual(none);
    const words = { description: "Noon", taken_at: "1962", location: { latitude: 1, longitude: 2 } };
    const change = async (object_metadata: unknown) =>
      api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata } });
    await change(words);
    expect(await lacking()).toEqual({ description: 0, keywords: 1, words: 0, location: 0, taken_at: 0 });
    await change({ description: null, taken_at: null, location: null });
    expect(await lacking()).toEqual(none);
  });

  it("names the providers that are configured, then the largest of the others that have records", async () => {
    const of = ["gone", "old", "old", "archive"];
    await insertMany(
      buildMany(of.length, (index) => ({
        provider: of[index] ?? "",
        missingSince: index === 2 ? 5 : null,
      })),
    );
    const { id } = await insertMedia({ provider: "emptied" });
    await env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(id).run();
    const configured = ["r2", "archive"].map((name) => ({ name, type: "r2", binding: "MEDIA_BUCKET" }));
    const bindings = { STORAGE_PROVIDERS: JSON.stringify(configured) };
    const unknown = { type: null, writable: null };
    expect((await overviewOf(await apiWith(bindings, "/v1/overview"))).providers).toEqual([
      { ...r2, total: 0, missing: 0 },
      { ...r2, name: "archive", total: 1, missing: 0 },
      { ...unknown, name: "old", total: 1, missing: 1 },
      { ...unknown, name: "gone", total: 1, missing: 0 },
    ]);
  });

  it("names a hundred providers at the most, and counts all", async () => {
    await insertMany(buildMany(120, (index) => ({ provider: `p${index}` })));
    const { providers, total } = await overviewOf(await api("/v1/overview"));
    expect({ named: providers.length, first: providers[0]?.name, total }).toEqual({
      named: 100,
      first: "r2",
      total: 120,
    });
  });

  it("has the last run as the status of ingest has it", async () => {
    const coordinator = env.INGEST_COORDINATOR.getByName("ingest");
    const start = { kind: "ingest", trigger: "api", traceId: "t", providers: ["r2"], tasks: [] } as const;
    const id = crypto.randomUUID();
    await coordinator.start({ id, ...start });
    const { last_run: last } = await overviewOf(await api("/v1/overview"));
    expect(last).toMatchObject({ id, state: "completed" });
    const status = z.object({ last_run: z.unknown() }).parse(await (await api("/v1/ingest/status")).json());
    expect(last).toEqual(status.last_run);
  });

  it.each([
    [
      "fails",
      async () => {
        throw new Error("the object was reset");
      },
    ],
    ["never answers", async () => new Promise<never>(() => {})],
  ])("has all numbers and no run where the coordinator %s", async (_how, status) => {
    await insertMedia();
    expect(await overviewOf(await apiWith(withStatus(status), "/v1/overview"))).toMatchObject({
      total: 1,
      last_run: null,
      checks: { coordinator: "failed" },
    });
  });

  it("is not to be kept, needs a key and the database, and takes no parameters", async () => {
    expect((await api("/v1/overview")).headers.get("Cache-Control")).toBe("no-store");
    expect(await refusalOf(await api("/v1/overview", { as: null }))).toBe("401 invalid_api_key");
    expect(await refusalOf(await apiWith(failingDatabaseEnv(), "/v1/overview"))).toBe(
      "503 database_unavailable",
    );
    expect(await refusalOf(await api("/v1/overview?missing=any"))).toBe("422 validation_error missing");
  });

  it.each([10, 20_000])(
    "reads a row for each provider among %d records",
    async (count) => {
      await seedMany(count);
      await insertMedia({ provider: "other" });
      const { response, ...cost } = await apiCost("/v1/overview");
      expect((await overviewOf(response)).total).toBe(count + 1);
      expect(cost).toEqual({ rowsRead: 2, rowsWritten: 0, statements: 1 });
    },
    60_000,
  );
});
