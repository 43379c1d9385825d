import "../../support/setup.ts";

import { afterEach, describe, expect, it, vi } from "vitest";

import { problemOf, refusalOf } from "../../support/http/answers.ts";
import { home, nobody, ownPage, signIn, visit, whoAsks, withKey } from "../../support/http/people.ts";
import { keys } from "../../support/keys.ts";

const noon = Date.parse("2026-11-22T12:00:00.000Z");
const hours = 3_600_000;
const [first, second] = ["a".repeat(40), "b".repeat(40)];

afterEach(() => vi.useRealTimers());

/** The cookie of a session that was begun at noon, and the clock some milliseconds later. */
async function sessionAfter(ms: number): Promise<string> {
  vi.useFakeTimers({ now: noon, toFake: ["Date"] });
  const cookie = await signIn();
  vi.setSystemTime(noon + ms);
  return cookie;
}

describe("the time of a session", () => {
  it("is over after 12 hours, to the second", async () => {
    const cookie = await sessionAfter(12 * hours - 1);
    expect(await whoAsks({ cookie })).toMatchObject({ via: "session" });
    vi.setSystemTime(noon + 12 * hours);
    expect(await whoAsks({ cookie })).toEqual(nobody);
  });

  it("is not prolonged by what is asked meanwhile", async () => {
    const cookie = await sessionAfter(11 * hours);
    const response = await visit("/v1/media", { cookie });
    expect([response.status, response.headers.get("Set-Cookie")]).toEqual([200, null]);
    vi.setSystemTime(noon + 12 * hours);
    expect((await visit("/v1/media", { cookie })).status).toBe(401);
  });

  it("when it is over a stolen cookie opens nothing, and whoever sends it is told why", async () => {
    const cookie = await sessionAfter(12 * hours);
    for (const path of ["/v1/media", "/v1/about", "/v1/export", "/v1/nowhere"]) {
      const { status, code, detail } = await problemOf(await visit(path, { cookie }));
      expect({ status, code }).toEqual({ status: 401, code: "invalid_api_key" });
      expect(detail).toContain("session is over");
    }
    const write = { method: "DELETE", cookie, headers: ownPage };
    expect(await refusalOf(await visit("/v1/media/x", write))).toBe("401 invalid_api_key");
    const message = { method: "POST", cookie, headers: ownPage, body: "{}" };
    expect(await refusalOf(await visit("/mcp", message))).toBe("401 invalid_api_key");
  });

  it("is over whatever the clock of the browser says: the end is in what is signed", async () => {
    const cookie = await sessionAfter(13 * hours);
    const later = cookie.replace(/\.\d{10}\./, `.${Math.floor((noon + 30 * hours) / 1000)}.`);
    expect(await refusalOf(await visit("/v1/media", { cookie: later }))).toBe("401 invalid_api_key");
  });
});

describe("a session of a key", () => {
  it("is over when the entry leaves", async () => {
    const API_KEYS = `ann:write:${first},bob:read:${second}`;
    const cookie = await signIn(first, { env: { API_KEYS } });
    expect(await whoAsks({ cookie, env: { API_KEYS } })).toMatchObject({ name: "ann" });
    const left = { API_KEYS: `bob:read:${second}` };
    expect(await whoAsks({ cookie, env: left })).toEqual(nobody);
    expect(await refusalOf(await visit("/v1/media", { cookie, env: left }))).toBe("401 invalid_api_key");
  });

  it("is over when the entry's KEY was rotated out, by the same NAME", async () => {
    const cookie = await signIn(first, { env: { API_KEYS: `ann:write:${first}` } });
    expect(await whoAsks({ cookie, env: { API_KEYS: `ann:write:${second}` } })).toEqual(nobody);
  });

  it("is over when another entry has taken its KEY", async () => {
    const cookie = await signIn(first, { env: { API_KEYS: `ann:write:${first}` } });
    expect(await whoAsks({ cookie, env: { API_KEYS: `bob:admin:${first}` } })).toEqual(nobody);
  });

  it("is over where no key is configured", async () => {
    const cookie = await signIn();
    expect(await whoAsks({ cookie, env: { API_KEYS: "" } })).toEqual(nobody);
  });

  it("keeps to its own entry while two have the same NAME", async () => {
    const env = { API_KEYS: `ann:read:${first},ann:admin:${second}` };
    const [before, after] = [await signIn(first, { env }), await signIn(second, { env })];
    expect(await whoAsks({ cookie: before, env })).toMatchObject({ name: "ann", scopes: ["read"] });
    expect(await whoAsks({ cookie: after, env })).toMatchObject({
      name: "ann",
      scopes: ["read", "write", "admin"],
    });
    const rotated = { API_KEYS: `ann:admin:${second}` };
    expect(await whoAsks({ cookie: before, env: rotated })).toEqual(nobody);
    expect(await whoAsks({ cookie: after, env: rotated })).toMatchObject({ name: "ann" });
  });

  it("has the scopes that the entry has now", async () => {
    const cookie = await signIn(first, { env: { API_KEYS: `ann:admin:${first}` } });
    const env = { API_KEYS: `ann:read:${first}` };
    expect(await whoAsks({ cookie, env })).toMatchObject({ scopes: ["read"] });
    const asked = { method: "POST", cookie, env, headers: ownPage };
    expect(await refusalOf(await visit("/v1/ingest", asked))).toBe("403 insufficient_scope");
  });
});

