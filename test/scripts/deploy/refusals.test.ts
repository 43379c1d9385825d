import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../../scripts/deploy/config.ts";
import { environmentProblems, databaseProblems } from "../../../scripts/deploy/environment.ts";
import { projectRoot } from "../../../scripts/wrangler.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";
import {
  complete,
  deployed,
  empty,
  fails,
  nobody,
  noWorker,
  production,
  refuses,
  staging,
  whoami,
} from "./support/deployed.ts";

test("an environment without a section is refused before anybody is asked", async () => {
  const { result, calls } = await deployed({ argv: ["--env", "staging"] });
  expect(result).toContain("wrangler.toml has no section [env.staging]");
  expect(calls).toEqual([]);
});

test.each([
  [
    "a binding",
    '{ name = "READ_LIMIT", namespace_id = "2001"',
    '{ name = "OTHER", namespace_id = "2001"',
    "ratelimits.READ_LIMIT",
  ],
  ["the limit of thumbnails", /, \{ name = "THUMBNAIL_LIMIT".*\} \}/, "", "no ratelimits.THUMBNAIL_LIMIT"],
  ["the index of pictures", /, \{ name = "PICTURE_INDEX"[^}]*\}/, "", "no durable_objects.PICTURE_INDEX"],
  ["a whole table", /^r2_buckets.*$/m, "", "no r2_buckets"],
  ["a variable", 'LOG_LEVEL = "debug"', 'OTHER = ""', "vars.LOG_LEVEL"],
  ["its consumers", /^consumers.*$/m, "", "queues.consumers"],
])("an environment that lacks %s is refused", async (_what, from, to, named) => {
  const config = production + staging.replace(from, to);
  const { result, calls } = await deployed({ argv: ["--env", "staging"], config });
  expect(result).toContain(named);
  expect(result).toContain("which no environment inherits");
  expect(calls).toEqual([]);
});

test.each([
  ["database", 'database_name = "tagline-staging"', 'database_name = "tagline"'],
  ["bucket", "tagline-staging-media", "tagline-media"],
  ["queue", 'queue = "tagline-staging-ingest"', 'queue = "tagline-ingest"'],
  ["queue", "tagline-staging-ingest-dead", "tagline-ingest-dead"],
  ["rate limit namespace", "2001", "1001"],
  ["name", "[env.staging]", '[env.staging]\nname = "tagline"'],
  ["durable object", 'class_name = "Ing', 'script_name = "tagline", class_name = "Ing'],
])("an environment with production's own %s is refused", async (kind, from, to) => {
  const config = production + staging.replace(from, to);
  const { result, calls } = await deployed({ argv: ["--env", "staging"], config });
  expect(result).toContain(`[env.staging] of wrangler.toml has production's own ${kind}`);
  expect(calls).toEqual([]);
});

test("an environment that would take over production's addresses is refused", async () => {
  const config = production.replace("[vars]", 'routes = ["photos.example.org/*"]\n[vars]') + staging;
  const { result } = await deployed({ argv: ["--env", "staging"], config });
  expect(result).toContain("has no routes");
});

describe("the configuration as it comes with the project", () => {
  const config = readConfig(join(projectRoot, "wrangler.toml"));

  test("has nothing to fill in", () => {
    expect(databaseProblems(config, "wrangler.toml")).toEqual([]);
    expect(config.d1_databases?.map(({ database_id: id }) => id)).toEqual([undefined]);
  });

  test("has a staging environment with every binding, and nothing of production's", () => {
    expect(environmentProblems(config, "staging", "wrangler.toml")).toEqual([]);
    expect(databaseProblems(config.env?.["staging"] ?? {}, "wrangler.toml")).toEqual([]);
  });

  test("has the settings of queues and limits in staging that production has", () => {
    const { queues, ratelimits = [], vars = {} } = config.env?.["staging"] ?? {};
    const plain = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value).replaceAll("tagline-staging-", "tagline-"));
    expect(plain(queues)).toEqual(config.queues);
    expect(ratelimits.map(({ name, simple }) => ({ name, simple }))).toEqual(
      config.ratelimits?.map(({ name, simple }) => ({ name, simple })),
    );
    expect({ ...vars, LOG_LEVEL: "info" }).toEqual(config.vars);
  });
});

