import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";

import { migrationNames } from "../../../src/db/migration-names.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api, apiWith, failingDatabaseEnv } from "../../support/http/api.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { configuredApp, dropboxEnv } from "../../support/dropbox/configured.ts";
import { DropboxStandIn } from "../../support/dropbox/stand-in.ts";
import { insertMedia } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";

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
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  const never = new Promise<never>(() => {});
  const well = { database: "ok", storage: "ok", coordinator: "ok" };

  /** What eight callers that come together are told of the checks. */
  async function eight(bindings: Partial<Env>): Promise<unknown[]> {
    const answers = Array.from({ length: 8 }, async () => apiWith(bindings, "/health", { as: null }));
    return Promise.all(answers.map(async (answer) => health.parse(await (await answer).json()).checks));
  }

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

  it("is degraded before the migrations, and the log names those that are lacking", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const [last = ""] = migrationNames.slice(-1);
    await env.DB.prepare("DELETE FROM d1_migrations WHERE name = ?").bind(last).run();
    expect(await (await api("/health", { as: null })).json()).toMatchObject({
      checks: { database: "failed" },
    });
    const lines = error.mock.calls.map(([line]) => String(line));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^ERROR health\.failed check=database /);
    expect(lines[0]).toContain(`The database lacks the migrations ${last}.`);
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

  it("asks a Dropbox that does not answer once, however many callers there are, and gives it up", async () => {
    const standIn = new DropboxStandIn();
    Object.assign(standIn.authority.registration, { refreshToken: configuredApp.refreshToken });
    for (const route of ["oauth2/token", "files/list_folder"]) {
      for (let time = 0; time < 8; time++) standIn.faults.plan({ kind: "slow", until: never }, route);
    }
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) =>
      standIn.fetch(input instanceof URL ? input.href : input, init),
    );
    const answers = await eight(dropboxEnv());
    expect(answers).toEqual(Array.from({ length: 8 }, () => ({ ...well, storage: "failed" })));
    expect([...standIn.calls]).toEqual([["oauth2/token", 1]]);
  });

  it("asks a Dropbox whose root is slow once, and no more often when it fails", async () => {
    const standIn = new DropboxStandIn();
    Object.assign(standIn.authority.registration, { refreshToken: configuredApp.refreshToken });
    standIn.faults.plan({ kind: "error", status: 503 }, "files/list_folder");
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) =>
      standIn.fetch(input instanceof URL ? input.href : input, init),
    );
    expect(await eight(dropboxEnv())).toEqual(
      Array.from({ length: 8 }, () => ({ ...well, storage: "failed" })),
    );
    expect(standIn.callsOf("files/list_folder")).toBe(1);
  });

  it("asks each binding that does not answer once, and tells all callers which failed", async () => {
    let listed = 0;
    let queried = 0;
    const MEDIA_BUCKET = replaced(env.MEDIA_BUCKET, {
      list: async () => {
        listed += 1;
        return never;
      },
    });
    const DB = observedDatabase(env.DB, {
      before: async () => {
        queried += 1;
        return never;
      },
    });
    const failed = { database: "failed", storage: "failed", coordinator: "ok" };
    expect(await eight({ MEDIA_BUCKET, DB })).toEqual(Array.from({ length: 8 }, () => failed));
    expect({ listed, queried }).toEqual({ listed: 1, queried: 1 });
  });

  it("is kept for ten seconds from when the look at it ended", async () => {
    let listed = 0;
    const MEDIA_BUCKET = replaced(env.MEDIA_BUCKET, {
      list: async (options?: R2ListOptions) => {
        listed += 1;
        vi.setSystemTime(now + 2_000);
        return env.MEDIA_BUCKET.list(options);
      },
    });
    const ask = async () => apiWith({ MEDIA_BUCKET }, "/health", { as: null });
    await ask();
    vi.setSystemTime(now + 11_900);
    await ask();
    expect(listed).toBe(1);
    vi.setSystemTime(now + 12_100);
    await ask();
    expect(listed).toBe(2);
  });

  it("is looked at anew where the request that began to look was dropped", async () => {
    const stuck = Promise.withResolvers<undefined>();
    const MEDIA_BUCKET = replaced(env.MEDIA_BUCKET, {
      list: async () => {
        stuck.resolve(undefined);
        return never;
      },
    });
    const first = apiWith({ MEDIA_BUCKET }, "/health", { as: null });
    await stuck.promise;
    vi.setSystemTime(now + 3_000);
    expect((await api("/health", { as: null })).status).toBe(200);
    expect((await first).status).toBe(503);
  });

  it.each([
    ["AUTH_LIMIT", "failed authentications are not limited."],
    ["THUMBNAIL_LIMIT", "thumbnails that are asked for by their version are not limited."],
  ])("names a limit that is not bound, since then nothing is limited: %s", async (name, sentence) => {
    const lacking: Partial<Env> = {};
    Reflect.set(lacking, name, undefined);
    const response = await apiWith(lacking, "/health", { as: null });
    expect(response.status).toBe(503);
    expect(health.parse(await response.json())).toMatchObject({
      status: "degraded",
      problems: [`${name} is not bound, so ${sentence}`],
    });
  });

  it.each([undefined, "x", {}])("names an index of pictures that is bound as %j", async (bound) => {
    const lacking: Partial<Env> = {};
    Reflect.set(lacking, "PICTURE_INDEX", bound);
    const response = await apiWith(lacking, "/health", { as: null });
    expect(response.status).toBe(503);
    expect(health.parse(await response.json())).toMatchObject({
      status: "degraded",
      checks: well,
      problems: [
        "PICTURE_INDEX is not bound, so similar pictures are not found: bind the Durable Object PictureIndex as in wrangler.toml.",
      ],
    });
  });

  it("names what is misconfigured, never its content", async () => {
    const bindings = { API_KEYS: "secret-thing", MAX_PIXELS: "secret-many", STORAGE_PROVIDERS: "[]" };
    const response = await apiWith(bindings, "/health", { as: null });
    const text = await response.text();
    expect(response.status).toBe(503);
    expect(text).not.toContain("secret-");
    expect(health.parse(JSON.parse(text)).problems).toEqual([
      "API_KEYS entry 1 does not have the form NAME:SCOPES:KEY and is ignored.",
      "API_KEYS holds no valid key, so the service refuses every /v1 request.",
      "MAX_PIXELS must be a positive whole number; the service uses 200000000.",
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
