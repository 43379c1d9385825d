import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { restoreBackup } from "../../../scripts/backup/restore-backup.ts";
import { tablesToKeep } from "../../../scripts/backup/tables.ts";
import { writeBackup } from "../../../scripts/backup/write-backup.ts";
import { collect, projectRoot, run } from "../../../scripts/wrangler.ts";
import { migrationNames } from "../../../src/db/migration-names.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";
import { recordingWrangler, type Rule } from "../support/recording-wrangler.ts";

const config = `
name = "tagline"
d1_databases = [{ binding = "DB", database_name = "tagline", database_id = "6b0f1c5e-0000-4000-8000-000000000001" }]
[env.staging]
d1_databases = [{ binding = "DB", database_name = "tagline-staging", database_id = "00000000-0000-0000-0000-000000000000" }]
`;

const newest = migrationNames.at(-1) ?? "";
const json = (...results: unknown[]) => JSON.stringify([{ results, success: true }]);
/** The call of wrangler that asks the database of production this. */
const asks = (folder: string, sql: string) =>
  `d1 execute DB --remote --config ${join(folder, "wrangler.toml")} --env= --json --command ${sql}`;

const exported = `PRAGMA defer_foreign_keys=TRUE;
INSERT INTO "media_objects" ("pk","object_metadata") VALUES(1,'{"description":"it''s; here"}');
INSERT INTO "provider_state" ("provider","cursor","updated_at") VALUES('a',replace('b\\nc','\\n',char(10)),-1.5e3);`;

function filled(folder: string): Rule[] {
  return [
    {
      call: asks(folder, "SELECT name FROM sqlite_master"),
      output: json(
        ...["d1_migrations", "media_objects", "provider_state", "media_totals", "media_search_data"].map(
          (name) => ({ name }),
        ),
      ),
    },
    { call: asks(folder, "SELECT name FROM d1_migrations"), output: json({ name: newest }) },
    { call: "d1 export", writes: exported },
  ];
}

async function played(
  what: typeof writeBackup,
  {
    argv,
    rules,
    files = {},
  }: { argv: string[]; rules: (folder: string) => Rule[]; files?: Record<string, string> },
) {
  const folder = await temporaryFolder();
  await writeFiles(folder, { "wrangler.toml": config, ...files });
  const wrangler = await recordingWrangler(rules(folder));
  const said: string[] = [];
  const result = await what({
    argv,
    env: { PATH: process.env["PATH"], INIT_CWD: folder },
    root: folder,
    config: join(folder, "wrangler.toml"),
    wrangler: wrangler.command,
    run,
    say: (line) => void said.push(line),
  }).catch((error: unknown) => String(error));
  return { result, said, calls: wrangler.calls(), folder, left: readdirSync(folder).sort() };
}

test("a backup exports by name the tables that cannot be made again, and leaves one file", async () => {
  const { result, calls, left, said, folder } = await played(writeBackup, { argv: ["a.sql"], rules: filled });
  expect(result).toBe(0);
  expect(calls.at(-1)).toContain("d1 export DB --remote");
  expect(calls.at(-1)).toContain("--no-schema --skip-confirmation");
  expect(calls.at(-1)).toMatch(/--table media_objects --table provider_state$/);
  expect(left).toEqual(["a.sql", "wrangler.toml"]);
  expect(said.at(-1)).toBe(`Wrote 1 records to ${join(folder, "a.sql")}.`);
  const lines = readFileSync(join(folder, "a.sql"), "utf8").trim().split("\n");
  expect(lines[0]).toContain(newest);
  expect(lines).toContain(
    `INSERT INTO "media_objects" ("pk", "object_metadata") VALUES (1, '{"description":"it''s; here"}');`,
  );
  expect(lines).toContain(
    `INSERT INTO "provider_state" ("provider", "cursor", "updated_at") VALUES ('a', replace('b\\nc', '\\n', char(10)), -1500);`,
  );
  expect(lines.at(-1)).toContain('{"media_objects":1,"provider_state":1}');
});

test.each([
  ["the export fails", { call: "d1 export", code: 1, output: "✘ [ERROR] No." }, "could not be exported: No."],
  ["the export breaks off", { call: "d1 export", writes: 'INSERT INTO "a" ("b") VALUES(\'c' }, "breaks off"],
  [
    "the export is in another form",
    { call: "d1 export", writes: 'INSERT INTO "a" ("b") VALUES(f(1));' },
    "not understood",
  ],
  [
    "the database does not answer",
    { call: "d1 execute", code: 1, output: '{\n  "error": {\n    "text": "No.",\n    "notes": []\n  }\n}\n' },
    "did not answer: No.",
  ],
])("where %s nothing is left behind", async (_when, rule, told) => {
  const rules = (folder: string) => [rule, ...filled(folder)];
  const { result, left } = await played(writeBackup, { argv: ["a.sql"], rules });
  expect(result).toContain(told);
  expect(left).toEqual(["wrangler.toml"]);
});

test("a database without tables has nothing to back up", async () => {
  const rules = (folder: string) => [
    { call: asks(folder, "SELECT name FROM sqlite_master"), output: json() },
    { call: "d1 execute", code: 1, output: "no such table: d1_migrations" },
  ];
  const { result, left } = await played(writeBackup, { argv: ["a.sql"], rules });
  expect(result).toContain("nothing to back up");
  expect(left).toEqual(["wrangler.toml"]);
});

