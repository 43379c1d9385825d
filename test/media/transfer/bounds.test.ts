import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { openDatabase } from "../../../src/db/connection.ts";
import { ndjsonReader } from "../../../src/http/requests/import-lines.ts";
import { exportItems, type ExportPosition } from "../../../src/media/transfer/export.ts";
import { importLines, type ImportResult } from "../../../src/media/transfer/import.ts";
import { linesOf } from "../../../src/media/transfer/text-lines.ts";
import { api } from "../../support/http/api.ts";
import { allRevisions, allWords, exported, ndjson, wipe } from "../../support/http/transfer.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { seedMany } from "../../support/records/seed.ts";

/** The lines of a whole export that is made of invocations which may do little, each named by its id and revisions. */
async function exportedInParts(
  history: boolean,
  mostStatements: number,
): Promise<{ lines: string[]; parts: number }> {
  const lines: string[] = [];
  let parts = 0;
  for (let start: ExportPosition | null = { after: "", below: null }; start !== null;) {
    const db = openDatabase(env.DB, "primary");
    const items = exportItems(db, start, { history, mostStatements, pageRows: 10 });
    for (let item = await items.next(); ; item = await items.next()) {
      if (item.done === true) {
        start = item.value;
        break;
      }
      const { value } = item;
      const id = value.kind === "record" ? value.media.id : value.id;
      lines.push([id, ...(value.revisions ?? []).map(({ revision }) => revision)].join(" "));
    }
    parts += 1;
  }
  return { lines, parts };
}

async function importedUpTo(mostStatements: number, text: string, fromLine: number): Promise<ImportResult> {
  const pieces = (async function* whole() {
    yield await Promise.resolve(new TextEncoder().encode(text));
  })();
  return importLines(openDatabase(env.DB, "primary"), {
    lines: linesOf(pieces, { quoted: false, maxBytes: 1_000_000 }),
    read: ndjsonReader(true),
    by: "admin",
    dryRun: false,
    fromLine,
    mostStatements,
  });
}

/** Imports a text by as many calls as that takes, and gives how many these were. */
async function importedInParts(text: string, mostStatements: number): Promise<number> {
  let parts = 0;
  for (let line: number | null = 1; line !== null; parts += 1) {
    line = (await importedUpTo(mostStatements, text, line)).nextLine;
    expect(parts).toBeLessThan(100);
  }
  return parts;
}

describe("an export that may do no more", () => {
  it("says where to go on, without a gap or a double", async () => {
    await seedMany(95);
    const { lines, parts } = await exportedInParts(false, 3);
    expect(parts).toBe(4);
    expect(lines).toEqual((await exportedInParts(false, 1000)).lines);
    expect(new Set(lines).size).toBe(95);
  });

  it("says so in the middle of a history, too", async () => {
    await insertMany(buildMany(12));
    const { id } = await insertMedia();
    await insertMany(buildMany(12));
    for (let n = 0; n < 60; n++) {
      const json = { object_metadata: { note: String(n % 10).repeat(50_000) } };
      await api(`/v1/media/${id}`, { method: "PATCH", json });
    }
    const whole = await exportedInParts(true, 1000);
    expect(whole.parts).toBe(1);
    const { lines, parts } = await exportedInParts(true, 3);
    expect(parts).toBeGreaterThan(2);
    const numbers = (all: readonly string[]): string[] => all.flatMap((line) => line.split(" ").slice(1));
    expect(numbers(lines)).toEqual(numbers(whole.lines));
    expect(numbers(lines)).toHaveLength(60);
    expect([...new Set(lines.map((line) => line.split(" ")[0]))]).toHaveLength(25);
  }, 60_000);
});

describe("an import that may do no more", () => {
  it("says where to go on, and comes to the same end", async () => {
    const records = buildMany(1200);
    await insertMany(records);
    const text = ndjson(
      records.map(({ id }, n) => ({ id, object_metadata: { title: `Photo ${n}`, note: "x".repeat(900) } })),
    );
    expect(await importedInParts(text, 4)).toBeGreaterThan(1);
    expect(new Set((await allWords()).values()).size).toBe(1200);
  });

  it("says so in the middle of a history, too", async () => {
    const { id } = await insertMedia({ objectKey: "a.jpg" });
    for (let n = 0; n < 40; n++) {
      const json = { object_metadata: { note: String(n % 10).repeat(50_000) } };
      await api(`/v1/media/${id}`, { method: "PATCH", json });
    }
    const revisions = await allRevisions();
    const { text } = await exported({ history: "true" });
    await wipe();
    await insertMedia({ objectKey: "a.jpg" });
    const first = await importedUpTo(5, text, 1);
    expect(first.nextLine).toBe(1);
    expect(await importedInParts(text, 900)).toBe(1);
    expect(await allRevisions()).toEqual(revisions);
  }, 60_000);
});
