import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { deploy } from "../../../../scripts/deploy/deploy.ts";
import { run } from "../../../../scripts/wrangler.ts";
import { fastClock } from "../../support/fast-clock.ts";
import { temporaryFolder, writeFiles } from "../../support/folder.ts";
import { recordingWrangler, type Rule } from "../../support/recording-wrangler.ts";

/** A configuration of production, with everything found by its name. */
export const production = `
name = "tagline"
main = "src/index.ts"

[vars]
LOG_LEVEL = "info"
COMMIT = ""

[[d1_databases]]
binding = "DB"
database_name = "tagline"

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

/** An environment beside it. */
export const staging = `
[env.staging]
vars = { LOG_LEVEL = "debug" }
d1_databases = [{ binding = "DB", database_name = "tagline-staging" }]
r2_buckets = [{ binding = "MEDIA_BUCKET", bucket_name = "tagline-staging-media" }]
ratelimits = [{ name = "READ_LIMIT", namespace_id = "2001", simple = { limit = 3000, period = 60 } }, { name = "THUMBNAIL_LIMIT", namespace_id = "2004", simple = { limit = 30000, period = 60 } }]
durable_objects = { bindings = [{ name = "INGEST_COORDINATOR", class_name = "IngestCoordinator" }, { name = "PICTURE_INDEX", class_name = "PictureIndex" }] }