test("a file that exists is not overwritten", async () => {
  const files = { "a.sql": "mine" };
  const { result, calls, folder } = await played(writeBackup, { argv: ["a.sql"], rules: filled, files });
  expect(result).toContain("exists already");
  expect(calls).toEqual([]);
  expect(readFileSync(join(folder, "a.sql"), "utf8")).toBe("mine");
});

const backup = (migration: string) =>
  `-- {"tagline_backup":1,"migration":"${migration}","created_at":"2026-11-28T00:00:00.000Z"}\nSELECT 1;\n-- {"rows":{"media_objects":2}}\n`;
const whole = { "a.sql": backup(newest) };

const restorable = (folder: string): Rule[] => [
  { call: asks(folder, "SELECT name FROM sqlite_master"), output: json({ name: "media_objects" }) },
  { call: asks(folder, "SELECT EXISTS"), output: json({ filled: 0 }) },
  { call: asks(folder, "SELECT (SELECT count(*)"), output: json({ records: 2, searchable: 2 }) },
];
const changes = (calls: string[]) =>
  calls.filter((call) => call.includes("migrations") || call.includes("--file"));

test("a restoration migrates, imports, and counts", async () => {
  const { result, calls, folder } = await played(restoreBackup, {
    argv: ["a.sql"],
    rules: restorable,
    files: whole,
  });
  expect(result).toBe(0);
  expect(changes(calls)).toEqual([
    `d1 migrations apply DB --remote --config ${join(folder, "wrangler.toml")} --env=`,
    `d1 execute DB --remote --config ${join(folder, "wrangler.toml")} --env= --yes --file ${join(folder, "a.sql")}`,
  ]);
});

test.each([
  ["a file that is no backup", { "a.sql": "SELECT 1;\n" }, "is no backup"],
  ["a backup that broke off", { "a.sql": backup(newest).slice(0, -12) }, "is not whole"],
  ["a backup of another schema", { "a.sql": backup("0001_search_and_counts.sql") }, "check out the version"],
  ["a file that is not there", {}, "There is no file"],
])("%s is not restored", async (_what, files, told) => {
  const { result, calls } = await played(restoreBackup, { argv: ["a.sql"], rules: restorable, files });
  expect(result).toContain(told);
  expect(calls).toEqual([]);
});

test("nothing is restored into a database that holds anything", async () => {
  const rules = (folder: string) => [
    { call: asks(folder, "SELECT EXISTS"), output: json({ filled: 1 }) },
    ...restorable(folder),
  ];
  const { result, calls } = await played(restoreBackup, { argv: ["a.sql"], rules, files: whole });
  expect(result).toContain("holds records already");
  expect(changes(calls)).toEqual([]);
});

test("when the migrations fail nothing is imported", async () => {
  const rules = (folder: string) => [{ call: "d1 migrations", code: 1 }, ...restorable(folder)];
  const { result, calls } = await played(restoreBackup, { argv: ["a.sql"], rules, files: whole });
  expect(result).toContain("could not be applied");
  expect(changes(calls)).toHaveLength(1);
});

test("a restoration that lacks a record is told", async () => {
  const rules = (folder: string) => [
    { call: asks(folder, "SELECT (SELECT count(*)"), output: json({ records: 2, searchable: 1 }) },
    ...restorable(folder),
  ];
  const { result } = await played(restoreBackup, { argv: ["a.sql"], rules, files: whole });
  expect(result).toContain("Of 2 records 2 are there and 1 in full text");
});

test.each([
  [["a.sql", "--env", "nowhere"], "no section [env.nowhere]"],
  [["a.sql", "--env", "staging"], "database_id of DB in wrangler.toml is the id of no database"],
  [["a.sql", "--force"], "Usage: npm run backup"],
  [["a.sql", "b.sql"], "Usage: npm run backup"],
  [[], "Usage: npm run backup"],
  [["--help"], "Help: Usage: npm run backup"],
])("%j asks nobody", async (argv, told) => {
  for (const what of [writeBackup, restoreBackup]) {
    const files = what === restoreBackup ? whole : {};
    const { result, calls } = await played(what, { argv, rules: restorable, files });
    expect(result).toContain(told);
    expect(calls).toEqual([]);
  }
});

test("a table that nobody has named is kept, what triggers and tools fill is not", () => {
  const names = [
    "d1_migrations",
    "media_objects",
    "media_totals",
    "media_search",
    "media_search_idx",
    "suggestions",
    "suggestion_calls",
    "suggestion_keywords",
    "suggestion_search_data",
    "suggestion_totals",
    "suggestion_wakes",
    "fences",
    "later",
  ];
  expect(tablesToKeep(names)).toEqual(["media_objects", "suggestions", "suggestion_keywords", "later"]);
});

test.each(["deploy", "backup", "backup:restore"])("npm run %s finds its script", async (name) => {
  const scripts = z.object({ scripts: z.record(z.string(), z.string()) });
  const file = scripts.parse(JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")));
  const [program, ...args] = (file.scripts[name] ?? "").split(" ");
  expect(program).toBe("node");
  const { code, output } = await collect([process.execPath, [...args, "--help"]]);
  expect(output).toContain(`Usage: npm run ${name} -- `);
  expect(code).toBe(0);
});
