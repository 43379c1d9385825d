import "../../support/setup.ts";

import { describe, expect, it, vi } from "vitest";

import { env } from "cloudflare:workers";
import { createExecutionContext } from "cloudflare:test";
import { api, apiWith } from "../../support/http/api.ts";
import { testImage } from "../../support/images/index.ts";
import { follow, linksOf } from "../../support/http/links.ts";
import { insertStored } from "../../support/records/media.ts";
import { keys } from "../../support/keys.ts";
import { IncomingRequest, worker } from "../../support/platform/entry.ts";
import { everyRoute, routes } from "../../support/http/routes.ts";

const names = [
  "Content-Security-Policy",
  "Cross-Origin-Opener-Policy",
  "Cross-Origin-Resource-Policy",
  "Referrer-Policy",
  "Strict-Transport-Security",
  "X-Content-Type-Options",
  "X-Frame-Options",
] as const;

const strict = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=31536000",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

function stated(response: Response): Record<string, string | null> {
  return Object.fromEntries(names.map((name) => [name, response.headers.get(name)]));
}

describe.each(everyRoute)("$name", ({ name, method, at, path }) => {
  it.each([null, "admin"] as const)("states to %s what a browser may do with the answer", async (as) => {
    const response = await api(at, { method, as, redirect: "manual", body: method === "GET" ? null : "x" });
    const policy = pagePolicies[path] ?? strict["Content-Security-Policy"];
    expect(stated(response)).toEqual({ ...strict, "Content-Security-Policy": policy });
    await response.body?.cancel();
  });

  it.each([null, "admin"] as const)("states to %s who may keep the answer", async (as) => {
    const response = await api(at, { method, as, redirect: "manual", body: method === "GET" ? null : "x" });
    const caching = response.headers.get("Cache-Control") ?? "none";
    // What is there for anybody may be kept by anybody; a notification is for nobody but its receiver, and who is asking
    // for nobody else.
    const isPublic = routes[name] === null && !/^\/(webhooks|v1)\//.test(path);
    expect(caching).toMatch(isPublic ? /^public, max-age=\d+$/ : /^(private|no-store)/);
    await response.body?.cancel();
  });
});

const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const pagePolicies: Readonly<Record<string, string>> = {
  "/docs/errors": pagePolicy,
  "/docs":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

describe("headers of security", () => {
  it("are stated by what is nowhere, too", async () => {
    for (const path of ["/nowhere", "/docs/nowhere", "/v1/nowhere"])
      expect(stated(await api(path))).toEqual(strict);
  });

  it("of bytes and thumbnails forbid whatever the bytes hold to run, with a key and by a link", async () => {
    const { id } = await insertStored(await testImage({ width: 30, height: 20 }));
    const links = await linksOf(id);
    const answers = [
      await api(`/v1/media/${id}/data`),
      await api(`/v1/media/${id}/thumbnail`),
      await follow(links.data_url),
      await follow(links.thumbnail_url ?? ""),
    ];
    for (const response of answers) {
      const { "Cross-Origin-Resource-Policy": _policy, ...rest } = strict;
      expect(stated(response)).toMatchObject(rest);
      await response.body?.cancel();
    }
  });

  it.each(["http://photos.example", "https://localhost:8787"])(
    "do not ask for https at %s",
    async (origin) => {
      const request = new IncomingRequest(`${origin}/v1/media`, { headers: { "X-API-Key": keys.read } });
      const response = await worker.fetch(request, env, createExecutionContext());
      expect(response.status).toBe(200);
      expect(response.headers.get("Strict-Transport-Security")).toBeNull();
    },
  );
});

describe("the log", () => {
  it("has the name of a key, and neither a key nor a signature, whatever happens", async () => {
    const lines: string[] = [];
    for (const level of ["debug", "info", "warn", "error"] as const) {
      vi.spyOn(console, level).mockImplementation((line: unknown) => void lines.push(String(line)));
    }
    const { id } = await insertStored(await testImage({ width: 30, height: 20 }));
    const { data_url: link } = await linksOf(id);
    const { pathname, search, searchParams } = new URL(link);
    const level = { LOG_LEVEL: "debug" };
    const wrong = "wrong-key-0000000000000000000000000000000";
    const seen = [
      await apiWith(level, "/v1/media", { as: "read" }),
      await apiWith(level, "/v1/media", { as: null, headers: { "X-API-Key": wrong } }),
      await apiWith(level, "/v1/media", { as: null, headers: { Authorization: `Bearer ${wrong}` } }),
      await apiWith(level, `/v1/media?api_key=${keys.admin}`, { as: null }),
      await apiWith(level, `/v1/media?api_key=${keys.admin}`, { as: "write" }),
      await apiWith(level, `${pathname}${search}`, { as: null }),
      await apiWith(level, `${pathname}${search}&x=1`, { as: null }),
      await apiWith(level, `${pathname}${search}&x=1`, { as: "read" }),
      await apiWith(level, `/v1/media${search}`, { as: "read" }),
    ];
    expect(seen.map(({ status }) => status)).toEqual([200, 401, 401, 401, 422, 200, 403, 422, 422]);
    const log = lines.join("\n");
    expect(log).toContain("request.done method=GET path=/v1/media key=reader status=200");
    expect(log).toContain("request.refused");
    for (const secret of [...Object.values(keys), wrong, searchParams.get("signature") ?? "none"]) {
      expect(log).not.toContain(secret);
    }
    await Promise.all(seen.map(async (response) => response.body?.cancel()));
    vi.restoreAllMocks();
  });
});
