import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { KnownCaller } from "../../../src/http/context.ts";
import { makeToken, readToken } from "../../../src/http/mcp/token.ts";
import { api } from "../../support/http/api.ts";
import {
  allRows,
  callRaw,
  callTool,
  change,
  connectAgent,
  contentOf,
  detailIn,
  dryRunOf,
  refusalIn,
  type Connection,
} from "../../support/http/agents.ts";
import {
  buildMany,
  insertMany,
  insertMedia,
  insertStored,
  storedMedia,
} from "../../support/records/media.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { smallJpeg } from "../../support/http/uploads.ts";

afterEach(() => {
  vi.useRealTimers();
});

const tool = "describe_photos";

/** A photo, what is to be said of it, and the token of a dry run by the writer. */
async function looked(connection: Connection = {}) {
  const { id } = await insertStored(smallJpeg(), { objectMetadata: { description: "before" } });
  const args = { photos: [{ id, object_metadata: { description: "after" } }] };
  const { token, expires_at: expiresAt } = await dryRunOf(await connectAgent(connection), tool, args);
  return { id, args, token, expiresAt };
}

async function descriptionOf(id: string): Promise<unknown> {
  const row = await env.DB.prepare(
    "SELECT object_metadata ->> 'description' AS d FROM media_objects WHERE id = ?",
  )
    .bind(id)
    .first();
  return row?.["d"];
}

/** Applies with a token, and answers how that was refused; fails if anything was written. */
async function refusedWith(args: object, token: unknown, connection: Connection = {}, name = tool) {
  const before = await allRows();
  const result = await callRaw(name, { ...args, token }, connection);
  expect(await allRows()).toBe(before);
  return refusalIn(result);
}

