import { expect, test } from "vitest";
import { adminKeyOf, keyLines } from "../../../scripts/start/keys.ts";

const [one, two] = ["1".repeat(32), "2".repeat(40)];

test.each([
  [`a:read:${one},b:write+admin:${two}`, two],
  [` a:admin:has:colons:${one} `, `has:colons:${one}`],
  [`a:read:${one}`, undefined],
  // The service takes none of these either.
  ["a:admin:too-short", undefined],
  [`A_B:admin:${one}`, undefined],
  [`a:admin+root:${one}`, undefined],
  [`a:read:${one},b:admin:${one}`, undefined],
  ["nonsense", undefined],
  ["", undefined],
])("the admin key of %j is %j", (apiKeys, key) => {
  expect(adminKeyOf(apiKeys)).toBe(key);
});

test("the keys are listed by name, scope and key, and what is none is told by its place alone", () => {
  expect(keyLines(`viewer:read:${one},me:write+admin:${two},x:admin:secret`)).toEqual([
    `viewer  read   ${one}`,
    `me      admin  ${two}`,
    "API_KEYS entry 3 does not have the form NAME:SCOPES:KEY and is ignored.",
  ]);
});

test("that there is no key is said", () => {
  expect(keyLines("")).toEqual(["API_KEYS holds no valid key, so the service refuses every /v1 request."]);
});
