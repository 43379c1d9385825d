import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { problemOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiWith, failingDatabaseEnv } from "../../support/http/api.ts";
import { insertMedia } from "../../support/records/media.ts";
import { anId, everyRoute } from "../../support/http/routes.ts";

describe("authentication", () => {
  it.each<[string, Record<string, string>]>([
    ["an unknown key", { "X-API-Key": "x".repeat(40) }],
    ["an empty key", { "X-API-Key": "" }],
    ["the beginning of a key", { "X-API-Key": "read-key-00000000000000000000000000" }],
    ["a key's name", { "X-API-Key": "reader" }],
    ["another scheme", { Authorization: "Basic read-key-000000000000000000000000000" }],
    ["a bare token", { Authorization: "read-key-000000000000000000000000000" }],
    ["an empty token", { Authorization: "Bearer " }],
    [
      "a wrong key beside a right token",
      { "X-API-Key": "x", Authorization: "Bearer read-key-000000000000000000000000000" },
    ],
  ])("refuses %s", async (_what, headers) => {
    const response = await api("/v1/media", { as: null, headers });
    expect(await refusalOf(response)).toBe("401 invalid_api_key");
  });

  it("tells whoever it refuses the two ways to send a key", async () => {
    const response = await api("/v1/media", { as: null });
    expect(response.status).toBe(401);
    expect(response.headers.get("WWW-Authenticate")).toBe("ApiKey, Bearer");
  });

  it.each(["Bearer", "bearer", "BEARER  "])("takes a key as a token after %j", async (scheme) => {
    const headers = { Authorization: `${scheme} read-key-000000000000000000000000000` };
    expect((await api("/v1/media", { as: null, headers })).status).toBe(200);
  });

  it.each(["", "a:read:short", "nonsense"])("refuses everybody where API_KEYS is %j", async (value) => {
    const response = await apiWith({ API_KEYS: value }, "/v1/media");
    expect(await refusalOf(response)).toBe("401 invalid_api_key");
  });

  it("takes each of several keys, and what scopes are joined", async () => {
    const [first, second] = ["a".repeat(32), "b".repeat(32)];
    const keys = { API_KEYS: `one:read:${first}, two:read+write:${second}` };
    for (const key of [first, second]) {
      expect((await apiWith(keys, "/v1/media", { headers: { "X-API-Key": key } })).status).toBe(200);
    }
    const headers = { "X-API-Key": second };
    const response = await apiWith(keys, "/v1/ingest", { method: "POST", headers });
    expect(await refusalOf(response)).toBe("403 insufficient_scope");
  });
});

