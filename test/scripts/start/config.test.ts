import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { testConfig } from "../../../scripts/test/config.ts";
import { collect, configFile, projectRoot, withConfiguration } from "../../../scripts/wrangler.ts";
import { mergeTables, readToml, relocated } from "../../../scripts/wrangler-config.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";

const configSchema = z.object({
  name: z.string(),
  main: z.string(),
  vars: z.record(z.string(), z.string()),
  build: z.object({ watch_dir: z.array(z.string()) }).partial(),
  assets: z.object({ directory: z.string() }),
  d1_databases: z.array(
    z.object({
      database_id: z.string().optional(),
      database_name: z.string(),
      migrations_dir: z.string(),
    }),
  ),
});

/** What wrangler makes of a configuration, by one of its functions. */
async function wranglerOn(path: string, code: string): Promise<unknown> {
  const script = `const wrangler = await import("wrangler");
    const path = ${JSON.stringify(path)};
    process.stdout.write("RESULT" + JSON.stringify(${code}));`;
  const { output } = await collect([process.execPath, ["--input-type=module", "--eval", script]]);
  return JSON.parse(output.slice(output.indexOf("RESULT") + "RESULT".length));
}

const readConfig = async (path: string) =>
  configSchema.parse(await wranglerOn(path, "wrangler.unstable_readConfig({ config: path })"));

/** The values that a Worker with this configuration is given, those of secrets files too. */
const bindingsOf = async (path: string) =>
  z
    .record(z.string(), z.string())
    .parse(
      await wranglerOn(path, "wrangler.unstable_getMiniflareWorkerOptions(path).workerOptions.bindings"),
    );

test("tables are merged, and bindings by their names; all else is replaced", () => {
  const base = {
    name: "tagline",
    vars: { A: "1", B: "2" },
    r2_buckets: [{ binding: "MEDIA_BUCKET", bucket_name: "tagline-media" }],
    ratelimits: [{ name: "READ_LIMIT", namespace_id: "1", simple: { limit: 10, period: 60 } }],
    queues: { producers: [{ binding: "Q", queue: "a" }], consumers: [{ queue: "a", max_retries: 15 }] },
    triggers: { crons: ["17 3 * * *"] },
  };
  const own = {
    name: "photos",
    vars: { B: "3" },
    r2_buckets: [
      { binding: "OTHER", bucket_name: "other" },
      { binding: "MEDIA_BUCKET", bucket_name: "mine" },
    ],
    ratelimits: [{ name: "READ_LIMIT", simple: { limit: 99 } }],
    queues: { producers: [{ binding: "Q", queue: "b" }], consumers: [{ queue: "b" }] },
    triggers: { crons: [] },
  };
  expect(mergeTables(base, own)).toEqual({
    name: "photos",
    vars: { A: "1", B: "3" },
    r2_buckets: [
      { binding: "MEDIA_BUCKET", bucket_name: "mine" },
      { binding: "OTHER", bucket_name: "other" },
    ],
    ratelimits: [{ name: "READ_LIMIT", namespace_id: "1", simple: { limit: 99, period: 60 } }],
    queues: { producers: [{ binding: "Q", queue: "b" }], consumers: [{ queue: "b" }] },
    triggers: { crons: [] },
  });
});

test("a configuration for another folder leads to the same files, and is the same where the folder is", () => {
  const config = {
    name: "tagline",
    main: "src/index.ts",
    assets: { directory: "dist/assets" },
    build: { command: "npm run build", watch_dir: ["src", "scripts"] },
    d1_databases: [{ binding: "DB", migrations_dir: "migrations" }, { binding: "OTHER" }],
  };
  expect(relocated(config, "/a", "/a")).toBe(config);
  expect(relocated(config, "/a", "/a/b")).toEqual({
    name: "tagline",
    main: "../src/index.ts",
    assets: { directory: "../dist/assets" },
    build: { command: "npm run build", watch_dir: ["../src", "../scripts"] },
    d1_databases: [{ binding: "DB", migrations_dir: "../migrations" }, { binding: "OTHER" }],
  });
});

test("what is no path, no table or not there stays as it is in a configuration for another folder", () => {
  const config = { assets: "none", build: { watch_dir: 1 }, d1_databases: ["DB"] };
  expect(relocated(config, "/a", "/b")).toEqual({ ...config, d1_databases: [{}] });
  expect(relocated({ name: "tagline" }, "/a", "/b")).toEqual({ name: "tagline" });
});

