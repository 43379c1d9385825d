import "../../support/setup.ts";

import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { refusalOf } from "../../support/http/answers.ts";
import { api, apiCost, apiWith, failingDatabaseEnv } from "../../support/http/api.ts";
import { keys } from "../../support/keys.ts";
import { IncomingRequest, worker } from "../../support/platform/entry.ts";
import { exported, exportedText } from "../../support/http/transfer.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { seedMany } from "../../support/records/seed.ts";

async function gunzipped(response: Response): Promise<string> {
  const bytes = await response.arrayBuffer();
  const isPacked = new Uint8Array(bytes)[0] === 0x1f;
  if (!isPacked) return new TextDecoder().decode(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

describe("GET /v1/export", () => {
  it("has every record as the API shows it in the order of ids, missing ones too, and a closing line", async () => {
    await insertMany(
      buildMany(30, (n) => ({
        missingSince: n % 3 === 0 ? 1_700_000_000_000 : null,
        objectMetadata: { description: `Photo ${n}\n"quoted"` },
      })),
    );
    const { lines, nextCursor } = await exported();
    expect(nextCursor).toBeNull();
    expect(lines.map(({ id }) => id)).toEqual(lines.map(({ id }) => id).toSorted());
    expect(lines).toHaveLength(30);
    for (const line of lines) {
      const shown = await (await api(`/v1/media/${line.id}`)).json();
      expect({ ...line, suggestions: null }).toEqual(shown);
    }
  });

  it("of nothing is a closing line", async () => {
    expect(await exportedText()).toBe('{"end":true,"next_cursor":null}\n');
  });

  it("is a download that nobody keeps, with the headers of its format", async () => {
    const response = await api("/v1/export?format=csv", { as: "read" });
    expect(response.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("Content-Disposition")).toMatch(
      /^attachment; filename="tagline-\d{4}-\d\d-\d\d\.csv"/,
    );
    expect(response.headers.get("Cache-Control")).toBe("private, no-store");
    expect(response.headers.get("Vary")).toContain("Accept-Encoding");
    await response.body?.cancel();
    const ndjson = await api("/v1/export");
    expect(ndjson.headers.get("Content-Type")).toBe("application/x-ndjson");
    await ndjson.body?.cancel();
  });

  it.each([
    ["gzip", "gzip"],
    ["br, gzip;q=0.5", "gzip"],
    ["*", "gzip"],
    ["br", null],
    ["gzip;q=0", null],
  ])("with Accept-Encoding %j is packed as %j", async (accepted, coding) => {
    await insertMany(buildMany(200));
    const response = await api("/v1/export", { headers: { "Accept-Encoding": accepted } });
    expect(response.headers.get("Content-Encoding")).toBe(coding);
    expect(await gunzipped(response)).toBe(await exportedText());
  });

  it.each([
    ["", null],
    ["gzip, br", "gzip"],
  ])("goes by what the edge says that the client takes: %j", async (clientAcceptEncoding, coding) => {
    const headers = { "X-API-Key": keys.read, "Accept-Encoding": "gzip" };
    const cf = z.custom<IncomingRequestCfProperties>(() => true).parse({ clientAcceptEncoding });
    const request = new IncomingRequest("https://tagline.test/v1/export", { headers, cf });
    const response = await worker.fetch(request, env, createExecutionContext());
    expect(response.headers.get("Content-Encoding")).toBe(coding);
    await response.body?.cancel();
  });

  it("answers HEAD with the headers and reads nothing", async () => {
    await insertMedia();
    const { response, statements } = await apiCost("/v1/export?format=csv", { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Disposition")).toContain(".csv");
    expect(await response.text()).toBe("");
    expect(statements).toBe(0);
  });

  it.each([
    ["format=xml", "422 validation_error format"],
    ["format=csv&history=true", "422 validation_error history"],
    ["cursor=nonsense", "422 validation_error cursor"],
    ["colour=red", "422 validation_error colour"],
  ])("refuses %s", async (query, refusal) => {
    expect(await refusalOf(await api(`/v1/export?${query}`))).toBe(refusal);
  });

  it("goes on behind any line by its id, without a gap or a double", async () => {
    await insertMany(buildMany(12));
    const whole = await exported();
    for (const [index, { id }] of whole.lines.entries()) {
      const rest = await exported({ cursor: id.toUpperCase() });
      expect(rest.lines).toEqual(whole.lines.slice(index + 1));
    }
  });

  it("reads as it is read, and no more once its reader is gone", async () => {
    await seedMany(4000);
    let statements = 0;
    const database = observedDatabase(env.DB, { after: () => (statements += 1) });
    const response = await apiWith({ DB: database }, "/v1/export");
    const reader = response.body?.getReader();
    await reader?.read();
    // Time for what would be read ahead.
    await new Promise((resolve) => void setTimeout(resolve, 200));
    expect(statements).toBe(1);
    await reader?.cancel();
    await new Promise((resolve) => void setTimeout(resolve, 20));
    expect(statements).toBe(1);
  });

  it("whose records are large takes its pages by their size", async () => {
    const description = "x".repeat(60_000);
    await insertMany(buildMany(30, () => ({ objectMetadata: { note: description } })));
    await insertMany(buildMany(30, () => ({ objectMetadata: { note: description } })));
    await insertMany(buildMany(30, () => ({ objectMetadata: { note: description } })));
    const { lines } = await exported();
    expect(new Set(lines.map(({ id }) => id)).size).toBe(90);
  });

  it("is answered as a failure where the database is away, before it begins", async () => {
    const response = await apiWith(failingDatabaseEnv(), "/v1/export");
    expect(await refusalOf(response)).toBe("503 database_unavailable");
  });

  it("breaks off without a closing line where the database goes away later, and goes on by the last whole line", async () => {
    await seedMany(5000);
    const whole = await exported();
    let pages = 0;
    const failing = failingDatabaseEnv("D1_ERROR: Network connection lost.", () => (pages += 1) > 2);
    const response = await apiWith(failing, "/v1/export");
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let text = "";
    const reading = (async () => {
      for (;;) {
        const read: ReadableStreamReadResult<unknown> | undefined = await reader?.read();
        if (read === undefined || read.done) return;
        text += decoder.decode(read.value instanceof Uint8Array ? read.value : new Uint8Array(), {
          stream: true,
        });
      }
    })();
    await expect(reading).rejects.toThrow("the export has broken off");
    expect(text).not.toContain('"end"');
    const arrived = text.slice(0, text.lastIndexOf("\n")).split("\n");
    const last: unknown = JSON.parse(arrived.at(-1) ?? "");
    const rest = await exported({ cursor: String(Reflect.get(Object(last), "id")) });
    const lines = [...arrived.map((each): unknown => JSON.parse(each)), ...rest.lines];
    expect(lines).toEqual(whole.lines);
  });

  it("reads each record once, a thousand with one statement", async () => {
    await seedMany(20_000);
    const cost = { statements: 0, rowsRead: 0 };
    const database = observedDatabase(env.DB, {
      after: ({ meta }) => {
        cost.statements += 1;
        cost.rowsRead += meta.rows_read;
      },
    });
    const response = await apiWith({ DB: database }, "/v1/export");
    expect((await response.text()).split("\n")).toHaveLength(20_002);
    // The page behind the last record is empty, and looks at one row to know that.
    expect(cost).toEqual({ statements: 21, rowsRead: 20_001 });
  });
});
