import "../../support/setup.ts";

import { afterEach, describe, expect, it, vi } from "vitest";

import { toBase64Url } from "../../../src/core/text/encoding.ts";
import { problemOf, refusalOf } from "../../support/http/answers.ts";
import {
  accessEnv,
  behindAccess,
  nobody,
  ownPage,
  signIn,
  visit,
  whoAsks,
  withKey,
  type Visit,
} from "../../support/http/people.ts";
import { keys } from "../../support/keys.ts";
import { insertMedia } from "../../support/records/media.ts";

const team = accessEnv({ "@example.org": "read", "ann@example.org": "admin" });

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a person whom Access names", () => {
  it("is known by the address, with the scopes of the most specific entry", async () => {
    expect(await whoAsks({ access: behindAccess("ann@example.org"), env: team })).toEqual({
      name: "ann@example.org",
      scopes: ["read", "write", "admin"],
      via: "access",
      expires_at: null,
    });
    const bob = await whoAsks({ access: behindAccess("Bob@Example.org"), env: team });
    expect(bob).toMatchObject({ name: "bob@example.org", scopes: ["read"] });
  });

  it("reads what a key with these scopes reads, and is told so by GET /v1/about", async () => {
    const { id } = await insertMedia();
    const asked = { access: behindAccess("bob@example.org"), env: team };
    expect((await visit(`/v1/media/${id}`, asked)).status).toBe(200);
    expect(await (await visit("/v1/about", asked)).json()).toMatchObject({
      caller: { name: "bob@example.org", scopes: ["read"], via: "access" },
    });
  });

  it("writes nothing with the scope read", async () => {
    const { id } = await insertMedia();
    const asked = { access: behindAccess("bob@example.org"), env: team, headers: ownPage };
    const response = await visit(`/v1/media/${id}`, { ...asked, method: "DELETE" });
    const { status, code, detail } = await problemOf(response);
    expect({ status, code, detail }).toEqual({
      status: 403,
      code: "insufficient_scope",
      detail: 'This request needs the scope "write".',
    });
  });

  it("whom no entry matches is not permitted, wherever somebody is needed or who is asking is told", async () => {
    for (const email of ["eve@elsewhere.example", "ann@sub.example.org"]) {
      const asked = { access: behindAccess(email), env: team };
      for (const path of ["/v1/media", "/v1/session", "/v1/nowhere"])
        expect(await refusalOf(await visit(path, asked))).toBe("403 not_permitted");
      const write = { ...asked, method: "POST", headers: ownPage };
      expect(await refusalOf(await visit("/v1/session", write))).toBe("403 not_permitted");
      expect(await refusalOf(await visit("/mcp", { ...write, body: "{}" }))).toBe("403 not_permitted");
    }
  });

  it("whom no entry matches may sign in with a key, and sign out", async () => {
    const asked = { access: behindAccess("eve@elsewhere.example"), env: team };
    const cookie = await signIn(keys.read, asked);
    expect(await whoAsks({ ...asked, cookie })).toMatchObject({ name: "reader", via: "session" });
    expect((await visit("/v1/session", { ...asked, method: "DELETE" })).status).toBe(204);
  });

  it.each<[string, unknown]>([
    ["a service token", { aud: "a", getIdentity: async () => ({ common_name: "token.access" }) }],
    ["an identity that is not told", { aud: "a", getIdentity: async () => {} }],
    ["an address that is no text", behindAccess({ toString: () => "ann@example.org" })],
    ["an address of two", behindAccess(["ann@example.org"])],
    ["an empty address", behindAccess("")],
    ["an address in words", behindAccess("Ann <ann@example.org>")],
  ])("without an address matches nothing, not even *: %s", async (_what, access) => {
    const asked = { access, env: accessEnv({ "*": "admin" }) };
    expect(await refusalOf(await visit("/v1/media", asked))).toBe("403 not_permitted");
  });

  it("has no scope that others have, by any entry", async () => {
    const asked = { access: behindAccess("eve@elsewhere.example"), env: accessEnv({}) };
    expect(await refusalOf(await visit("/v1/media", asked))).toBe("403 not_permitted");
  });
});

