import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

import { apiCost } from "../../support/http/api.ts";
import { insertMedia, insertStored } from "../../support/records/media.ts";
import { seedMany } from "../../support/records/seed.ts";

/** Bytes of their own for each number: of equal ones it is noted that they are. */
function bytesOf(number: number): Uint8Array {
  return new TextEncoder().encode(`bytes ${number}`);
}

async function patchCost(id: string, metadata: object): Promise<{ rowsRead: number; rowsWritten: number }> {
  const json = { object_metadata: metadata };
  const { response, rowsRead, rowsWritten } = await apiCost(`/v1/media/${id}`, { method: "PATCH", json });
  expect(response.status).toBe(200);
  return { rowsRead, rowsWritten };
}

function keywords(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `keyword ${from + index}`);
}

// Each test makes a record of its own among rows that all share, since twenty thousand take a while to make.
describe.each([10, 20_000])("a change among %d records", (count) => {
  beforeAll(async () => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    await seedMany(count);
  }, 120_000);

  it("writes at most 7 rows for a description", async () => {
    const { id } = await insertMedia({ objectMetadata: { keywords: keywords(256), note: "x" } });
    for (const description of ["first", "second", "x".repeat(1024), null]) {
      const { rowsWritten } = await patchCost(id, { description });
      expect(rowsWritten).toBeLessThanOrEqual(7);
    }
  });

  it("writes at most 12 rows for each keyword that is changed, among 256", async () => {
    const { id } = await insertMedia({ objectMetadata: { keywords: keywords(255) } });
    expect((await patchCost(id, { keywords: keywords(256) })).rowsWritten).toBeLessThanOrEqual(12);
    expect((await patchCost(id, { keywords: keywords(255) })).rowsWritten).toBeLessThanOrEqual(12);
    expect((await patchCost(id, { keywords: keywords(255, 1) })).rowsWritten).toBeLessThanOrEqual(24);
    expect((await patchCost(id, { keywords: null })).rowsWritten).toBeLessThanOrEqual(255 * 12);
  });

  it("reads as little, whatever the size of the table", async () => {
    const { id } = await insertMedia();
    expect((await patchCost(id, { description: "x" })).rowsRead).toBeLessThanOrEqual(12);
    expect((await patchCost(id, { keywords: ["a", "all"] })).rowsRead).toBeLessThanOrEqual(36);
  });

  it("reads a record by two rows at most", async () => {
    const { id } = await insertMedia();
    expect((await apiCost(`/v1/media/${id}`)).rowsRead).toBeLessThanOrEqual(2);
  });

  async function costOf(path: string, method: string): Promise<{ rowsRead: number; rowsWritten: number }> {
    const { response, rowsRead, rowsWritten } = await apiCost(path, { method });
    expect(response.ok).toBe(true);
    return { rowsRead, rowsWritten };
  }

  it.each([0, 2, 10])(
    "moves a record with %d keywords into the trash and out by bounded rows",
    async (tags) => {
      const { id } = await insertStored(bytesOf(tags), { objectMetadata: { keywords: keywords(tags) } });
      const away = await costOf(`/v1/media/${id}`, "DELETE");
      expect(away.rowsWritten).toBeLessThanOrEqual(13 + 3 * tags);
      expect(away.rowsRead).toBeLessThanOrEqual(9 + 12 * tags);
      const back = await costOf(`/v1/media/${id}/restore`, "POST");
      expect(back.rowsWritten).toBeLessThanOrEqual(17 + 2 * tags);
      expect(back.rowsRead).toBeLessThanOrEqual(10 + 2 * tags);
    },
  );

  it("removes a record from the trash by two rows, and one for each revision", async () => {
    const { id } = await insertStored(bytesOf(99), { objectMetadata: { keywords: keywords(2) } });
    await patchCost(id, { description: "first" });
    await patchCost(id, { description: "second" });
    await costOf(`/v1/media/${id}`, "DELETE");
    const { rowsRead, rowsWritten } = await costOf(`/v1/media/${id}?permanent=true`, "DELETE");
    expect(rowsWritten).toBeLessThanOrEqual(2 + 2);
    expect(rowsRead).toBeLessThanOrEqual(34);
  });
});
