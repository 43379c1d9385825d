import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unlimitedConfig } from "../../bench/support/config.ts";
import { projectRoot } from "../../scripts/wrangler.ts";

/** What every 429 says in `Retry-After`; test/http/rules/rate-limits.test.ts sees to that. */
const periodSeconds = 60;

const config = (name: string): string => readFileSync(join(projectRoot, name), "utf8");

/** The limits of a configuration: how many by name, and the periods. */
function limitsOf(text: string): [string, number, number][] {
  const entry =
    /^\[\[ratelimits\]\]\nname = "(\w+)"\nnamespace_id = "\d+"\nsimple = \{ limit = (\d+), period = (\d+) \}$/gm;
  return [...text.matchAll(entry)].map(([, name = "", limit, period]) => [
    name,
    Number(limit),
    Number(period),
  ]);
}

test("the limits are those that clients are promised, by the period that the code tells them", () => {
  expect(limitsOf(config("wrangler.toml"))).toEqual([
    ["READ_LIMIT", 3000, periodSeconds],
    ["WRITE_LIMIT", 1200, periodSeconds],
    ["AUTH_LIMIT", 60, periodSeconds],
    ["THUMBNAIL_LIMIT", 30_000, periodSeconds],
  ]);
});

test("measurements run with the service's own configuration, without limits", () => {
  const text = config(unlimitedConfig());
  expect(text).not.toContain("ratelimits");
  expect(text.split("\n").filter((line) => !config("wrangler.toml").split("\n").includes(line))).toEqual([]);
  expect(text).toContain("[[durable_objects.bindings]]");
});