describe("what counts for nothing", () => {
  const claims = {
    "Cf-Access-Authenticated-User-Email": "ann@example.org",
    "Cf-Access-Jwt-Assertion": tokenOf("ann@example.org"),
    "MF-Access-Blob": '{"app_aud":"a","jwt_claims":{"email":"ann@example.org"}}',
    Cookie: `CF_Authorization=${tokenOf("ann@example.org")}`,
  };

  it("are headers and cookies of Access that anybody can send", async () => {
    expect(await whoAsks({ headers: claims, env: team })).toEqual(nobody);
    expect(await refusalOf(await visit("/v1/media", { headers: claims, env: team }))).toBe(
      "401 invalid_api_key",
    );
    const asked = { headers: claims, env: team, access: behindAccess("bob@example.org") };
    expect(await whoAsks(asked)).toMatchObject({ name: "bob@example.org" });
  });

  it.each([null, "ann@example.org", {}, { aud: "a" }, { getIdentity: async () => ({}) }])(
    "is what is no context of Access: %j",
    async (access) => {
      expect(await whoAsks({ access, env: team })).toEqual(nobody);
    },
  );

  it.each(["", "not JSON", '{"@example.org":"raed"}'])(
    "is Access as a whole where ACCESS_SCOPES is %j, and the platform is not asked",
    async (ACCESS_SCOPES) => {
      vi.spyOn(console, "error").mockImplementation(() => {});
      const getIdentity = vi.fn<() => Promise<object>>(async () => ({ email: "ann@example.org" }));
      const asked = { access: { aud: "a", getIdentity }, env: { ACCESS_SCOPES } };
      expect(await whoAsks(asked)).toEqual(nobody);
      expect(await refusalOf(await visit("/v1/media", asked))).toBe("401 invalid_api_key");
      expect(getIdentity).not.toHaveBeenCalled();
    },
  );
});

describe("before Access counts", () => {
  const asksNobody: Visit = {
    access: { aud: "a", getIdentity: async () => Promise.reject(new Error("asked")) },
    env: team,
  };

  it("a key, a session and a link, and the platform is not asked", async () => {
    expect(await whoAsks({ ...asksNobody, headers: withKey(keys.read) })).toMatchObject({ via: "key" });
    const cookie = await signIn();
    expect(await whoAsks({ ...asksNobody, cookie })).toMatchObject({ name: "writer", via: "session" });
    const link = `/v1/media?signature=${"A".repeat(22)}`;
    expect(await refusalOf(await visit(link, asksNobody))).toBe("403 invalid_signature");
  });

  it("a wrong key and an altered session, which are refused", async () => {
    const wrong = { ...asksNobody, headers: withKey("x".repeat(40)) };
    expect(await refusalOf(await visit("/v1/media", wrong))).toBe("401 invalid_api_key");
    const altered = { ...asksNobody, cookie: "__Host-tagline-session=junk" };
    expect(await refusalOf(await visit("/v1/media", altered))).toBe("401 invalid_api_key");
  });

  it("but no session that is over", async () => {
    const cookie = await signIn();
    const env = { ...team, API_KEYS: `other:read:${"k".repeat(40)}` };
    const asked = { cookie, env, access: behindAccess("bob@example.org") };
    expect(await whoAsks(asked)).toMatchObject({ name: "bob@example.org", via: "access" });
  });

  it("of two scopes that of the key counts, also where it is less", async () => {
    const asked = { access: behindAccess("ann@example.org"), env: team, headers: withKey(keys.read) };
    const response = await visit("/v1/ingest", { ...asked, method: "POST" });
    expect(await refusalOf(response)).toBe("403 insufficient_scope");
  });
});

/** A token in the form of those of Access, which nobody has signed. */
function tokenOf(email: unknown, more: object = {}): string {
  const part = (value: unknown): string => toBase64Url(new TextEncoder().encode(JSON.stringify(value)));
  return [part({ alg: "RS256" }), part({ email, ...more }), "c2lnbmF0dXJl"].join(".");
}

/** Somebody behind Access, whose identity counts how often the platform was asked for it. */
function counting(email: string) {
  const getIdentity = vi.fn<() => Promise<object>>(async () => ({ email }));
  return { access: { aud: "photos", getIdentity }, asked: () => getIdentity.mock.calls.length };
}

let tokens = 0;

/** A token that no other test has. */
function freshToken(email: string): string {
  tokens += 1;
  return tokenOf(email, { nonce: tokens });
}

