import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../../../scripts/deploy/config.ts";
import { deploy } from "../../../scripts/deploy/deploy.ts";
import { projectRoot, run } from "../../../scripts/wrangler.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";
import { recordingWrangler, type Rule } from "../support/recording-wrangler.ts";

const production = `
name = "tagline"
main = "src/index.ts"

[vars]
LOG_LEVEL = "info"
COMMIT = ""

[[d1_databases]]
binding = "DB"
database_name = "tagline"
database_id = "6b0f1c5e-0000-4000-8000-000000000001"

[[r2_buckets]]
binding = "MEDIA_BUCKET"
bucket_name = "tagline-media"

[[queues.producers]]
binding = "INGEST_QUEUE"
queue = "tagline-ingest"

[[queues.consumers]]
queue = "tagline-ingest"
dead_letter_queue = "tagline-ingest-dead"

[[ratelimits]]
name = "READ_LIMIT"
namespace_id = "1001"
simple = { limit = 3000, period = 60 }

[[ratelimits]]
name = "THUMBNAIL_LIMIT"
namespace_id = "1004"
simple = { limit = 30000, period = 60 }

[[durable_objects.bindings]]
name = "INGEST_COORDINATOR"
class_name = "IngestCoordinator"

[[durable_objects.bindings]]
name = "PICTURE_INDEX"
class_name = "PictureIndex"
`;

const staging = `
[env.staging]
vars = { LOG_LEVEL = "debug" }
d1_databases = [{ binding = "DB", database_name = "tagline-staging", database_id = "6b0f1c5e-0000-4000-8000-000000000002" }]
r2_buckets = [{ binding = "MEDIA_BUCKET", bucket_name = "tagline-staging-media" }]
ratelimits = [{ name = "READ_LIMIT", namespace_id = "2001", simple = { limit = 3000, period = 60 } }, { name = "THUMBNAIL_LIMIT", namespace_id = "2004", simple = { limit = 30000, period = 60 } }]
durable_objects = { bindings = [{ name = "INGEST_COORDINATOR", class_name = "IngestCoordinator" }, { name = "PICTURE_INDEX", class_name = "PictureIndex" }] }

[env.staging.queues]
producers = [{ binding = "INGEST_QUEUE", queue = "tagline-staging-ingest" }]
consumers = [{ queue = "tagline-staging-ingest", dead_letter_queue = "tagline-staging-ingest-dead" }]
`;

const secrets: Rule = {
  call: "secret list",
  output: '[{ "name": "API_KEYS" }, { "name": "SIGNING_SECRET" }]',
};
const noWorker: Rule = {
  call: "secret list",
  code: 1,
  output:
    '\u001b[31m✘ \u001b[41;31m[\u001b[41;97mERROR\u001b[41;31m]\u001b[0m \u001b[1mWorker "tagline" not found.\u001b[0m\n\nIf this is a new Worker, run `wrangler deploy` first to create it.',
};
const goodSecrets = `API_KEYS=ops:admin:${"k".repeat(32)}\nSIGNING_SECRET=${"s".repeat(32)}\n`;

interface Given {
  argv?: string[];
  config?: string;
  rules?: Rule[];
  files?: Record<string, string>;
  isCheckout?: boolean;
  env?: Record<string, string>;
}

/** A deploy from a fresh checkout of its own, with a wrangler that only writes down what it is asked. */
async function deployed({
  argv = [],
  config = production,
  rules = [secrets],
  files = {},
  isCheckout = true,
  env: more = {},
}: Given) {
  const root = await temporaryFolder();
  await writeFiles(root, { "wrangler.toml": config, ".gitignore": ".dev.vars.*\n" });
  const git = (...args: string[]) => execFileSync("git", ["-C", root, ...args], { encoding: "utf8" }).trim();
  if (isCheckout) {
    git("init", "--quiet");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "All");
  }
  await writeFiles(root, files);
  const wrangler = await recordingWrangler(rules);
  const said: string[] = [];
  const environments: NodeJS.ProcessEnv[] = [];
  const result = await deploy({
    argv,
    env: { PATH: process.env["PATH"], HOME: root, GIT_CEILING_DIRECTORIES: join(root, ".."), ...more },
    root,
    config: join(root, "wrangler.toml"),
    wrangler: wrangler.command,
    run: (command, env) => {
      environments.push(env);
      return run(command, env);
    },
    say: (line) => void said.push(line),
  }).catch((error: unknown) => String(error));
  const calls = wrangler.calls();
  return {
    result,
    said,
    environments,
    calls,
    changes: calls.filter((call) => /^(d1 migrations|deploy)/.test(call)),
    commit: isCheckout ? git("rev-parse", "HEAD") : "",
    target: `--config ${join(root, "wrangler.toml")}`,
    root,
  };
}

