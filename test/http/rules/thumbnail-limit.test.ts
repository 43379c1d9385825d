import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import { problemOf, refusalOf } from "../../support/http/answers.ts";
import { apiWith, type ApiRequest } from "../../support/http/api.ts";
import { testImage } from "../../support/images/index.ts";
import { altered, linksOf, pathOf, thumbnailLink } from "../../support/http/links.ts";
import { anId } from "../../support/http/routes.ts";
import { exhausted, noted } from "../../support/limits.ts";
import { insertMedia, insertStored } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";

const limited = "429 rate_limited";
const used = exhausted(env.TEST_LIMIT);
const home = { "CF-Connecting-IP": "192.0.2.7" };
const fromHome: ApiRequest = { as: null, headers: home };

/** Sends a request and tells how it was answered, and what was counted. */
async function counted(path: string, request: ApiRequest = {}): Promise<readonly [number, ...string[]]> {
  const notes: string[] = [];
  const names = ["READ_LIMIT", "WRITE_LIMIT", "THUMBNAIL_LIMIT", "AUTH_LIMIT"] as const;
  const bindings = Object.fromEntries(names.map((name) => [name, noted(env[name], notes, name)]));
  const response = await apiWith(bindings, path, request);
  await response.body?.cancel();
  return [response.status, ...notes];
}

/** A record whose thumbnails have the version `v1-1`. */
async function insertPhoto(): Promise<string> {
  const bytes = await testImage({ width: 30, height: 20 });
  return (await insertStored(bytes, { thumbnailVersion: "v1-1" })).id;
}

describe("a thumbnail asked for", () => {
  it.each<[string, string, ApiRequest, readonly [number, ...string[]]]>([
    ["with the right v", "?v=v1-1", {}, [200, "THUMBNAIL_LIMIT key:admin"]],
    ["by HEAD", "?v=v1-1", { method: "HEAD", as: "read" }, [200, "THUMBNAIL_LIMIT key:reader"]],
    ["in any size", "?size=2048&fit=contain&v=v1-1", {}, [200, "THUMBNAIL_LIMIT key:admin"]],
    ["with v and an empty trashed", "?v=v1-1&trashed=", {}, [200, "THUMBNAIL_LIMIT key:admin"]],
    ["with v and an empty one", "?v=&v=v1-1", {}, [200, "THUMBNAIL_LIMIT key:admin"]],
    ["without v", "", {}, [200, "READ_LIMIT key:admin"]],
    ["with an empty v", "?v=", {}, [200, "READ_LIMIT key:admin"]],
    ["with two of v", "?v=v1-1&v=v1-1", {}, [422, "READ_LIMIT key:admin"]],
    ["with a v that is none", "?v=../v1-1", {}, [422, "READ_LIMIT key:admin"]],
    ["in the trash", "?v=v1-1&trashed=true", {}, [404, "READ_LIMIT key:admin"]],
    ["by POST", "?v=v1-1", { method: "POST", body: "" }, [405, "WRITE_LIMIT key:admin"]],
    ["with another v", "?v=v2-1", {}, [200, "THUMBNAIL_LIMIT key:admin", "READ_LIMIT key:admin"]],
    ["without a key", "?v=v1-1", fromHome, [401, "READ_LIMIT address:192.0.2.7"]],
  ])("%s counts by its key: %s", async (_what, query, request, expected) => {
    const id = await insertPhoto();
    expect(await counted(`/v1/media/${id}/thumbnail${query}`, request)).toEqual(expected);
  });

  it("with the right v counts once, whether it is stored or has to be made", async () => {
    const id = await insertPhoto();
    for (let time = 0; time < 2; time++) {
      expect(await counted(`/v1/media/${id}/thumbnail?v=v1-1`)).toEqual([200, "THUMBNAIL_LIMIT key:admin"]);
    }
  });

  it.each([
    ["that is not there", async () => anId, 404],
    [
      "that can have none",
      async () => (await insertMedia({ state: "unsupported", thumbnailVersion: null })).id,
      404,
    ],
    ["that is missing", async () => (await insertMedia({ missingSince: 5 })).id, 410],
  ])("of a record %s counts among the reads too", async (_what, idOf, status) => {
    const path = `/v1/media/${await idOf()}/thumbnail?v=v1-1`;
    expect(await counted(path)).toEqual([status, "THUMBNAIL_LIMIT key:admin", "READ_LIMIT key:admin"]);
  });

  it("by a signed link counts by its address", async () => {
    const path = pathOf(await thumbnailLink(await insertPhoto()));
    const noticed = [200, "THUMBNAIL_LIMIT address:192.0.2.7"];
    expect(await counted(path, fromHome)).toEqual(noticed);
    expect(await counted(path, { ...fromHome, method: "HEAD" })).toEqual(noticed);
  });

  it("by a link to a picture that has been replaced counts among the reads of its address too", async () => {
    const id = await insertPhoto();
    const path = pathOf(await thumbnailLink(id));
    await env.DB.prepare("UPDATE media_objects SET thumbnail_version = 'v2-1' WHERE id = ?").bind(id).run();
    expect(await counted(path, fromHome)).toEqual([
      200,
      "THUMBNAIL_LIMIT address:192.0.2.7",
      "READ_LIMIT address:192.0.2.7",
    ]);
  });

  it("by a link that was altered is a failure, and by one that has expired a read", async () => {
    const { thumbnail_url: url, expires_at: at } = await linksOf(await insertPhoto());
    const link = url ?? "";
    expect(await counted(pathOf(altered(link, { v: "v2-1" })), fromHome)).toEqual([
      403,
      "AUTH_LIMIT address:192.0.2.7",
    ]);
    vi.useFakeTimers({ now: Date.parse(at), toFake: ["Date"] });
    const expired = await counted(pathOf(link), fromHome);
    vi.useRealTimers();
    expect(expired).toEqual([403, "READ_LIMIT address:192.0.2.7"]);
  });
});