test.each([
  ["of zeros", "00000000-0000-0000-0000-000000000000"],
  ["that is none", "tagline"],
])("a database_id %s is refused before anybody is asked", async (_what, id) => {
  const config = production.replace(
    'database_name = "tagline"',
    `database_name = "tagline"\ndatabase_id = "${id}"`,
  );
  const { result, calls } = await deployed({ config });
  expect(result).toContain(
    "The database_id of DB in wrangler.toml is the id of no database: leave database_id out",
  );
  expect(calls).toEqual([]);
});

describe("a database that is named by its id", () => {
  const id = "6b0f1c5e-0000-4000-8000-000000000001";
  const config = production.replace(
    'database_name = "tagline"',
    `database_name = "tagline"\ndatabase_id = "${id}"`,
  );

  test("is not created", async () => {
    const rules = [{ call: "d1 list", output: `[{ "name": "mine", "uuid": "${id}" }]` }, ...empty];
    const { result, changes } = await deployed({ config, rules });
    expect(changes[0]).toContain("r2 bucket create");
    expect(result).toBe(0);
  });

  test("is refused where the account does not have it", async () => {
    const { result, changes } = await deployed({ config, rules: [...noWorker, ...complete] });
    expect(result).toContain("The account has no database with the database_id of DB.");
    expect(changes).toEqual([]);
  });
});

test("a database with neither name nor id is refused", async () => {
  const { result } = await deployed({ config: production.replace(/^database_name.*$/m, "") });
  expect(result).toContain("wrangler.toml gives the database of DB no database_name");
});

test("a working tree that differs from its commit is refused with its first files", async () => {
  const files = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`new-${index}.ts`, ""]));
  const { result, changes } = await deployed({
    files: { ...files, "wrangler.toml": `${production}\n# later\n` },
  });
  expect(result).toContain("wrangler.toml");
  expect(result).toContain("new-0.ts");
  expect(result).toContain("and 3 more");
  expect(changes).toEqual([]);
});

test("a folder that is no git checkout is refused", async () => {
  const { result, changes } = await deployed({ isCheckout: false });
  expect(result).toContain("is no git checkout");
  expect(changes).toEqual([]);
});

test("a wrangler that is not logged in is refused, and asked nothing more", async () => {
  const { result, calls } = await deployed({ rules: [nobody] });
  expect(result).toContain("npx wrangler login");
  expect(calls).toEqual([expect.stringContaining("whoami --json")]);
});

test("a wrangler that cannot tell who is logged in is not taken for one that is not", async () => {
  const { result } = await deployed({ rules: [fails("whoami", "fetch failed")] });
  expect(result).toContain("Wrangler could not tell who is logged in: fetch failed");
});

describe("the account", () => {
  test("is told before anything is changed", async () => {
    const { said } = await deployed({});
    expect(said[0]).toBe("Account: Ann (id-Ann)");
  });

  test("is not guessed among several", async () => {
    const { result, changes } = await deployed({ rules: [whoami("Ann", "Bob"), ...empty] });
    expect(result).toContain(
      "The login has several accounts, Ann (id-Ann), Bob (id-Bob): choose one by CLOUDFLARE_ACCOUNT_ID",
    );
    expect(changes).toEqual([]);
  });

  test.each([
    ["of the environment", { env: { CLOUDFLARE_ACCOUNT_ID: "id-Bob" } }],
    ["of the configuration", { config: `account_id = "id-Bob"\n${production}` }],
  ])("%s is taken among several", async (_what, chosen) => {
    const { said } = await deployed({ rules: [whoami("Ann", "Bob"), ...complete], ...chosen });
    expect(said[0]).toBe("Account: Bob (id-Bob)");
  });

  test("is the only one where the variable is empty", async () => {
    const { said } = await deployed({ env: { CLOUDFLARE_ACCOUNT_ID: "" } });
    expect(said[0]).toBe("Account: Ann (id-Ann)");
  });

  test("that the login may not list is taken at its id", async () => {
    const { said } = await deployed({ env: { CLOUDFLARE_ACCOUNT_ID: "id-Eve" } });
    expect(said[0]).toBe("Account: id-Eve");
  });

  test("that the login does not have is refused", async () => {
    const { result } = await deployed({ rules: [whoami(), ...complete] });
    expect(result).toContain("The login has no account that wrangler could name");
  });
});

