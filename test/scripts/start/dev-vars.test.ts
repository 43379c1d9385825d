import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { readConfig } from "../../../src/config/config.ts";
import { ensureDevVars, readDevVars } from "../../../scripts/start/dev-vars.ts";
import { collect, projectRoot } from "../../../scripts/wrangler.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";

const devVarsSchema = z.object({ created: z.boolean(), adminKey: z.string() });

test("secrets are made when there are none, readable by their owner only, and kept from then on", async () => {
  const path = join(await temporaryFolder(), ".dev.vars");
  const first = ensureDevVars(path);
  expect(first).toMatchObject({ created: true, missing: [] });
  expect(first.adminKey).toMatch(/^[0-9a-f]{48}$/);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const content = await readFile(path, "utf8");
  expect(ensureDevVars(path)).toEqual({ ...first, created: false });
  expect(await readFile(path, "utf8")).toBe(content);
});

test("services that are started at the same time share one file of secrets", async () => {
  const path = join(await temporaryFolder(), ".dev.vars");
  const module = new URL("../../../scripts/start/dev-vars.ts", import.meta.url).href;
  const code = `const { ensureDevVars } = await import(${JSON.stringify(module)});
    while (Date.now() < ${Date.now() + 1_500});
    process.stdout.write(JSON.stringify(ensureDevVars(${JSON.stringify(path)})));`;
  const starts = Array.from({ length: 4 }, () => collect([process.execPath, ["--eval", code]]));
  const made = (await Promise.all(starts)).map(({ output }) => devVarsSchema.parse(JSON.parse(output)));
  expect(made.filter(({ created }) => created)).toHaveLength(1);
  expect(new Set(made.map(({ adminKey }) => adminKey)).size).toBe(1);
  expect(await readdir(dirname(path))).toEqual([".dev.vars"]);
});

test("the example's placeholders are neither keys nor a secret", () => {
  const example = readDevVars(join(projectRoot, ".dev.vars.example")) ?? new Map<string, string>();
  const config = readConfig(Object.fromEntries(example));
  expect(config).toMatchObject({ apiKeys: [], signingSecret: null });
  expect([...example.keys()]).toEqual(["API_KEYS", "SIGNING_SECRET"]);
});

test("two checkouts get different secrets", async () => {
  const one = ensureDevVars(join(await temporaryFolder(), ".dev.vars"));
  const other = ensureDevVars(join(await temporaryFolder(), ".dev.vars"));
  expect(one.adminKey).not.toBe(other.adminKey);
});

test("a file that lacks a secret is left as it is, and the secret is named", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { ".dev.vars": "SIGNING_SECRET=\nLOG_LEVEL=debug\n" });
  expect(ensureDevVars(join(folder, ".dev.vars"))).toEqual({
    created: false,
    apiKeys: "",
    adminKey: undefined,
    logLevel: "debug",
    missing: ["API_KEYS", "SIGNING_SECRET"],
  });
  expect(await readFile(join(folder, ".dev.vars"), "utf8")).toBe("SIGNING_SECRET=\nLOG_LEVEL=debug\n");
});

test("something that cannot be read is no missing file", async () => {
  expect(() => readDevVars("/")).toThrow("EISDIR");
});
