import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { emailAddress, readAccessScopes, scopesOfPerson } from "../../src/config/access.ts";
import { readConfig } from "../../src/config/config.ts";

const complete = { API_KEYS: `a:read:${"k".repeat(32)}`, SIGNING_SECRET: "s".repeat(32) };

/** What an address may do by a value of `ACCESS_SCOPES`, the widest scope; null for nothing. */
function may(value: string | object, email: string): string | null {
  const problems: string[] = [];
  const ACCESS_SCOPES = typeof value === "string" ? value : JSON.stringify(value);
  const known = readAccessScopes({ ACCESS_SCOPES }, (problem) => void problems.push(problem));
  expect(problems).toEqual([]);
  const address = emailAddress.safeParse(email);
  if (known === null || !address.success) return null;
  return [...(scopesOfPerson(known, address.data) ?? [])].at(-1) ?? null;
}

/** What is reported of a value; fails if Access counts all the same. */
function reported(ACCESS_SCOPES: unknown): readonly string[] {
  const { accessScopes, problems } = readConfig({ ...complete, ACCESS_SCOPES });
  expect(accessScopes).toBeNull();
  return problems;
}

describe("ACCESS_SCOPES", () => {
  const team = {
    "@example.org": "write",
    "ann@example.org": "admin",
    "bob@example.org": "read",
    "*": "read",
  };

  it.each([
    ["ann@example.org", "admin"],
    ["bob@example.org", "read"],
    ["carla@example.org", "write"],
    ["dora@elsewhere.example", "read"],
  ])("lets the most specific entry count: %s", (email, scope) => {
    expect(may(team, email)).toBe(scope);
  });

  it.each([
    "ann@sub.example.org",
    "ann@example.org.evil.example",
    "ann@notexample.org",
    "ann@example.or",
    "ann@example.org.",
    "example.org",
    "@example.org",
    "ann@",
  ])("has nothing for %s by a domain that is another", (email) => {
    expect(may({ "@example.org": "write" }, email)).toBeNull();
  });

  it("compares addresses and domains without the case of their letters, on both sides", () => {
    expect(may({ "Ann@Example.ORG": "admin" }, "aNN@eXAMPLE.org")).toBe("admin");
    expect(may({ "@Example.ORG": "write" }, "ann@EXAMPLE.org")).toBe("write");
  });

  it.each([
    ["the Kelvin sign", "\u212Aate@example.org"],
    ["a Cyrillic a", "k\u0430te@example.org"],
    ["a long s", "kate@example.org".replace("e@", "e\u017F@")],
    ["a full-width letter", "\uFF4Bate@example.org"],
    ["a Cyrillic e in the domain", "kate@\u0435xample.org"],
    ["a dot of another script", "kate@example\u3002org"],
    ["a full-width at", "kate\uFF20example.org"],
    ["a letter with a separate accent", "kat\u0065\u0301@example.org"],
  ])("takes no look-alike for an address: %s", (_what, email) => {
    const strict = { "kate@example.org": "admin", "katé@example.org": "admin", "@example.org": "read" };
    expect(["read", null]).toContain(may(strict, email));
  });

  it.each([
    ["two at signs", "ann@example.org@evil.example"],
    ["two at signs, ours last", "ann@evil.example@example.org"],
    ["a quoted at sign", '"ann@evil.example"@example.org'],
    ["a blank", "ann @example.org"],
    ["a blank at the end", "ann@example.org "],
    ["a line feed", "ann@example.org\nx"],
    ["a zero", "ann@example.org\u0000"],
    ["a character that nobody sees", "ann\u200B@example.org"],
    ["a mark that turns the text", "\u202Eann@example.org"],
    ["more than 320 characters", `${"a".repeat(320)}@example.org`],
    ["nothing", ""],
  ])("has nothing for what is no address, not even by *: %s", (_what, email) => {
    expect(may({ "*": "admin", "@example.org": "admin" }, email)).toBeNull();
  });

  it.each([
    ["read", ["read"]],
    ["write", ["read", "write"]],
    ["read+admin", ["read", "write", "admin"]],
  ])("takes scopes as API_KEYS has them: %s", (scopes, granted) => {
    const { accessScopes } = readConfig({ ...complete, ACCESS_SCOPES: JSON.stringify({ "*": scopes }) });
    expect(accessScopes?.get("*")).toEqual(new Set(granted));
  });

  it.each([undefined, "", "   ", 7, {}])("counts for nothing where it is empty: %j", (value) => {
    expect(reported(value)).toEqual([]);
  });

  it("permits nobody where it is an object without entries", () => {
    const { accessScopes, problems } = readConfig({ ...complete, ACCESS_SCOPES: "{}" });
    expect({ entries: accessScopes?.size, problems }).toEqual({ entries: 0, problems: [] });
  });

  it.each(["{", "[]", "null", "7", '"admin"', "*", "ann@example.org:admin"])(
    "that is no JSON object counts for nothing, and is reported by one sentence: %s",
    (value) => {
      expect(reported(value)).toEqual([expect.stringMatching(/^ACCESS_SCOPES must be a JSON object /)]);
    },
  );

  it.each<[string, object]>([
    ["an unknown scope", { "@example.org": "write", "ann@example.org": "raed" }],
    ["no scope", { "@example.org": "write", "ann@example.org": "" }],
    ["scopes that are no text", { "@example.org": "write", "ann@example.org": ["read"] }],
    ["a scope that is null", { "@example.org": "write", "ann@example.org": null }],
    ["a domain without its @", { "@example.org": "write", "example.org": "read" }],
    ["an @ alone", { "@example.org": "write", "@": "read" }],
    ["a domain with two", { "@example.org": "write", "@a@b": "read" }],
    ["a pattern", { "@example.org": "write", "* ": "read" }],
    ["an address twice, in another case", { "ann@example.org": "write", "ANN@example.org": "read" }],
    ["a domain twice, in another case", { "@example.org": "write", "@EXAMPLE.org": "read" }],
    ["an empty name", { "@example.org": "write", "": "read" }],
  ])("counts for nothing as a whole where one entry does not fit: %s", (_what, value) => {
    const problems = reported(JSON.stringify(value));
    expect(problems).toEqual(["ACCESS_SCOPES entry 2 is not valid, so the service knows nobody by Access."]);
  });

  it("is never repeated in what is reported", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, maxLength: 40 }), fc.string({ minLength: 4 }), (who, what) => {
        const secret = `${who}-secret`;
        for (const value of [secret, JSON.stringify({ [secret]: what }), JSON.stringify({ "*": secret })])
          for (const problem of readConfig({ ...complete, ACCESS_SCOPES: value }).problems)
            expect(problem).not.toContain(secret);
      }),
    );
  });
});