describe("every response", () => {
  const answers = [
    "/v1/media",
    "/health",
    "/openapi.json",
    "/docs",
    "/docs/errors",
    "/nowhere",
    "/v1/nowhere",
    `/v1/media/${anId}`,
  ];

  it.each(answers)("of %s states id, timing, caching and that types are not guessed", async (path) => {
    const response = await api(path);
    expect(response.headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("Server-Timing")).toMatch(/^total;dur=\d+/);
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    const cacheControl = response.headers.get("Cache-Control") ?? "";
    expect(cacheControl).toMatch(
      path.startsWith("/v1/") || response.status >= 400 ? /private|no-store/ : /public/,
    );
  });

  it("to a refusal without a key is as complete", async () => {
    const response = await api("/v1/media", { as: null });
    expect(response.headers.get("X-Request-Id")).not.toBeNull();
    expect(response.headers.get("Server-Timing")).not.toBeNull();
    expect(response.headers.get("Cache-Control")).toBe("no-store");
  });

  it.each(["a", "A-z_0.9", "x".repeat(128)])("carries the request id %j that came in", async (id) => {
    const response = await api("/v1/nowhere", { headers: { "X-Request-Id": id } });
    expect(response.headers.get("X-Request-Id")).toBe(id);
    expect((await problemOf(response)).request_id).toBe(id);
  });

  it.each(["", "x".repeat(129), "a b", "a\tb", "<script>", "ä", "a,b"])(
    "carries an id of its own instead of %j",
    async (id) => {
      const response = await api("/health", {
        headers: { "X-Request-Id": encodeURI(id) === id ? id : "%%" },
      });
      expect(response.headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

describe("a problem", () => {
  it("is answered whole", async () => {
    const response = await api("/v1/media?limit=0", { headers: { "X-Request-Id": "r1" } });
    expect(response.headers.get("Content-Type")).toBe("application/problem+json");
    expect(await response.json()).toEqual({
      type: "https://tagline.test/docs/errors#validation_error",
      title: "Validation error",
      status: 422,
      detail: "limit: must be at least 1",
      code: "validation_error",
      request_id: "r1",
      errors: [{ path: "limit", message: "must be at least 1" }],
    });
  });

  it("has no body for HEAD", async () => {
    const response = await api("/v1/nowhere", { method: "HEAD" });
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("");
  });

  it("of D1 is 503 with Retry-After and tells nothing of it", async () => {
    const { id } = await insertMedia();
    for (const path of ["/v1/media", `/v1/media/${id}`, `/v1/media/${id}/data`, "/v1/database/health"]) {
      const response = await apiWith(failingDatabaseEnv(), path);
      expect(response.headers.get("Retry-After")).toBe("1");
      const text = await response.clone().text();
      expect(text).not.toMatch(/D1|select|media_objects|Network|at /);
      expect(await refusalOf(response)).toBe("503 database_unavailable");
    }
  });

  it("that nobody foresaw is 500 with a fixed text", async () => {
    const env = failingDatabaseEnv("D1_ERROR: no such table: secrets: SQLITE_ERROR");
    const response = await apiWith(env, "/v1/media");
    const text = await response.clone().text();
    expect(text).not.toMatch(/secrets|SQLITE|at /);
    expect(await refusalOf(response)).toBe("500 internal_error");
  });
});

describe("a path", () => {
  it.each(everyRoute.filter((route) => route.method === "GET"))(
    "answers HEAD as GET: $path",
    async ({ path, at }) => {
      const { id } = await insertMedia();
      const target =
        path.includes(":id") && !path.endsWith("/data") && !path.endsWith("/thumbnail")
          ? at.replace(anId, id)
          : at;
      const [get, head] = [await api(target), await api(target, { method: "HEAD" })];
      expect(head.status).toBe(get.status);
      expect(await head.text()).toBe("");
      expect(head.headers.get("Content-Type")).toBe(get.headers.get("Content-Type"));
      expect(head.headers.get("ETag")).toBe(get.headers.get("ETag"));
    },
  );

  it.each([
    ["/v1/media", "GET, HEAD, POST"],
    [`/v1/media/${anId}`, "DELETE, GET, HEAD, PATCH"],
    [`/v1/media/${anId}/data`, "GET, HEAD"],
    [`/v1/media/${anId}/process`, "POST"],
    ["/v1/ingest", "POST"],
    ["/health", "GET, HEAD"],
    ["/openapi.json", "GET, HEAD"],
  ])("%s answers a wrong method with 405 and Allow: %s", async (path, allow) => {
    for (const method of ["PUT", "OPTIONS", "PROPFIND"]) {
      const response = await api(path, { method });
      expect(response.headers.get("Allow")).toBe(allow);
      expect(await refusalOf(response)).toBe("405 method_not_allowed");
    }
  });

  it.each([
    "/v1",
    "/v1/",
    "/v1/media/",
    "/v1/medias",
    "/V1/media",
    `/v1/media/${anId}/nothing`,
    "/v1/searches",
  ])("that is unknown is 404: %s", async (path) => {
    expect(await refusalOf(await api(path))).toBe("404 resource_not_found");
  });

  // Whatever else Dropbox may send one day is no mistake of a client's.
  it.each(everyRoute.filter((route) => !route.path.startsWith("/webhooks/")))(
    "refuses an unknown parameter: $method $path",
    async ({ method, at }) => {
      const body = method === "POST" && at === "/v1/media" ? "x" : "{}";
      const headers = { "Content-Type": "application/json" };
      const response = await api(`${at}?colour=red`, {
        method,
        headers,
        body: method === "GET" ? null : body,
      });
      expect(await refusalOf(response)).toMatch(/^422 validation_error colour/);
    },
  );
});

describe("X-D1-Bookmark", () => {
  it("comes with a write, and a read that sends it back is answered", async () => {
    const { id } = await insertMedia();
    const json = { object_metadata: { description: "x" } };
    const written = await api(`/v1/media/${id}`, { method: "PATCH", json });
    const bookmark = written.headers.get("X-D1-Bookmark") ?? "";
    const read = await api(`/v1/media/${id}`, { headers: { "X-D1-Bookmark": bookmark } });
    expect(await read.json()).toMatchObject({ object_metadata: { description: "x" } });
    expect(read.headers.get("X-D1-Bookmark")).toBeNull();
  });

  it.each(["x", "first-primary", "", "0".repeat(257)])(
    "that D1 cannot have given out is refused: %j",
    async (sent) => {
      const response = await api("/v1/media", { headers: { "X-D1-Bookmark": sent } });
      expect(await refusalOf(response)).toBe("422 validation_error X-D1-Bookmark");
    },
  );
});
