import "../support/setup.ts";

import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";

import { migrationNames } from "../../src/db/migration-names.ts";
import { refusalOf } from "../support/answers.ts";
import { api, apiWith, failingDatabaseEnv } from "../support/api.ts";
import { insertMedia } from "../support/media.ts";
import { replaced } from "../support/replaced.ts";

const health = z.strictObject({
  status: z.enum(["ok", "degraded"]),
  version: z.string().regex(/^\d+\.\d+\.\d+/),
  checks: z.strictObject({ database: z.string(), storage: z.string(), coordinator: z.string() }),
  problems: z.array(z.string()),
});

const databaseHealth = z.looseObject({ latency_ms: z.number(), size_bytes: z.number() });

describe("GET /health", () => {
  // An answer is kept for ten seconds: each test is a minute after the one before.
  let now = Date.now();
  beforeEach(() => {
    now += 60_000;
    vi.useFakeTimers({ now, toFake: ["Date"] });
  });
  afterEach(() => vi.useRealTimers());

  it("is ok where everything answers", async () => {
    const response = await api("/health", { as: null });
    expect(response.status).toBe(200);
    expect(response.headers.get("Cache-Control")).toBe("public, max-age=10");
    expect(health.parse(await response.json())).toMatchObject({
      status: "ok",
      checks: { database: "ok", storage: "ok", coordinator: "ok" },
      problems: [],
    });
  });

  it("is degraded where the database does not answer, and is kept for ten seconds", async () => {
    const response = await apiWith(failingDatabaseEnv(), "/health", { as: null });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      status: "degraded",
      checks: { database: "failed", storage: "ok" },
    });
    expect((await api("/health", { as: null })).status).toBe(503);
    vi.setSystemTime(now + 10_001);
    expect((await api("/health", { as: null })).status).toBe(200);
  });

  it("is degraded before the migrations", async () => {
    await env.DB.prepare("DELETE FROM d1_migrations").run();
    expect(await (await api("/health", { as: null })).json()).toMatchObject({
      checks: { database: "failed" },
    });
  });

  it("is degraded where the storage does not answer", async () => {
    const list = async (): Promise<never> => {
      throw new Error("list: internal error (10001)");
    };
    const bindings = { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { list }) };
    const response = await apiWith(bindings, "/health", { as: null });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ checks: { database: "ok", storage: "failed" } });
  });

  it("names a limit that is not bound, since then nothing is limited", async () => {
    const lacking: Partial<Env> = {};
    Reflect.set(lacking, "AUTH_LIMIT", undefined);
    const response = await apiWith(lacking, "/health", { as: null });
    expect(response.status).toBe(503);
    expect(health.parse(await response.json())).toMatchObject({
      status: "degraded",
      problems: ["AUTH_LIMIT is not bound, so failed authentications are not limited."],
    });
  });

  it("names what is misconfigured, never its content", async () => {
    const bindings = { API_KEYS: "secret-thing", MAX_PIXELS: "secret-many", STORAGE_PROVIDERS: "[]" };
    const response = await apiWith(bindings, "/health", { as: null });
    const text = await response.text();
    expect(response.status).toBe(503);
    expect(text).not.toContain("secret-");
    expect(health.parse(JSON.parse(text)).problems).toEqual([
      "API_KEYS entry 1 does not fit NAME:SCOPES:KEY and is left out.",
      "API_KEYS holds no valid key, so every /v1 request is refused.",
      "MAX_PIXELS must be a positive whole number; 200000000 is used.",
    ]);
  });
});

describe("GET /v1/database/health", () => {
  it("tells migrations, counts and size", async () => {
    await insertMedia({ state: "failed" });
    await insertMedia({ state: "failed", missingSince: 5 });
    await insertMedia();
    const response = await api("/v1/database/health", { as: "read" });
    expect(response.status).toBe(200);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    const {
      latency_ms: latencyMs,
      size_bytes: sizeBytes,
      ...body
    } = databaseHealth.parse(await response.json());
    expect(body).toEqual({
      status: "ok",
      migrations: { applied: [...migrationNames], pending: [] },
      counts: { pending: 0, ready: 1, failed: 2, unsupported: 0 },
    });
    expect(sizeBytes).toBeGreaterThan(4096);
    expect(latencyMs).toBeGreaterThanOrEqual(0);
  });

  it("is 503 and names what is pending where a migration was not applied", async () => {
    const last = migrationNames.at(-1);
    await env.DB.prepare("DELETE FROM d1_migrations WHERE name = ?").bind(last).run();
    const response = await api("/v1/database/health");
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: "degraded", migrations: { pending: [last] } });
  });

  it("is 503 where there is not even a table of migrations", async () => {
    await env.DB.prepare("DROP TABLE d1_migrations").run();
    const response = await api("/v1/database/health");
    expect(await response.json()).toMatchObject({ migrations: { applied: [], pending: migrationNames } });
  });

  it("is 503 where the database does not answer", async () => {
    const response = await apiWith(failingDatabaseEnv(), "/v1/database/health");
    expect(await refusalOf(response)).toBe("503 database_unavailable");
  });

  it("knows all migrations that there are", () => {
    expect(env.TEST_MIGRATIONS.map((migration) => migration.name)).toEqual(migrationNames);
  });
});