describe("other requests with v", () => {
  it.each(["", "/data", "/history"])("count as reads: %s", async (rest) => {
    const id = await insertPhoto();
    const [, ...notes] = await counted(`/v1/media/${id}${rest}?v=v1-1`);
    expect(notes).toEqual(["READ_LIMIT key:admin"]);
  });

  it("count as reads by a link to the bytes", async () => {
    const { data_url: link } = await linksOf(await insertPhoto());
    expect(await counted(pathOf(link), fromHome)).toEqual([200, "READ_LIMIT address:192.0.2.7"]);
  });
});

describe("over the limit of reads", () => {
  it("a page of thumbnails is still scrolled through, by key and by link", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, insertPhoto));
    const statuses = new Set<number>();
    for (const id of ids) {
      const link = pathOf(await thumbnailLink(id));
      for (const [path, request] of [[`/v1/media/${id}/thumbnail?v=v1-1`], [link, fromHome]] as const) {
        const response = await apiWith({ READ_LIMIT: used }, path, request);
        await response.body?.cancel();
        statuses.add(response.status);
      }
    }
    expect([...statuses]).toEqual([200]);
  });

  it.each<[string, ApiRequest]>([
    ["GET", {}],
    ["HEAD", { method: "HEAD" }],
  ])("a wrong v is refused before the original is read: %s", async (_method, request) => {
    const id = await insertPhoto();
    const opened: string[] = [];
    const MEDIA_BUCKET = replaced(env.MEDIA_BUCKET, {
      get: async (key: string) => {
        opened.push(key);
        return env.MEDIA_BUCKET.get(key);
      },
    });
    const path = `/v1/media/${id}/thumbnail?v=v2-1`;
    const response = await apiWith({ READ_LIMIT: used, MEDIA_BUCKET }, path, request);
    expect(response.status).toBe(429);
    expect(response.headers.get("Retry-After")).toBe("60");
    expect(opened).toEqual([]);
  });

  it("an id that is not there is refused where it comes with v", async () => {
    const response = await apiWith({ READ_LIMIT: used }, `/v1/media/${anId}/thumbnail?v=v1-1`);
    expect(await refusalOf(response)).toBe(limited);
  });
});

describe("over the limit of thumbnails", () => {
  it("the answer is 429, says what there was too much of, and nothing is looked for", async () => {
    const id = await insertPhoto();
    const sought: string[] = [];
    const DERIVATIVES_BUCKET = replaced(env.DERIVATIVES_BUCKET, {
      get: async (key: string) => {
        sought.push(key);
        return env.DERIVATIVES_BUCKET.get(key);
      },
    });
    const bindings = { THUMBNAIL_LIMIT: used, DERIVATIVES_BUCKET };
    const response = await apiWith(bindings, `/v1/media/${id}/thumbnail?v=v1-1`);
    expect(response.headers.get("Retry-After")).toBe("60");
    expect((await problemOf(response)).detail).toBe(
      "This key has sent too many requests for thumbnails. Try again later.",
    );
    expect(sought).toEqual([]);
  });

  it("a signed link is refused", async () => {
    const path = pathOf(await thumbnailLink(await insertPhoto()));
    expect(await refusalOf(await apiWith({ THUMBNAIL_LIMIT: used }, path, fromHome))).toBe(limited);
  });

  it("one can still read, and ask for thumbnails without v", async () => {
    const id = await insertPhoto();
    for (const path of ["/v1/media", `/v1/media/${id}/thumbnail`]) {
      const response = await apiWith({ THUMBNAIL_LIMIT: used }, path);
      await response.body?.cancel();
      expect(response.status).toBe(200);
    }
  });
});

describe("a limit of two thumbnails", () => {
  it("lets no more than two through in a period", async () => {
    const path = `/v1/media/${await insertPhoto()}/thumbnail?v=v1-1`;
    const API_KEYS = `scroller:read:${"k".repeat(32)}`;
    const headers = { "X-API-Key": "k".repeat(32) };
    const statuses: number[] = [];
    // One period may end on the way, and only one.
    for (let count = 0; count < 5; count += 1) {
      const response = await apiWith({ THUMBNAIL_LIMIT: env.TEST_LIMIT, API_KEYS }, path, { headers });
      await response.body?.cancel();
      statuses.push(response.status);
    }
    expect(statuses.slice(0, 2)).toEqual([200, 200]);
    expect(statuses.slice(2)).toContain(429);
  });
});

describe("a limit of thumbnails that is not bound", () => {
  it("lets all of them through, and counts them nowhere", async () => {
    const path = `/v1/media/${await insertPhoto()}/thumbnail?v=v1-1`;
    const bindings: Partial<Env> = { READ_LIMIT: used };
    Reflect.set(bindings, "THUMBNAIL_LIMIT", undefined);
    const response = await apiWith(bindings, path);
    await response.body?.cancel();
    expect(response.status).toBe(200);
  });
});