describe("what is kept of a person", () => {
  const withToken = (token: string): Visit => ({ headers: { "Cf-Access-Jwt-Assertion": token }, env: team });

  it("is the address, for a minute, under the token that Access has put onto the request", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const ann = counting("ann@example.org");
    const asked = { ...withToken(freshToken("ann@example.org")), access: ann.access };
    for (let count = 0; count < 3; count += 1)
      expect(await whoAsks(asked)).toMatchObject({ name: "ann@example.org" });
    expect(ann.asked()).toBe(1);
    vi.setSystemTime(Date.now() + 60_000);
    expect(await whoAsks(asked)).toMatchObject({ name: "ann@example.org" });
    expect(ann.asked()).toBe(2);
  });

  it("is nothing but the address: scopes are those of this moment", async () => {
    const ann = counting("ann@example.org");
    const asked = { ...withToken(freshToken("ann@example.org")), access: ann.access };
    expect(await whoAsks(asked)).toMatchObject({ scopes: ["read", "write", "admin"] });
    const env = accessEnv({ "*": "read" });
    expect(await whoAsks({ ...asked, env })).toMatchObject({ scopes: ["read"] });
    const none = { ...asked, env: accessEnv({ "@elsewhere.example": "read" }) };
    expect(await refusalOf(await visit("/v1/media", none))).toBe("403 not_permitted");
    expect(ann.asked()).toBe(1);
  });

  it("is nothing without a token, nor under the cookie of Access, which other hosts can set", async () => {
    const ann = counting("ann@example.org");
    const cookie = `CF_Authorization=${freshToken("ann@example.org")}`;
    for (const asked of [{}, { cookie }])
      for (let count = 0; count < 2; count += 1) await whoAsks({ ...asked, env: team, access: ann.access });
    expect(ann.asked()).toBe(4);
  });

  it("helps nobody who has not come through Access, whatever token they send", async () => {
    const token = freshToken("ann@example.org");
    await whoAsks({ ...withToken(token), access: behindAccess("ann@example.org") });
    expect(await whoAsks(withToken(token))).toEqual(nobody);
  });

  it("is not given to another person who sends a token that claims to be of somebody", async () => {
    await whoAsks({ ...withToken(freshToken("ann@example.org")), access: behindAccess("ann@example.org") });
    const asked = { ...withToken(freshToken("ann@example.org")), access: behindAccess("bob@example.org") };
    for (let count = 0; count < 2; count += 1)
      expect(await whoAsks(asked)).toMatchObject({ name: "bob@example.org" });
  });

  it("is never kept under a token of somebody else", async () => {
    const token = freshToken("ann@example.org");
    await whoAsks({ ...withToken(token), access: behindAccess("bob@example.org") });
    const ann = { ...withToken(token), access: behindAccess("ann@example.org") };
    expect(await whoAsks(ann)).toMatchObject({ name: "ann@example.org" });
  });

  it("is not of another application by the same token", async () => {
    const token = freshToken("ann@example.org");
    await whoAsks({ ...withToken(token), access: behindAccess("ann@example.org", "photos") });
    const other = { ...withToken(token), access: behindAccess("bob@example.org", "wiki") };
    expect(await whoAsks(other)).toMatchObject({ name: "bob@example.org" });
  });

  it.each([
    ["an empty header", ""],
    ["a word", "x"],
    ["two parts", "a.b"],
    ["no base64url", "a.!!.c"],
    ["no JSON", `a.${toBase64Url(new TextEncoder().encode("{"))}.c`],
    ["a claim that is no text", tokenOf(7)],
    ["one that is too long", tokenOf("ann@example.org", { pad: "x".repeat(8192) })],
  ])("is nothing under what is no token: %s", async (_what, token) => {
    const ann = counting("ann@example.org");
    for (let count = 0; count < 2; count += 1)
      expect(await whoAsks({ ...withToken(token), access: ann.access })).toMatchObject({ via: "access" });
    expect(ann.asked()).toBe(2);
  });
});

describe("a platform that does not tell who is asking", () => {
  const failing = { aud: "a", getIdentity: async () => Promise.reject(new Error("identity: internal")) };

  it.each(["/v1/media", "/v1/session"])(
    "has the request come again, and the log tells why: %s",
    async (path) => {
      const error = vi.spyOn(console, "error").mockImplementation(() => {});
      const response = await visit(path, { access: failing, env: team });
      expect(response.headers.get("Retry-After")).toBe("2");
      expect(await refusalOf(response)).toBe("503 busy");
      expect(error.mock.calls.join()).toContain("identity: internal");
    },
  );

  it("keeps nobody away who has a key or a session", async () => {
    const cookie = await signIn();
    expect(await whoAsks({ access: failing, env: team, cookie })).toMatchObject({ via: "session" });
  });

  it("by never answering is given up after two seconds", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const silent = { aud: "a", getIdentity: async () => new Promise(() => {}) };
    const answer = visit("/v1/media", { access: silent, env: team });
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    await vi.advanceTimersByTimeAsync(2000);
    expect(await refusalOf(await answer)).toBe("503 busy");
  });
});

it("an ACCESS_SCOPES that does not fit is named by /health and in the log without its content", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  const env = { ACCESS_SCOPES: '{"ann@example.org":"raed"}' };
  const sentence = "ACCESS_SCOPES entry 1 is not valid, so the service knows nobody by Access.";
  const response = await visit("/health", { env });
  expect(await response.json()).toMatchObject({ status: "degraded", problems: [sentence] });
  expect(error.mock.calls.join()).toContain(sentence);
  expect(error.mock.calls.join()).not.toContain("ann@example.org");
});
