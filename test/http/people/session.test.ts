import "../../support/setup.ts";

import { describe, expect, it, vi, afterEach } from "vitest";

import { problemOf, refusalOf } from "../../support/http/answers.ts";
import {
  cookieOf,
  home,
  nobody,
  ownPage,
  signIn,
  visit,
  whoAsks,
  withKey,
} from "../../support/http/people.ts";
import { keys } from "../../support/keys.ts";

const noon = Date.parse("2026-11-22T12:00:00.000Z");

afterEach(() => vi.useRealTimers());

/** The attributes of the cookie that signing in at an origin sets, and its name. */
async function attributesAt(at: string): Promise<string[]> {
  const response = await visit("/v1/session", { at, method: "POST", headers: withKey(keys.read) });
  expect(response.status).toBe(200);
  const [pair = "", ...attributes] = (response.headers.get("Set-Cookie") ?? "").split("; ");
  return [pair.slice(0, pair.indexOf("=")), ...attributes.toSorted()];
}

describe("signing in", () => {
  it("tells who has signed in, with which scopes, and until when", async () => {
    vi.useFakeTimers({ now: noon, toFake: ["Date"] });
    const response = await visit("/v1/session", { method: "POST", headers: withKey(keys.write) });
    expect(response.status).toBe(200);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(await response.json()).toEqual({
      name: "writer",
      scopes: ["read", "write"],
      via: "session",
      expires_at: "2026-11-23T00:00:00.000Z",
    });
  });

  it("takes the key as a token, too", async () => {
    const headers = { Authorization: `Bearer ${keys.admin}` };
    const cookie = cookieOf(await visit("/v1/session", { method: "POST", headers }));
    expect(await whoAsks({ cookie })).toMatchObject({ name: "admin", via: "session" });
  });

  it("sets a cookie over https that other hosts of the domain cannot set, and no script can read", async () => {
    const expected = ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=Strict", "Secure"];
    expect(await attributesAt(home)).toEqual(["__Host-tagline-session", ...expected]);
    expect(await attributesAt("https://photos.example:8443")).toEqual([
      "__Host-tagline-session",
      ...expected,
    ]);
  });

  it.each([
    ["http://localhost:8787", "tagline-session-8787"],
    ["http://localhost", "tagline-session-80"],
    ["http://127.0.0.1:3000", "tagline-session-3000"],
    ["http://127.1.2.3:3000", "tagline-session-3000"],
    ["http://[::1]:8787", "tagline-session-8787"],
  ])("sets a cookie of its own port over http at %s", async (at, name) => {
    const expected = ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=Strict"];
    expect(await attributesAt(at)).toEqual([name, ...expected]);
  });

  it.each([
    "http://photos.example",
    "http://192.168.1.5:8787",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example",
    "http://[::2]:8787",
  ])("is refused over http at %s, and the refusal says why", async (at) => {
    const response = await visit("/v1/session", { at, method: "POST", headers: withKey(keys.read) });
    expect(response.headers.get("Set-Cookie")).toBeNull();
    const { status, code, detail } = await problemOf(response);
    expect({ status, code }).toEqual({ status: 422, code: "validation_error" });
    expect(detail).toContain("https only");
  });

  it("puts neither the key nor its scopes into the cookie", async () => {
    const cookie = await signIn(keys.admin);
    expect(cookie).toMatch(/^__Host-tagline-session=admin\.[\w-]{22}\.\d{10}\.[\w-]{22}$/);
    expect(cookie).not.toContain(keys.admin);
  });

  it("needs a key: nobody, a session and Access make no session", async () => {
    const cookie = await signIn();
    for (const asked of [
      {},
      { cookie, headers: ownPage },
      {
        access: { aud: "a", getIdentity: async () => ({ email: "ann@example.org" }) },
        env: { ACCESS_SCOPES: '{"*":"admin"}' },
        headers: ownPage,
      },
    ]) {
      const response = await visit("/v1/session", { ...asked, method: "POST" });
      expect(await refusalOf(response)).toBe("401 invalid_api_key");
      expect(response.headers.get("Set-Cookie")).toBeNull();
    }
  });

  it("is refused with a wrong key, and leaves the session that there was", async () => {
    const cookie = await signIn();
    const headers = { ...ownPage, ...withKey("x".repeat(40)) };
    const response = await visit("/v1/session", { method: "POST", cookie, headers });
    expect(await refusalOf(response)).toBe("401 invalid_api_key");
    expect(response.headers.get("Set-Cookie")).toBeNull();
    expect(await whoAsks({ cookie })).toMatchObject({ name: "writer" });
  });

  it("cannot be done where nothing is signed", async () => {
    const asked = { method: "POST", headers: withKey(keys.read), env: { SIGNING_SECRET: "" } };
    expect(await refusalOf(await visit("/v1/session", asked))).toBe("500 internal_error");
  });

  it("a second time begins another session, and the first goes on", async () => {
    vi.useFakeTimers({ now: noon, toFake: ["Date"] });
    const first = await signIn();
    vi.setSystemTime(noon + 60_000);
    const second = await signIn(keys.write, { cookie: first });
    expect(await whoAsks({ cookie: first })).toMatchObject({ expires_at: "2026-11-23T00:00:00.000Z" });
    expect(await whoAsks({ cookie: second })).toMatchObject({ expires_at: "2026-11-23T00:01:00.000Z" });
  });
});