test("a deploy migrates, then deploys with the commit that is checked out", async () => {
  const { result, changes, commit, target } = await deployed({});
  expect(result).toBe(0);
  expect(changes).toEqual([
    `d1 migrations apply DB --remote ${target} --env=`,
    `deploy ${target} --env= --var COMMIT:${commit}`,
  ]);
});

test("a deploy of an environment means it in every call", async () => {
  const { result, calls } = await deployed({ argv: ["--env", "staging"], config: production + staging });
  expect(result).toBe(0);
  const asked = calls.filter((call) => !call.startsWith("whoami"));
  expect(asked.filter((call) => !call.includes("--env=staging"))).toEqual([]);
  expect(asked.join("\n")).toContain("r2 bucket info tagline-staging-media");
  expect(asked.join("\n")).toContain("queues info tagline-staging-ingest-dead");
});

test("a dry run makes the checks, prints the steps, and changes nothing", async () => {
  const { result, said, changes, calls, commit } = await deployed({ argv: ["--dry-run"] });
  expect(result).toBe(0);
  expect(changes).toEqual([]);
  expect(calls).toContain("whoami --json");
  expect(said.join("\n")).toContain("d1 migrations apply DB --remote");
  expect(said.join("\n")).toContain(`--var COMMIT:${commit}`);
});

test("a dry run is refused by the same checks", async () => {
  const { result } = await deployed({ argv: ["--dry-run"], files: { "new.ts": "" } });
  expect(result).toContain("new.ts");
});

test("when the migrations fail nothing is deployed", async () => {
  const { result, changes, said } = await deployed({ rules: [secrets, { call: "d1 migrations", code: 3 }] });
  expect(result).toBe(3);
  expect(changes).toHaveLength(1);
  expect(said.at(-1)).toBe("Nothing was deployed.");
});

test("when the deploy fails it is told that the database is further", async () => {
  const { result, said } = await deployed({ rules: [secrets, { call: "deploy", code: 4 }] });
  expect(result).toBe(4);
  expect(said.at(-1)).toContain("The database is up to date");
});

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
  ["database", "6b0f1c5e-0000-4000-8000-000000000002", "6b0f1c5e-0000-4000-8000-000000000001"],
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

test.each([
  ["of zeros", "00000000-0000-0000-0000-000000000000", "is still of zeros"],
  ["that is none", "tagline", "is none"],
])("a database_id %s is refused before anybody is asked", async (_what, id, told) => {
  const config = production.replace("6b0f1c5e-0000-4000-8000-000000000001", id);
  const { result, calls } = await deployed({ config });
  expect(result).toContain(`The database_id of DB in wrangler.toml ${told}`);
  expect(result).toContain("npx wrangler d1 create tagline");
  expect(calls).toEqual([]);
});

test("a database_id that is missing is refused", async () => {
  const { result } = await deployed({ config: production.replace(/^database_id.*$/m, "") });
  expect(result).toContain("The database_id of DB in wrangler.toml is missing");
});

test("the configuration as it comes with the project asks for a database first", async () => {
  const { result } = await deployed({ config: readFileSync(join(projectRoot, "wrangler.toml"), "utf8") });
  expect(result).toContain("The database_id of DB in wrangler.toml is still of zeros");
});

test("a Worker without its secrets is refused, by name", async () => {
  const { result, changes } = await deployed({
    rules: [{ call: "secret list", output: '[{ "name": "API_KEYS" }]' }],
  });
  expect(result).toContain("The Worker has no SIGNING_SECRET");
  expect(changes).toEqual([]);
});