describe("a session of a signing secret", () => {
  const [older, newer, newest] = ["o".repeat(40), "n".repeat(40), "m".repeat(40)];

  function signedBy(secret: string, previous: string): Partial<Env> {
    const secrets = { SIGNING_SECRET: secret, SIGNING_SECRET_PREVIOUS: previous };
    return secrets;
  }

  it("lives on while that secret is the previous one", async () => {
    const cookie = await signIn(keys.read, { env: { SIGNING_SECRET: older } });
    const env = signedBy(newer, older);
    expect(await whoAsks({ cookie, env })).toMatchObject({ name: "reader", via: "session" });
  });

  it.each<[string, Partial<Env>]>([
    ["is forgotten", signedBy(newest, newer)],
    ["is the only one that is left, as the previous one", signedBy("", older)],
    ["is missing", { SIGNING_SECRET: "" }],
  ])("counts as none of ours once that secret %s", async (_what, env) => {
    const cookie = await signIn(keys.read, { env: { SIGNING_SECRET: older } });
    expect(await refusalOf(await visit("/v1/session", { cookie, env }))).toBe("401 invalid_api_key");
  });
});

describe("a session of one address", () => {
  const local = "http://localhost:8787";

  it("is nothing at another port of this machine, to which browsers send the cookie as well", async () => {
    const cookie = await signIn(keys.read, { at: local });
    expect(await whoAsks({ at: local, cookie })).toMatchObject({ name: "reader" });
    expect(await whoAsks({ at: "http://localhost:9999", cookie })).toEqual(nobody);
  });

  it("is nothing over http elsewhere, whatever the cookie is called", async () => {
    const value = (await signIn()).split("=")[1] ?? "";
    for (const name of ["__Host-tagline-session", "tagline-session-80", "tagline-session-8787"]) {
      const asked = { at: "http://photos.example", cookie: `${name}=${value}` };
      expect(await whoAsks(asked)).toEqual(nobody);
    }
  });

  it("is nothing over https by the name that it has on this machine, which other hosts could set", async () => {
    const value = (await signIn()).split("=")[1] ?? "";
    expect(await whoAsks({ at: home, cookie: `tagline-session-443=${value}` })).toEqual(nobody);
    expect(await whoAsks({ at: home, cookie: `__host-tagline-session=${value}` })).toEqual(nobody);
  });

  it("has nothing to do with cookies of other services", async () => {
    const cookie = await signIn();
    const others = Array.from({ length: 300 }, (_, index) => `other-${index}=__Host-tagline-session`);
    const all = [...others, "x__Host-tagline-session=x", cookie, "=", ";", "CF_Authorization=a.b.c"].join(
      "; ",
    );
    expect(await whoAsks({ cookie: all })).toMatchObject({ name: "writer" });
    expect(await whoAsks({ cookie: all.replace(cookie, "a=b") })).toEqual(nobody);
  });
});

it("a session and its key open the same, and a key counts before it", async () => {
  const cookie = await signIn(keys.admin);
  expect((await visit("/v1/ingest", { method: "POST", cookie, headers: ownPage })).status).toBe(202);
  const headers = { ...ownPage, ...withKey(keys.read) };
  const refused = await visit("/v1/ingest", { method: "POST", cookie, headers });
  expect(await refusalOf(refused)).toBe("403 insufficient_scope");
});
