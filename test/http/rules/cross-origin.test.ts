import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api, apiWith, type ApiRequest } from "../../support/http/api.ts";
import { exhausted } from "../../support/limits.ts";
import { insertMedia } from "../../support/records/media.ts";

const page = "https://photos.example";
const some = { CORS_ALLOWED_ORIGINS: `${page}, http://localhost:5173` };
const any = { CORS_ALLOWED_ORIGINS: "*" };

/** The fields of CORS that an answer has. */
function granted(response: Response): Record<string, string> {
  return Object.fromEntries(
    [...response.headers].filter(([name]) => name.startsWith("access-control-") || name === "vary"),
  );
}

function preflight(method: string, origin = page): ApiRequest {
  return {
    method: "OPTIONS",
    as: null,
    headers: {
      Origin: origin,
      "Access-Control-Request-Method": method,
      "Access-Control-Request-Headers": "x-api-key",
    },
  };
}

const from = (origin: string): ApiRequest => ({ headers: { Origin: origin } });

const exposed =
  "Accept-Ranges,Content-Disposition,Content-Range,ETag,Link,Location,Retry-After,Server-Timing,X-D1-Bookmark," +
  "X-Request-Id";

describe("with origins configured", () => {
  it.each([page, "http://localhost:5173"])("a page of %s may read the answer", async (origin) => {
    expect(granted(await apiWith(some, "/v1/media", from(origin)))).toEqual({
      "access-control-allow-origin": origin,
      "access-control-expose-headers": exposed,
      vary: "Origin",
    });
  });

  it.each(["https://other.example", "http://photos.example", `${page}:8443`, `${page}.evil.example`, "null"])(
    "a page of %s may not, and a cache is told that it depends",
    async (origin) => {
      const headers = granted(await apiWith(some, "/v1/media", from(origin)));
      expect(headers["access-control-allow-origin"]).toBeUndefined();
      expect(headers["vary"]).toBe("Origin");
    },
  );

  it("who is no page at all is answered, and a cache is told that it depends", async () => {
    const response = await apiWith(some, "/v1/media");
    expect(response.status).toBe(200);
    expect(response.headers.get("Vary")).toBe("Origin");
  });

  it.each<[string, string, ApiRequest]>([
    ["401", "/v1/media", { as: null, headers: { Origin: page } }],
    ["403", "/v1/ingest", { as: "read", method: "POST", headers: { Origin: page } }],
    ["404", "/v1/nowhere", from(page)],
    ["405", "/v1/media", { method: "PUT", headers: { Origin: page } }],
    ["422", "/v1/media?limit=0", from(page)],
  ])("a %s may be read, too", async (status, path, request) => {
    const response = await apiWith(some, path, request);
    expect(String(response.status)).toBe(status);
    expect(granted(response)).toMatchObject({
      "access-control-allow-origin": page,
      "access-control-expose-headers": exposed,
    });
  });

  it("a refusal for too many requests may be read, too", async () => {
    const bindings = { ...some, READ_LIMIT: exhausted(env.TEST_LIMIT) };
    const response = await apiWith(bindings, "/v1/media", from(page));
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(page);
    expect(response.headers.get("Retry-After")).toBe("60");
  });

  it("bytes and events may be read, too", async () => {
    const { id } = await insertMedia();
    for (const path of [`/v1/media/${id}/data`, "/v1/ingest/events"]) {
      const response = await apiWith(some, path, from(page));
      expect(response.headers.get("Access-Control-Allow-Origin")).toBe(page);
      await response.body?.cancel();
    }
  });
});

describe("a preflight", () => {
  it("is answered without a key", async () => {
    const response = await apiWith(some, "/v1/media", preflight("PATCH"));
    expect(response.status).toBe(204);
    expect(await response.text()).toBe("");
    expect(response.headers.get("X-Request-Id")).not.toBeNull();
    const headers = granted(response);
    expect(headers).toMatchObject({
      "access-control-allow-origin": page,
      "access-control-allow-methods": "GET,HEAD,POST,PATCH,DELETE",
      "access-control-max-age": "86400",
    });
    expect(headers["vary"]).toContain("Origin");
    const allowed = headers["access-control-allow-headers"]?.toLowerCase().split(",") ?? [];
    expect(allowed.toSorted()).toEqual([
      "authorization",
      "content-digest",
      "content-type",
      "if-match",
      "if-none-match",
      "if-range",
      "last-event-id",
      "mcp-method",
      "mcp-name",
      "mcp-protocol-version",
      "range",
      "traceparent",
      "x-api-key",
      "x-d1-bookmark",
      "x-request-id",
    ]);
  });

  it.each(["/v1/media", "/health"])("costs nobody anything: %s", async (path) => {
    const used = exhausted(env.TEST_LIMIT);
    const bindings = { ...some, READ_LIMIT: used, WRITE_LIMIT: used, AUTH_LIMIT: used };
    expect((await apiWith(bindings, path, preflight("GET"))).status).toBe(204);
  });

  it("of another origin is granted nothing", async () => {
    const response = await apiWith(some, "/v1/media", preflight("GET", "https://other.example"));
    expect(response.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });

  it("is a method like any other where no origin is configured", async () => {
    const response = await api("/v1/media", { ...preflight("GET"), as: "read" });
    expect(granted(response)).toEqual({});
    expect(await refusalOf(response)).toBe("405 method_not_allowed");
  });

  it("is not what an OPTIONS without its fields is", async () => {
    const response = await apiWith(some, "/v1/media", { method: "OPTIONS", headers: { Origin: page } });
    expect(await refusalOf(response)).toBe("405 method_not_allowed");
  });
});

describe("with * configured", () => {
  it("everybody's pages may read, and nothing depends on whose", async () => {
    const response = await apiWith(any, "/v1/media", from("https://anything.example"));
    expect(granted(response)).toEqual({
      "access-control-allow-origin": "*",
      "access-control-expose-headers": exposed,
    });
  });
});

describe("without origins configured", () => {
  it("nothing is said", async () => {
    expect(granted(await api("/v1/media", from(page)))).toEqual({});
  });
});
