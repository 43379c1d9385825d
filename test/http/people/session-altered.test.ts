import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sign } from "../../../src/core/signing.ts";
import { problemOf, refusalOf } from "../../support/http/answers.ts";
import { nobody, signIn, visit, whoAsks, withKey, type Visit } from "../../support/http/people.ts";
import { keys } from "../../support/keys.ts";
import { noted } from "../../support/limits.ts";

const cookieName = "__Host-tagline-session";

/** The value of a cookie of ours. */
async function valueOf(key: string = keys.read): Promise<string> {
  return (await signIn(key)).slice(cookieName.length + 1);
}

const refused = "401 invalid_api_key";

/** One of the characters of a text. */
function oneOf(characters: string): fc.Arbitrary<string> {
  return fc.constantFrom(...characters.split(""));
}

async function refusal(value: string): Promise<string> {
  return refusalOf(await visit("/v1/session", { cookie: `${cookieName}=${value}` }));
}

/** What a request has counted. */
async function counted(asked: Visit): Promise<string[]> {
  const notes: string[] = [];
  const names = ["READ_LIMIT", "WRITE_LIMIT", "AUTH_LIMIT", "THUMBNAIL_LIMIT"] as const;
  const bindings = Object.fromEntries(names.map((name) => [name, noted(env[name], notes, name)]));
  const headers = new Headers(asked.headers);
  headers.set("CF-Connecting-IP", "192.0.2.7");
  const response = await visit("/v1/media", { ...asked, headers, env: { ...asked.env, ...bindings } });
  return [String(response.status), ...notes];
}

describe("a session that was altered", () => {
  it("in any character is refused", async () => {
    const value = await valueOf();
    await fc.assert(
      fc.asyncProperty(fc.nat(value.length - 1), oneOf('AZaz09-_.=%+ "'), async (place, character) => {
        fc.pre(value[place] !== character);
        expect(await refusal(value.slice(0, place) + character + value.slice(place + 1))).toBe(refused);
      }),
      { numRuns: 150 },
    );
  });

  it("by taking a part away, or giving it one more, is refused", async () => {
    const value = await valueOf();
    const parts = value.split(".");
    const without = parts.map((_, index) => parts.filter((_each, other) => other !== index).join("."));
    for (const each of [
      ...without,
      "",
      ".",
      "...",
      `${value}.x`,
      `${value}.`,
      value.slice(1),
      value.slice(0, -1),
    ])
      expect(await refusal(each)).toBe(refused);
  });

  it("with a part of another session is refused", async () => {
    const [mine, others] = [(await valueOf()).split("."), (await valueOf(keys.admin)).split(".")];
    for (const [index, part] of others.entries()) {
      if (part === mine[index]) continue;
      expect(await refusal(mine.map((own, place) => (place === index ? part : own)).join("."))).toBe(refused);
    }
  });

  it("is refused whatever it holds instead", async () => {
    const text = fc.string({ unit: oneOf("abcAZ019-_.=%\"'(){}[]<>@:/\\?~"), maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect(await refusal(value)).toBe(refused);
      }),
      { numRuns: 100 },
    );
  });

  it("is refused if it is signed by us for something else", async () => {
    const [name, digest, end] = (await valueOf()).split(".");
    const text = `${name}.${digest}.${end}`;
    for (const purpose of ["link", "cursor", "session-key", "agent-change"])
      expect(await refusal(`${text}.${await sign([env.SIGNING_SECRET], purpose, text)}`)).toBe(refused);
    expect(await refusal(`${text}.${await sign(["x".repeat(40)], "session", text)}`)).toBe(refused);
  });

  it("says so where somebody is needed", async () => {
    const { detail } = await problemOf(await visit("/v1/media", { cookie: `${cookieName}=junk` }));
    expect(detail).toContain("not one that this service has made");
  });

  it("of 64 KiB is refused", async () => {
    expect(await refusal("a".repeat(65_536))).toBe(refused);
    expect(await refusal("a.".repeat(32_768))).toBe(refused);
  });
});

describe("two cookies of the name", () => {
  it("count for none, in any order, since somebody else has set one of them", async () => {
    const [mine, others] = [await signIn(keys.read), await signIn(keys.admin)];
    for (const cookie of [
      `${mine}; ${others}`,
      `${others}; ${mine}`,
      `${mine}; ${mine}`,
      `${cookieName}=; ${mine}`,
    ]) {
      expect(await refusalOf(await visit("/v1/session", { cookie }))).toBe(refused);
      expect(await refusalOf(await visit("/v1/media", { cookie }))).toBe(refused);
    }
  });
});

describe("what is counted", () => {
  it("for an altered session is a failed authentication", async () => {
    const cookie = `${cookieName}=${(await valueOf()).replace(/.$/, "!")}`;
    expect(await counted({ cookie })).toEqual(["401", "AUTH_LIMIT address:192.0.2.7"]);
  });

  it("for a session of a key that is gone is a read of the address", async () => {
    const cookie = await signIn();
    const API_KEYS = `other:read:${"k".repeat(40)}`;
    expect(await counted({ cookie, env: { API_KEYS } })).toEqual(["401", "READ_LIMIT address:192.0.2.7"]);
  });

  it("for a session that holds is a read of its key", async () => {
    expect(await counted({ cookie: await signIn() })).toEqual(["200", "READ_LIMIT key:writer"]);
  });

  it("for credentials of another scheme is a read of the address, as for none", async () => {
    for (const Authorization of ["Basic YW5uOnNlY3JldA==", "Bearer", "Bearer ", "Bearerx", "Digest x", ""])
      expect(await counted({ headers: { Authorization } })).toEqual(["401", "READ_LIMIT address:192.0.2.7"]);
    expect(await counted({ headers: { "X-API-Key": " " } })).toEqual(["401", "READ_LIMIT address:192.0.2.7"]);
    expect(await counted({})).toEqual(["401", "READ_LIMIT address:192.0.2.7"]);
  });

  it.each(["bearer x y", "Bearer x", "BEARER  x", `Bearer ${"x".repeat(5000)}`])(
    "for the token %j is a failed authentication",
    async (Authorization) => {
      expect(await counted({ headers: { Authorization } })).toEqual(["401", "AUTH_LIMIT address:192.0.2.7"]);
    },
  );
});

it("credentials of another scheme, as a proxy on the way may want them, leave a session as it is", async () => {
  const cookie = await signIn();
  expect(await whoAsks({ cookie, headers: { Authorization: "Basic x" } })).toMatchObject({ via: "session" });
  expect(await whoAsks({ headers: { Authorization: "Basic x" } })).toEqual(nobody);
});

it("an empty key is none, as the page at /docs sends it, and leaves a session as it is", async () => {
  const cookie = await signIn();
  for (const headers of [withKey(""), { Authorization: "Bearer " }])
    expect(await whoAsks({ cookie, headers })).toMatchObject({ via: "session" });
  const headers = { ...withKey(""), Authorization: `Bearer ${keys.read}` };
  expect(await whoAsks({ cookie, headers })).toMatchObject({ name: "reader", via: "key" });
});

it("a session in any header but Cookie is nothing", async () => {
  const value = await valueOf();
  expect(await whoAsks({ headers: { "X-Session": value, "Set-Cookie": `${cookieName}=${value}` } })).toEqual(
    nobody,
  );
  const response = await visit("/v1/session", { headers: withKey(value) });
  expect(await refusalOf(response)).toBe(refused);
});