test.each([
  ["d1 list", "The databases of the account could not be listed: Authentication error [code: 10000]"],
  ["r2 bucket info", "The bucket tagline-media could not be looked at: Authentication error [code: 10000]"],
  ["queues info", "The queue tagline-ingest could not be looked at: Authentication error [code: 10000]"],
  ["deployments status", "The running version could not be looked at: Authentication error [code: 10000]"],
])("an account that does not answer `%s` is refused, and nothing is created", async (call, sentence) => {
  const { result, changes } = await deployed({
    rules: [refuses(call, "Authentication error [code: 10000]"), ...empty],
  });
  expect(result).toContain(sentence);
  expect(changes).toEqual([]);
});

test("a version that cannot be viewed is refused, and nothing is changed", async () => {
  const { result, changes } = await deployed({
    rules: [refuses("versions view", "No. [code: 1]"), ...complete],
  });
  expect(result).toContain("The running version could not be looked at: No. [code: 1]");
  expect(changes).toEqual([]);
});

test.each([["d1 list"], ["deployments status"], ["versions view"], ["whoami"]])(
  "an answer of `%s` in another form is refused",
  async (call) => {
    const { result, changes } = await deployed({ rules: [{ call, output: "What?" }, ...complete] });
    expect(result).toMatch(/could not (?:be|tell)/);
    expect(changes).toEqual([]);
  },
);

test("R2 that is not switched on is told in Cloudflare's words", async () => {
  const { result } = await deployed({
    rules: [
      refuses("r2 bucket info", "Please enable R2 through the Cloudflare Dashboard. [code: 10042]"),
      ...empty,
    ],
  });
  expect(result).toContain(
    "The bucket tagline-media could not be looked at: Please enable R2 through the Cloudflare Dashboard. [code: 10042]",
  );
});

test("an environment with a route of production's, or with the bucket of another environment, is refused", async () => {
  const routed = production.replace(
    "[vars]",
    'routes = [{ pattern = "photos.example.org", custom_domain = true }]\n[vars]',
  );
  const taking = staging.replace("[env.staging]", '[env.staging]\nroutes = ["photos.example.org"]');
  const { result } = await deployed({ argv: ["--env", "staging"], config: routed + taking });
  expect(result).toContain("[env.staging] of wrangler.toml has production's own route photos.example.org");
  const copied = production + staging + staging.replaceAll("env.staging", "env.third");
  const third = await deployed({ argv: ["--env", "third"], config: copied });
  expect(third.result).toContain(
    "[env.third] of wrangler.toml has the bucket tagline-staging-media of [env.staging]",
  );
});

test.each([["--force"], ["--config", "other.toml"], ["staging"]])(
  "%s is refused with the usage",
  async (...argv) => {
    const { result, calls } = await deployed({ argv });
    expect(result).toContain("Usage: npm run deploy -- [--env NAME]");
    expect(calls).toEqual([]);
  },
);

test("a configuration that is no TOML is named", async () => {
  const { result } = await deployed({ config: "name = " });
  expect(result).toContain("wrangler.toml cannot be read");
});

test("a configuration is read in JSON, too", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, {
    "wrangler.json": '{"name": "tagline", "env": {"staging": {"vars": {"A": ""}}}}',
  });
  expect(readConfig(join(folder, "wrangler.json"))).toEqual({
    name: "tagline",
    env: { staging: { vars: { A: "" } } },
  });
});
