import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import {
  accessEnv,
  behindAccess,
  ownPage,
  signIn,
  visit,
  withKey,
  type Visit,
} from "../../support/http/people.ts";
import { everyRoute, openRoutes, routes } from "../../support/http/routes.ts";
import { keys } from "../../support/keys.ts";
import { noted } from "../../support/limits.ts";
import { insertMedia, storedMedia } from "../../support/records/media.ts";

const foreign = "https://photos.example";

/** The ways in which somebody is known by what a browser sends by itself. */
const people: readonly [string, () => Promise<Visit>][] = [
  ["a session", async () => ({ cookie: await signIn(keys.admin) })],
  ["Access", async () => ({ access: behindAccess("ann@example.org"), env: accessEnv({ "*": "admin" }) })],
];

/** What tells that a request does not come from a page of the service. */
const foreignHeaders: readonly [string, Record<string, string>][] = [
  ["neither header", {}],
  ["Sec-Fetch-Site: cross-site", { "Sec-Fetch-Site": "cross-site" }],
  ["Sec-Fetch-Site: same-site", { "Sec-Fetch-Site": "same-site" }],
  ["Sec-Fetch-Site: none", { "Sec-Fetch-Site": "none" }],
  ["an empty Sec-Fetch-Site", { "Sec-Fetch-Site": "" }],
  ["two of them", { "Sec-Fetch-Site": "same-origin, cross-site" }],
  ["cross-site, with an Origin of ours", { "Sec-Fetch-Site": "cross-site", Origin: "https://tagline.test" }],
  ["another Origin", { Origin: foreign }],
  ["the Origin null", { Origin: "null" }],
  ["our Origin by another scheme", { Origin: "http://tagline.test" }],
  ["our Origin at another port", { Origin: "https://tagline.test:8443" }],
  ["an Origin that ours begins", { Origin: "https://tagline.test.evil.example" }],
  ["another Origin, with a Referer of ours", { Origin: foreign, Referer: "https://tagline.test/" }],
];

const ownHeaders: readonly [string, Record<string, string>][] = [
  ["Sec-Fetch-Site: same-origin", ownPage],
  ["our Origin alone", { Origin: "https://tagline.test" }],
];

describe.each(people)("known by %s, a write", (_way, known) => {
  it.each(foreignHeaders)("is refused with %s, and changes nothing", async (_what, headers) => {
    const { id } = await insertMedia();
    const before = JSON.stringify(await storedMedia(id));
    const asked = { ...(await known()), method: "DELETE", headers };
    expect(await refusalOf(await visit(`/v1/media/${id}`, asked))).toBe("403 cross_site");
    expect(JSON.stringify(await storedMedia(id))).toBe(before);
  });

  it.each(ownHeaders)("is done with %s", async (_what, headers) => {
    const { id } = await insertMedia();
    const asked = { ...(await known()), method: "DELETE", headers };
    expect((await visit(`/v1/media/${id}`, asked)).status).toBe(204);
  });

  it("of another site is refused before it is looked at, also to agents", async () => {
    const headers = { "Sec-Fetch-Site": "cross-site", "Content-Type": "application/json" };
    const asked = { ...(await known()), method: "POST", headers, body: "{" };
    for (const path of ["/v1/media/bulk", "/v1/media", "/v1/import", "/v1/nowhere", "/mcp"])
      expect(await refusalOf(await visit(path, asked))).toBe("403 cross_site");
  });

  it("of an origin that may read answers is refused all the same, and told nothing of credentials", async () => {
    const { env: own = {}, ...who } = await known();
    const bindings = { ...own, CORS_ALLOWED_ORIGINS: foreign };
    const headers = { Origin: foreign };
    for (const path of ["/v1/media/bulk", "/mcp"]) {
      const response = await visit(path, { ...who, env: bindings, method: "POST", headers, body: "{}" });
      expect(response.headers.get("Access-Control-Allow-Credentials")).toBeNull();
      expect(await refusalOf(response)).toBe("403 cross_site");
    }
  });

  it("of another site counts as a read of the address, and uses up nobody's own limit", async () => {
    const notes: string[] = [];
    const names = ["READ_LIMIT", "WRITE_LIMIT", "AUTH_LIMIT"] as const;
    const limits = Object.fromEntries(names.map((name) => [name, noted(env[name], notes, name)]));
    const { env: own = {}, ...who } = await known();
    notes.length = 0;
    const headers = { "CF-Connecting-IP": "192.0.2.7" };
    await visit("/v1/media", { ...who, env: { ...own, ...limits }, method: "POST", headers });
    expect(notes).toEqual(["READ_LIMIT address:192.0.2.7"]);
  });
});

describe.each(people)("known by %s, a read", (_way, known) => {
  it.each(["GET", "HEAD"])("by %s is answered wherever it comes from", async (method) => {
    for (const [, headers] of foreignHeaders)
      expect((await visit("/v1/media", { ...(await known()), method, headers })).status).toBe(200);
  });
});

describe.each(people)("known by %s", (_way, known) => {
  const changing = everyRoute.filter(
    ({ name, method }) => method !== "GET" && (routes[name] !== null || openRoutes.includes(name)),
  );

  it.each(changing)("$name is refused to other sites", async ({ method, at }) => {
    const asked = { ...(await known()), method, headers: { "Sec-Fetch-Site": "cross-site" }, body: "x" };
    expect(await refusalOf(await visit(at, asked))).toBe("403 cross_site");
  });
});

describe("with a key", () => {
  it.each(foreignHeaders)(
    "a write is done with %s, as a browser sends no key by itself",
    async (_what, headers) => {
      const { id } = await insertMedia();
      const cookie = await signIn(keys.read);
      const asked = { method: "DELETE", cookie, headers: { ...headers, ...withKey(keys.write) } };
      expect((await visit(`/v1/media/${id}`, asked)).status).toBe(204);
    },
  );
});

describe("a page of another origin", () => {
  it.each([foreign, "*"])(
    "is never told that it may send credentials, where %s may read answers",
    async (allowed) => {
      const cookie = await signIn();
      const bindings = { CORS_ALLOWED_ORIGINS: allowed };
      const preflight = { Origin: foreign, "Access-Control-Request-Method": "PATCH" };
      for (const asked of [
        { method: "OPTIONS", headers: preflight },
        { method: "GET", cookie, headers: { Origin: foreign } },
        { method: "POST", headers: { Origin: foreign, ...withKey(keys.read) } },
      ]) {
        for (const path of ["/v1/session", "/v1/about"]) {
          const response = await visit(path, { ...asked, env: bindings });
          expect(response.headers.get("Access-Control-Allow-Origin")).toBe(allowed);
          expect(response.headers.get("Access-Control-Allow-Credentials")).toBeNull();
        }
      }
    },
  );
});

it("nobody is refused to sign out from another site what they have not got", async () => {
  const asked = { method: "DELETE", headers: { "Sec-Fetch-Site": "cross-site" } };
  expect((await visit("/v1/session", asked)).status).toBe(204);
});
