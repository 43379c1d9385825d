import { describe, expect, test } from "vitest";

import type { DeployConfig, Section } from "../../../scripts/deploy/config.ts";
import { databaseProblems, environmentProblems } from "../../../scripts/deploy/environment.ts";

/** What is wrong with the environment `staging` beside this production. */
function problemsOf(production: DeployConfig, staging: Section): string[] {
  const told = "[env.staging] of wrangler.toml has ";
  return environmentProblems({ ...production, env: { staging } }, "staging", "wrangler.toml").map((problem) =>
    problem.replace(told, ""),
  );
}

const inherits = "which no environment inherits.";

describe("an environment", () => {
  test("of a Worker without bindings needs none", () => {
    expect(problemsOf({ name: "tagline" }, {})).toEqual([]);
  });

  test("has to have each table that production has, one without entries too", () => {
    const production = { queues: {}, durable_objects: {}, vars: { COMMIT: "" } };
    expect(problemsOf(production, {})).toEqual([`no durable_objects, ${inherits}`, `no queues, ${inherits}`]);
    expect(problemsOf(production, { queues: {}, durable_objects: {} })).toEqual([]);
  });

  test("without the consumers of production is deaf", () => {
    const consumers = [{ queue: "work" }];
    expect(problemsOf({ queues: { consumers } }, { queues: { producers: [] } })).toEqual([
      `no queues.consumers, ${inherits}`,
    ]);
  });

  test("may have a name and objects of its own", () => {
    const bindings = [{ name: "INDEX", script_name: "tagline-staging" }];
    const own = { name: "tagline-staging", durable_objects: { bindings } };
    const production = { name: "tagline", durable_objects: { bindings: [{ name: "INDEX" }] } };
    expect(problemsOf(production, own)).toEqual([]);
  });

  test("may not have a database of production under its name alone", () => {
    const databases = (id: string) => [{ binding: "DB", database_name: "photos", database_id: id }];
    expect(problemsOf({ d1_databases: databases("a") }, { d1_databases: databases("b") })).toEqual([
      "production's own database photos.",
    ]);
  });

  test("shares nothing with production by what neither names, nor by an id of zeros", () => {
    const section = {
      d1_databases: [{ binding: "DB", database_id: "00000000-0000-0000-0000-000000000000" }],
      r2_buckets: [{ binding: "BUCKET" }],
    };
    expect(problemsOf(section, section)).toEqual([]);
  });
});

test("whoever has no database is asked for none", () => {
  expect(databaseProblems({}, "wrangler.toml")).toEqual([]);
});
