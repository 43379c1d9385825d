import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { deploy } from "../../../scripts/deploy/deploy.ts";
import { collect, wranglerCommand, wranglerEnv } from "../../../scripts/wrangler.ts";
import { fastClock } from "../support/fast-clock.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";
import { Cloudflare } from "./support/cloudflare.ts";

const config = `name = "tagline"
main = "index.js"
compatibility_date = "2026-11-02"
workers_dev = true

[[d1_databases]]
binding = "DB"
database_name = "tagline"
migrations_dir = "migrations"

[[r2_buckets]]
binding = "MEDIA_BUCKET"
bucket_name = "tagline-media"

[[queues.producers]]
binding = "INGEST_QUEUE"
queue = "tagline-ingest"

[[queues.consumers]]
queue = "tagline-ingest"
dead_letter_queue = "tagline-ingest-dead"
`;

// The other tests have a wrangler that says what they let it say; this one sees that the real one takes each command
// line, and says of what is not there what the deploy understands.
test("the real wrangler brings an empty account to a Worker, and finds it complete the second time", async () => {
  const root = await temporaryFolder();
  await writeFiles(root, {
    "wrangler.toml": config,
    ".gitignore": ".wrangler\n",
    "index.js": "export default { fetch: () => new Response(), queue: () => undefined };\n",
    "migrations/0000_first.sql": "CREATE TABLE words (word TEXT);\n",
  });
  const git = (...args: string[]) => execFileSync("git", ["-C", root, ...args], { stdio: "ignore" });
  git("init");
  git("add", ".");
  git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--message", "All");
  const { account, env } = await Cloudflare.start();
  const said: string[] = [];
  const surroundings = {
    env: wranglerEnv({ PATH: process.env["PATH"], HOME: root, ...env }),
    root,
    config: join(root, "wrangler.toml"),
    wrangler: wranglerCommand,
    run: async (command: [string, string[]], given: NodeJS.ProcessEnv): Promise<number> => {
      const { code, output } = await collect(command, given);
      said.push(output);
      return code;
    },
    say: (line: string) => void said.push(line),
    clock: fastClock(),
    signal: new AbortController().signal,
    isTerminal: true,
  };
  const code = await deploy({ ...surroundings, argv: ["--no-smoke"] });
  expect({ code, said: code === 0 ? "" : said.join("\n") }).toEqual({ code: 0, said: "" });
  expect(account.made).toEqual([
    "database tagline",
    "bucket tagline-media",
    "queue tagline-ingest",
    "queue tagline-ingest-dead",
    "Worker tagline with API_KEYS and SIGNING_SECRET",
  ]);
  expect(said.join("\n")).toContain("https://tagline.me.workers.dev/ (sign in with the key)");

  said.length = 0;
  expect(await deploy({ ...surroundings, argv: ["--dry-run"] })).toBe(0);
  expect(said.filter((line) => line.startsWith("Would run"))).toEqual([
    expect.stringContaining("d1 migrations apply DB --remote"),
    expect.stringContaining("npx wrangler deploy"),
  ]);
});