test("a file that cannot be read is no file that is not there", async () => {
  const folder = await temporaryFolder();
  expect(readToml(join(folder, "none.toml"))).toBeUndefined();
  expect(() => readToml(folder)).toThrow("EISDIR");
});

test("a folder's own settings are what wrangler reads, with the service's own files", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, {
    "wrangler.local.toml":
      'name = "photos"\n[vars]\nLOG_LEVEL = "debug"\n[[d1_databases]]\nbinding = "DB"\ndatabase_id = "mine"\n',
  });
  const path = configFile(folder);
  expect(dirname(path)).toBe(folder);
  const config = await readConfig(path);
  expect(config).toMatchObject({ name: "photos", main: join(projectRoot, "src/index.ts") });
  expect(config.vars).toMatchObject({ LOG_LEVEL: "debug", MAX_PIXELS: "200000000" });
  const [database] = config.d1_databases;
  expect(database).toMatchObject({ database_id: "mine", database_name: "tagline" });
  expect(join(folder, database?.migrations_dir ?? "")).toBe(join(projectRoot, "migrations"));
  expect(join(folder, config.assets.directory)).toBe(join(projectRoot, "dist/assets"));
});

test("the environments of a folder's own configuration lead to the same migrations", async () => {
  const folder = await temporaryFolder();
  const environments = z
    .object({
      env: z.record(
        z.string(),
        z.object({ d1_databases: z.array(z.object({ migrations_dir: z.string() })) }),
      ),
    })
    .parse(JSON.parse(await readFile(configFile(folder), "utf8"))).env;
  const [database] = environments["staging"]?.d1_databases ?? [];
  expect(join(folder, database?.migrations_dir ?? "")).toBe(join(projectRoot, "migrations"));
});

test.each([
  [["secret", "list"], {}, ["secret", "list", "--config", "ours", "--env="]],
  [["tail", "--env", "staging"], {}, ["tail", "--env", "staging", "--config", "ours"]],
  [["tail", "-e=staging", "-c", "mine"], {}, ["tail", "-e=staging", "-c", "mine"]],
  [["tail", "--config=mine"], { CLOUDFLARE_ENV: "staging" }, ["tail", "--config=mine"]],
])(
  "`npm run wrangler -- %j` means our configuration, and production unless another is named",
  (given, env, args) => {
    expect(withConfiguration(given, { config: () => "ours", env })).toEqual(args);
  },
);

test("settings that are no TOML are told with their line", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { "wrangler.local.toml": 'name = "photos"\nvars = {\n' });
  expect(() => configFile(folder)).toThrow(/wrangler\.local\.toml, line [23]: /);
});

test("wrangler rebuilds the service when anything below src is edited", async () => {
  const { build } = await readConfig(join(projectRoot, "wrangler.toml"));
  expect(build.watch_dir).toContain("src");
});

test("neither secrets nor settings of one's own reach the tests", async () => {
  const root = await temporaryFolder();
  const original = await readFile(join(projectRoot, "wrangler.toml"), "utf8");
  const hostile = [
    `API_KEYS=mine:admin:${"x".repeat(40)}`,
    "LOG_LEVEL=nonsense",
    `STORAGE_PROVIDERS='[{"name":"dropbox","type":"dropbox"}]'`,
    "DROPBOX_APP_KEY=a",
    "DROPBOX_REFRESH_TOKEN=b",
  ].join("\n");
  await writeFiles(root, {
    "wrangler.toml": original
      .replace('LOG_LEVEL = "info"', 'LOG_LEVEL = "debug"')
      .replace('"type":"r2"', '"type":"dropbox"')
      .replace('database_name = "tagline"', 'database_name = "mine"'),
    "wrangler.local.toml": '[vars]\nDROPBOX_APP_SECRET = "c"\n',
    ".dev.vars": hostile,
    ".env": hostile,
    ".dev.vars.example": "",
  });
  const path = testConfig(root);
  expect(existsSync(join(dirname(path), ".dev.vars"))).toBe(false);
  const seen = await bindingsOf(path);
  expect(seen).toEqual(await bindingsOf(testConfig()));
  expect(seen["LOG_LEVEL"]).toBe("info");
  expect(seen["API_KEYS"]).toMatch(/^reader:/);
});

test("a Worker that is configured beside secrets would be given them", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { ".dev.vars": "LOG_LEVEL=nonsense\n" });
  expect((await bindingsOf(configFile(folder)))["LOG_LEVEL"]).toBe("nonsense");
});