[env.staging.queues]
producers = [{ binding = "INGEST_QUEUE", queue = "tagline-staging-ingest" }]
consumers = [{ queue = "tagline-staging-ingest", dead_letter_queue = "tagline-staging-ingest-dead" }]
`;

/** A call that fails, for this reason, as wrangler prints it: coloured whatever the environment says, details below. */
export const fails = (call: string, text: string, ...details: readonly string[]): Rule => ({
  call,
  code: 1,
  output: [
    `\u001b[31m✘ \u001b[41;31m[\u001b[41;97mERROR\u001b[41;31m]\u001b[0m \u001b[1m${text}\u001b[0m`,
    "",
    ...details.map((detail) => `  ${detail}`),
    "",
    '🪵  Logs were written to "wrangler.log"',
    "",
  ].join("\n"),
});

/** A question that Cloudflare refuses. */
export const refuses = (call: string, detail: string): Rule =>
  fails(call, "A request to the Cloudflare API (/accounts/a/some/thing) failed.", detail);

/** Who is logged in, with these accounts. */
export const whoami = (...names: readonly string[]): Rule => ({
  call: "whoami",
  output: JSON.stringify({ loggedIn: true, accounts: names.map((name) => ({ id: `id-${name}`, name })) }),
});

/** Nobody is logged in. */
export const nobody: Rule = { call: "whoami", code: 1, output: '{"loggedIn":false}' };

/** What the running version works on, as the configuration of production says it. */
export const bindings: readonly Record<string, string>[] = [
  { type: "d1", name: "DB", id: "1" },
  { type: "r2_bucket", name: "MEDIA_BUCKET", bucket_name: "tagline-media" },
  { type: "queue", name: "INGEST_QUEUE", queue_name: "tagline-ingest" },
  { type: "plain_text", name: "LOG_LEVEL", text: "info" },
];

/** The running version has these bindings. */
export const runsWith = (given: readonly Record<string, string>[]): Rule => ({
  call: "versions view most",
  output: JSON.stringify({ id: "most", resources: { bindings: given } }),
});

/** An account with everything that the configuration names, and a version that runs. */
export const complete: readonly Rule[] = [
  whoami("Ann"),
  {
    call: "d1 list",
    output:
      '[{ "name": "other", "uuid": "0" }, { "name": "tagline", "uuid": "1" }, { "name": "tagline-staging", "uuid": "2" }]',
  },
  { call: "secret list", output: '[{ "name": "API_KEYS" }, { "name": "SIGNING_SECRET" }]' },
  {
    call: "deployments status",
    output:
      '{ "id": "d", "versions": [{ "version_id": "few", "percentage": 10 }, { "version_id": "most", "percentage": 90 }] }',
  },
  runsWith(bindings),
  { call: "deploy ", results: [{ type: "deploy", version: 1, version_id: "new", targets: [] }] },
];

/** The Worker is not there. */
export const noWorker: readonly Rule[] = [
  fails(
    "secret list",
    'Worker "tagline" not found.',
    "If this is a new Worker, run `wrangler deploy` first to create it.",
  ),
  refuses("deployments status", "This Worker does not exist on your account. [code: 10007]"),
];

/** An account that has nothing. */
export const empty: readonly Rule[] = [
  whoami("Ann"),
  { call: "d1 list", output: "[]" },
  refuses("r2 bucket info", "The specified bucket does not exist. [code: 10006]"),
  fails("queues info", 'Queue "q" does not exist. To create it, run: wrangler queues create q'),
  ...noWorker,
  { call: "deploy ", results: [{ type: "deploy", version: 1, version_id: "new", targets: [] }] },
];

/** What wrangler tells of a deploy that has this address. */
export const deployedAt = (...targets: string[]): Rule => ({
  call: "deploy ",
  results: [
    { type: "wrangler-session", version: 1 },
    { type: "deploy", version: 1, version_id: "new", targets },
  ],
});

/** Secrets as a person keeps them for a deploy. */
export const goodSecrets = `API_KEYS=ops:admin:${"k".repeat(32)}\nSIGNING_SECRET=${"s".repeat(32)}\n`;

/** What a deploy meets. */
export interface Given {
  readonly argv?: string[];
  readonly config?: string;
  readonly rules?: readonly Rule[];
  readonly files?: Record<string, string>;
  readonly isCheckout?: boolean;
  readonly env?: Record<string, string>;
  /** Stops the command when a step of wrangler's that begins so has ended. */
  readonly stopAt?: string;
  /** Stops the command while it makes its checks. */
  readonly isStoppedEarly?: boolean;
  /** Whether a person sees what is said. */
  readonly isTerminal?: boolean;
}

/** A deploy from a fresh checkout of its own, with a wrangler on the PATH that only writes down what it is asked. */
export async function deployed({
  argv = ["--no-smoke"],
  config = production,
  rules = complete,
  files = {},
  isCheckout = true,
  env: more = {},
  stopAt,
  isStoppedEarly = false,
  isTerminal = true,
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
  const inputs: string[] = [];
  const environments: NodeJS.ProcessEnv[] = [];
  const stop = new AbortController();
  const result = await deploy({
    argv,
    env: {
      PATH: wrangler.path,
      HOME: root,
      TMPDIR: root,
      GIT_CEILING_DIRECTORIES: join(root, ".."),
      ...more,
    },
    root,
    config: join(root, "wrangler.toml"),
    wrangler: (args) => {
      if (isStoppedEarly) stop.abort("polite");
      return ["wrangler", args];
    },
    isTerminal,
    run: async (command, env, input = "inherit") => {
      environments.push(env);
      inputs.push(`${command[1][0] ?? ""} ${input}`);
      const code = await run(command, env);
      if (stopAt !== undefined && command[1].join(" ").startsWith(stopAt)) stop.abort("polite");
      return code;
    },
    say: (line) => void said.push(line),
    clock: fastClock(),
    signal: stop.signal,
  }).catch((error: unknown) => String(error));
  const calls = wrangler.calls();
  expect(calls.filter((call) => call.includes("undefined"))).toEqual([]);
  return {
    result,
    said,
    told: said.join("\n"),
    environments,
    inputs,
    calls,
    /** What is left of the files that are for wrangler alone. */
    left: readdirSync(root).filter((name) => name.startsWith("tagline-deploy-")),
    /** The calls that change something, without what is the same in all of them. */
    changes: calls
      .filter((call) => changing.test(call))
      .map((call) => call.replace(` --config ${join(root, "wrangler.toml")}`, "")),
    secrets: wrangler.secrets(),
    commit: isCheckout ? git("rev-parse", "HEAD") : "",
    root,
  };
}

const changing =
  /^(?:d1 (?:create|migrations)|r2 bucket create|queues create|deploy |secret put|versions (?:upload|deploy)|rollback)/;