describe("GET /v1/session", () => {
  it("tells the holder of a key, a session, and nobody who is asking", async () => {
    vi.useFakeTimers({ now: noon, toFake: ["Date"] });
    expect(await whoAsks({ headers: withKey(keys.admin) })).toEqual({
      name: "admin",
      scopes: ["read", "write", "admin"],
      via: "key",
      expires_at: null,
    });
    expect(await whoAsks({ cookie: await signIn(keys.read) })).toEqual({
      name: "reader",
      scopes: ["read"],
      via: "session",
      expires_at: "2026-11-23T00:00:00.000Z",
    });
    expect(await whoAsks()).toEqual(nobody);
  });

  it("is not to be kept", async () => {
    for (const asked of [{}, { headers: withKey(keys.read) }]) {
      const { headers } = await visit("/v1/session", asked);
      expect(headers.get("Cache-Control")).toBe("no-store");
    }
  });

  it("is refused with a wrong key, also beside a session that holds", async () => {
    const headers = withKey("x".repeat(40));
    expect(await refusalOf(await visit("/v1/session", { headers }))).toBe("401 invalid_api_key");
    const cookie = await signIn();
    expect(await refusalOf(await visit("/v1/session", { headers, cookie }))).toBe("401 invalid_api_key");
  });

  it("is refused to a link that was made for something else", async () => {
    const forged = `/v1/session?expires=9999999999&signature=${"A".repeat(22)}`;
    expect(await refusalOf(await visit(forged))).toBe("403 invalid_signature");
  });
});

describe("signing out", () => {
  const gone = "__Host-tagline-session=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict";

  it("takes the cookie away, twice as well, and has the browser forget what it keeps", async () => {
    const cookie = await signIn();
    for (const asked of [{ cookie, headers: ownPage }, {}]) {
      const response = await visit("/v1/session", { ...asked, method: "DELETE" });
      expect(response.status).toBe(204);
      expect(response.headers.get("Set-Cookie")).toBe(gone);
      expect(response.headers.get("Clear-Site-Data")).toBe('"cache"');
      expect(response.headers.get("Cache-Control")).toBe("no-store");
    }
  });

  it("takes the cookie of this port away over http on this machine, and sets none elsewhere", async () => {
    const local = await visit("/v1/session", { at: "http://localhost:8787", method: "DELETE" });
    expect(local.headers.get("Set-Cookie")).toMatch(
      /^tagline-session-8787=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const elsewhere = await visit("/v1/session", { at: "http://photos.example", method: "DELETE" });
    expect([elsewhere.status, elsewhere.headers.get("Set-Cookie")]).toEqual([204, null]);
  });

  it("takes away a cookie that is over, and one that is not ours", async () => {
    vi.useFakeTimers({ now: noon, toFake: ["Date"] });
    const cookie = await signIn();
    vi.setSystemTime(noon + 13 * 3_600_000);
    for (const each of [cookie, "__Host-tagline-session=junk"]) {
      const response = await visit("/v1/session", { method: "DELETE", cookie: each });
      expect([response.status, response.headers.get("Set-Cookie")]).toEqual([204, gone]);
    }
  });

  it("is done with a key, too, and refused with a wrong one", async () => {
    const asked = { method: "DELETE", headers: withKey(keys.read) };
    expect((await visit("/v1/session", asked)).status).toBe(204);
    const wrong = { method: "DELETE", headers: withKey("x".repeat(40)) };
    expect(await refusalOf(await visit("/v1/session", wrong))).toBe("401 invalid_api_key");
  });

  it("leaves a copy of the cookie alive until its time is over", async () => {
    const cookie = await signIn();
    await visit("/v1/session", { method: "DELETE", cookie, headers: ownPage });
    expect(await whoAsks({ cookie })).toMatchObject({ via: "session" });
  });
});