test("a Worker that does not exist yet needs a file of secrets", async () => {
  const { result, changes } = await deployed({ rules: [noWorker] });
  expect(result).toContain("does not exist yet and would come without API_KEYS and SIGNING_SECRET");
  expect(changes).toEqual([]);
});

test("the first deploy takes its secrets from the file", async () => {
  const { result, changes, root } = await deployed({
    argv: ["--secrets-file", ".dev.vars.deploy"],
    rules: [noWorker],
    files: { ".dev.vars.deploy": goodSecrets },
  });
  expect(result).toBe(0);
  expect(changes[1]).toContain(`--secrets-file ${join(root, ".dev.vars.deploy")}`);
});

test("a secret that lies in the environment too does not take the place of the file's", async () => {
  const { result, environments } = await deployed({
    argv: ["--secrets-file", ".dev.vars.deploy"],
    files: { ".dev.vars.deploy": goodSecrets },
    env: { API_KEYS: "another", OTHER: "stays" },
  });
  expect(result).toBe(0);
  expect(environments.map(({ API_KEYS, OTHER }) => [API_KEYS, OTHER])).toEqual([
    [undefined, "stays"],
    [undefined, "stays"],
  ]);
});

test("a file of secrets that still has its placeholders is refused, without its content", async () => {
  const { result, changes } = await deployed({
    argv: ["--secrets-file", ".dev.vars.deploy"],
    files: { ".dev.vars.deploy": readFileSync(join(projectRoot, ".dev.vars.example"), "utf8") },
  });
  expect(result).toContain(".dev.vars.deploy: API_KEYS entry 1 does not have the form");
  expect(result).toContain(".dev.vars.deploy: SIGNING_SECRET must have at least 32 characters");
  expect(result).not.toContain("replace-me");
  expect(changes).toEqual([]);
});

test("a file of secrets that is not there is refused", async () => {
  const { result, changes } = await deployed({ argv: ["--secrets-file", "nowhere"] });
  expect(result).toContain("There is no file");
  expect(changes).toEqual([]);
});

test("secrets that cannot be listed are refused with wrangler's reason", async () => {
  const { result, changes } = await deployed({
    rules: [
      {
        call: "secret list",
        code: 1,
        output:
          "\u001b[31m✘ \u001b[41;31m[\u001b[41;97mERROR\u001b[41;31m]\u001b[0m \u001b[1mA request to the API failed.\u001b[0m",
      },
    ],
  });
  expect(result).toContain("The secrets could not be listed: A request to the API failed.");
  expect(changes).toEqual([]);
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
  const { result, calls } = await deployed({ rules: [{ call: "whoami", code: 1 }] });
  expect(result).toContain("npx wrangler login");
  expect(calls).toEqual(["whoami --json"]);
});

test("an empty account is told what to make", async () => {
  const absent = ["d1 info", "r2 bucket info", "queues info"].map((call) => ({
    call,
    code: 1,
    output: "✘ [ERROR] It does not exist.",
  }));
  const { result, changes } = await deployed({ rules: [noWorker, ...absent] });
  expect(result).toContain("The database tagline could not be found (It does not exist.)");
  expect(result).toContain("npx wrangler r2 bucket create tagline-media");
  expect(result).toContain("npx wrangler queues create tagline-ingest`");
  expect(result).toContain("npx wrangler queues create tagline-ingest-dead");
  expect(changes).toEqual([]);
});

test.each([["--force"], ["--config", "other.toml"], ["staging"]])(
  "%s is refused with the usage",
  async (...argv) => {
    const { result, calls } = await deployed({ argv });
    expect(result).toContain("Usage: npm run deploy -- [--env NAME]");
    expect(calls).toEqual([]);
  },
);

test("--help tells every flag with its default", async () => {
  const { result } = await deployed({ argv: ["--help"] });
  expect(result).toContain("Help: Usage:");
  for (const flag of ["--env NAME", "--secrets-file FILE", "--dry-run"]) expect(result).toContain(flag);
});

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