describe("a token", () => {
  it("lets its change happen until ten minutes are over", async () => {
    const { id, args, token, expiresAt } = await looked();
    vi.useFakeTimers({ now: Date.parse(expiresAt) - 1, toFake: ["Date"] });
    expect(contentOf(await callRaw(tool, { ...args, token }))).toMatchObject({ status: "applied" });
    expect(await descriptionOf(id)).toBe("after");
  });

  it("is over after ten minutes", async () => {
    const begun = Date.now();
    const { args, token, expiresAt } = await looked();
    expect(Date.parse(expiresAt) - begun).toBeGreaterThanOrEqual(600_000);
    vi.useFakeTimers({ now: Date.parse(expiresAt), toFake: ["Date"] });
    expect(await refusedWith(args, token)).toBe("validation_error token");
  });

  it("does not hold when any of its characters is another", async () => {
    const { args, token } = await looked();
    const altered = Array.from(token, (character, at) => {
      const other = character === "A" ? "B" : "A";
      return `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
    });
    const sample = altered.filter((_each, at) => at % 16 === 0 || at > token.length - 3);
    const before = await allRows();
    for (const each of sample)
      expect(refusalIn(await callRaw(tool, { ...args, token: each }))).toBe("validation_error token");
    expect(await allRows()).toBe(before);
  });

  it.each(["x", ".", "..", "a.b.c", "WyJhIl0.AAAAAAAAAAAAAAAAAAAAAA", "\u0000", "__proto__"])(
    "is not %j",
    async (token) => {
      const { args } = await looked();
      expect(await refusedWith(args, token)).toBe("validation_error token");
    },
  );

  it.each<[string, Connection]>([
    ["another key", { as: "admin" }],
    [
      "another key by the same name",
      { env: { API_KEYS: `writer:write:${"n".repeat(36)}` }, headers: { "X-API-Key": "n".repeat(36) } },
    ],
    [
      "the same key with other scopes",
      { env: { API_KEYS: "writer:admin:write-key-00000000000000000000000000" } },
    ],
  ])("is not taken from %s", async (_what, connection) => {
    const { args, token } = await looked();
    expect(await refusedWith(args, token, connection)).toBe("validation_error token");
  });

  it("is of one tool", async () => {
    const { id, args, token } = await looked();
    const tags = { ids: [id], add_keywords: ["x"] };
    expect(await refusedWith(tags, token, {}, "tag_photos")).toBe("validation_error token");
    expect(await refusedWith(args, token, {}, "tag_photos")).toMatch(/^validation_error /);
  });

  it("is of one tool whatever it permits", async () => {
    const entry = { name: "a", scopes: new Set(["write"] as const), key: "k" };
    const caller: KnownCaller = { kind: "known", via: "key", ...entry, entry, expiresAt: null };
    const bearer = { caller, tool: "undo" };
    const permit = { operation: "o", expiresAt: 1, change: "c", fingerprint: "f" };
    const made = await makeToken(["secret"], bearer, permit);
    expect(await readToken(["secret"], bearer, made)).toEqual(permit);
    expect(await readToken(["secret"], { ...bearer, tool: "tag_photos" }, made)).toBeNull();
  });

  it.each<[string, (id: string) => object]>([
    ["other words", (id) => ({ photos: [{ id, object_metadata: { description: "other" } }] })],
    ["one field more", (id) => ({ photos: [{ id, object_metadata: { description: "after", title: "x" } }] })],
    [
      "the id in capitals",
      (id) => ({ photos: [{ id: id.toUpperCase(), object_metadata: { description: "after" } }] }),
    ],
  ])("is of these arguments, not of %s", async (_what, others) => {
    const { id, token } = await looked();
    expect(await refusedWith(others(id), token)).toBe("validation_error token");
  });

  it("does not heed the order of fields", async () => {
    const { id } = await insertMedia();
    const agent = await connectAgent();
    const { token } = await dryRunOf(agent, tool, {
      photos: [{ id, object_metadata: { description: "x", title: "y" } }],
    });
    const args = { token, photos: [{ object_metadata: { title: "y", description: "x" }, id }] };
    expect(contentOf(await callTool(agent, tool, args))).toMatchObject({ status: "applied" });
  });

  it("holds under the secret before, and not under others", async () => {
    const { args, token } = await looked();
    const SIGNING_SECRET = "another-signing-secret-for-tests-000000";
    expect(await refusedWith(args, token, { env: { SIGNING_SECRET } })).toBe("validation_error token");
    const rotated = { SIGNING_SECRET, SIGNING_SECRET_PREVIOUS: env.SIGNING_SECRET };
    const result = await callRaw(tool, { ...args, token }, { env: rotated });
    expect(contentOf(result)).toMatchObject({ status: "applied" });
  });

  it("is neither given nor taken without a secret", async () => {
    const { args, token } = await looked();
    const connection = { env: { SIGNING_SECRET: "" } };
    expect(await refusedWith(args, token, connection)).toBe("internal_error");
    const result = await callRaw(tool, args, connection);
    expect(detailIn(result)).toContain("the secret SIGNING_SECRET is missing");
  });
});

describe("a token whose photo is another by now", () => {
  it.each<[string, (id: string) => Promise<unknown>]>([
    [
      "since somebody has changed its words",
      async (id) => api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: { title: "x" } } }),
    ],
    ["since it is in the trash", async (id) => api(`/v1/media/${id}`, { method: "DELETE" })],
    [
      "since it is missing",
      async (id) => env.DB.prepare("UPDATE media_objects SET missing_since = 1 WHERE id = ?").bind(id).run(),
    ],
    [
      "since it has other bytes",
      async (id) => env.DB.prepare("UPDATE media_objects SET version = 'new' WHERE id = ?").bind(id).run(),
    ],
    [
      "since its file has brought words along",
      async (id) =>
        env.DB.prepare("UPDATE media_objects SET change = change + 1 WHERE id = ?").bind(id).run(),
    ],
  ])("writes nothing, %s", async (_what, happens) => {
    const { id, args, token } = await looked();
    await happens(id);
    expect(await refusedWith(args, token)).toBe("precondition_failed");
  });

  it("holds again only by a new dry run", async () => {
    const { id, args, token } = await looked();
    await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: { title: "x" } } });
    expect(await refusedWith(args, token)).toBe("precondition_failed");
    await change(await connectAgent(), tool, args);
    expect(await descriptionOf(id)).toBe("after");
  });

  it("writes nothing of the others either", async () => {
    const rows = buildMany(3);
    await insertMany(rows);
    const ids = rows.map(({ id }) => id);
    const args = { ids, add_keywords: ["x"] };
    const { token } = await dryRunOf(await connectAgent(), "tag_photos", args);
    await api(`/v1/media/${ids[1] ?? ""}`, { method: "DELETE" });
    expect(await refusedWith(args, token, {}, "tag_photos")).toBe("precondition_failed");
  });

  it("writes nothing where somebody is faster than the transaction", async () => {
    const { id, args, token } = await looked();
    let isFirst = true;
    const faster = observedDatabase(env.DB, {
      before: async (query) => {
        if (!query.includes("INSERT INTO media_revisions") || !isFirst) return;
        isFirst = false;
        await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: { title: "faster" } } });
      },
    });
    const result = await callRaw(tool, { ...args, token }, { env: { DB: faster } });
    expect([isFirst, refusalIn(result)]).toEqual([false, "precondition_failed"]);
    expect(await descriptionOf(id)).toBe("before");
  });
});

describe("a token that was used", () => {
  it("writes nothing more, and answers with the operation that it has made", async () => {
    const { args, token } = await looked();
    const first = contentOf(await callRaw(tool, { ...args, token }));
    const before = await allRows();
    const again = contentOf(await callRaw(tool, { ...args, token }));
    expect(again).toMatchObject({
      status: "already_applied",
      operation_id: first["operation_id"],
      changed: 1,
    });
    expect(await allRows()).toBe(before);
  });

  it("answers so also when its time is over, since the first answer may have been lost", async () => {
    const { args, token, expiresAt } = await looked();
    await callRaw(tool, { ...args, token });
    vi.useFakeTimers({ now: Date.parse(expiresAt) + 1, toFake: ["Date"] });
    expect(contentOf(await callRaw(tool, { ...args, token }))).toMatchObject({ status: "already_applied" });
  });

  it("does not make its change again after that was taken back", async () => {
    const { id, args, token } = await looked();
    const { operation_id: operation } = contentOf(await callRaw(tool, { ...args, token }));
    const undone = await change(await connectAgent(), "undo", { operation_id: operation });
    const before = await allRows();
    expect(contentOf(await callRaw(tool, { ...args, token }))).toMatchObject({ status: "already_applied" });
    const undoAgain = { operation_id: operation, token: undone.token };
    expect(contentOf(await callRaw("undo", undoAgain))).toMatchObject({ status: "already_applied" });
    expect(await allRows()).toBe(before);
    expect(await descriptionOf(id)).toBe("before");
  });

  it("leaves alone what a later undo has noted", async () => {
    const rows = buildMany(2);
    await insertMany(rows);
    const [first = "", second = ""] = rows.map(({ id }) => id);
    const agent = await connectAgent();
    const { id: operation } = await change(agent, "tag_photos", {
      ids: [first, second],
      add_keywords: ["x"],
    });
    const args = { operation_id: operation };
    const retitle = async (title: string | null) =>
      api(`/v1/media/${second}`, { method: "PATCH", json: { object_metadata: { title } } });
    await retitle("mine");
    const { token } = await change(agent, "undo", args);
    await retitle(null);
    await change(agent, "undo", args);
    const before = await allRows();
    expect(contentOf(await callRaw("undo", { ...args, token }))).toMatchObject({ status: "already_applied" });
    expect(await allRows()).toBe(before);
  });

  it("makes one change, however many use it at the same moment", async () => {
    const { id, args, token } = await looked();
    const results = await Promise.all(
      Array.from({ length: 8 }, async () => contentOf(await callRaw(tool, { ...args, token }))),
    );
    const statuses = results.map(({ status }) => String(status)).toSorted();
    expect(statuses).toEqual([...Array.from({ length: 7 }, () => "already_applied"), "applied"]);
    expect(new Set(results.map((each) => each["operation_id"])).size).toBe(1);
    expect((await storedMedia(id))?.["revision"]).toBe(1);
  });

  it("lets one of two changes of a photo happen", async () => {
    const { id, args, token } = await looked();
    const other = { photos: [{ id, object_metadata: { description: "other" } }] };
    const { token: otherToken } = await dryRunOf(await connectAgent(), tool, other);
    const [first, second] = await Promise.all([
      callRaw(tool, { ...args, token }),
      callRaw(tool, { ...other, token: otherToken }),
    ]);
    expect([first, second].filter(({ isError }) => isError === true)).toHaveLength(1);
    expect((await storedMedia(id))?.["revision"]).toBe(1);
  });

  it("is answered after a death between the write and the answer", async () => {
    const { args, token } = await looked();
    let isDead = false;
    const dying = observedDatabase(env.DB, {
      after: ({ meta }) => {
        if (isDead || meta.rows_written === 0) return;
        isDead = true;
        throw new Error("D1_ERROR: Network connection lost.");
      },
    });
    const lost = await callRaw(tool, { ...args, token }, { env: { DB: dying } });
    expect(refusalIn(lost)).toBe("database_unavailable");
    expect(contentOf(await callRaw(tool, { ...args, token }))).toMatchObject({
      status: "already_applied",
      changed: 1,
    });
  });
});
