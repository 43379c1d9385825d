import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { readConfig } from "../../src/config/config.ts";
import { keys } from "../support/keys.ts";

/** Tests bring these beside what the Worker reads. */
const forTests = /^(?:TEST_|FUZZ_|__VITEST_)/;

test("tests see their own settings and nothing of who runs them", () => {
  const names = Object.entries({ ...env }).flatMap(([name, value]) =>
    typeof value === "string" && !forTests.test(name) ? [name] : [],
  );
  expect(names.toSorted()).toEqual([
    "ACCESS_SCOPES",
    "API_KEYS",
    "CORS_ALLOWED_ORIGINS",
    "LOG_LEVEL",
    "MAX_PIXELS",
    "MAX_PROCESS_BYTES",
    "MAX_UPLOAD_BYTES",
    "SIGNING_SECRET",
    "STORAGE_PROVIDERS",
    "TRASH_DAYS",
  ]);
  expect(env.LOG_LEVEL).toBe("info");
  const { apiKeys, providers, problems } = readConfig({ ...env });
  expect(apiKeys.map(({ key }) => key)).toEqual(Object.values(keys));
  expect(providers.map(({ name, type }) => [name, type])).toEqual([["r2", "r2"]]);
  expect(problems).toEqual([]);
});
