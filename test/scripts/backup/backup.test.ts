import { symlink } from "node:fs/promises";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { getPlatformProxy } from "wrangler";
import { restoreBackup } from "../../../scripts/backup/restore-backup.ts";
import { writeBackup } from "../../../scripts/backup/write-backup.ts";
import { collect, projectRoot, run, wranglerCommand, wranglerEnv } from "../../../scripts/wrangler.ts";
import { metadataColumns } from "../../../src/db/media/metadata-columns.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";

const patienceMs = 600_000;

/** A deployment of its own on this machine, whose database lies beside its configuration. */
async function deployment(): Promise<string> {
  const folder = await temporaryFolder();
  await writeFiles(folder, { "wrangler.toml": readFileSync(join(projectRoot, "wrangler.toml"), "utf8") });
  await symlink(join(projectRoot, "migrations"), join(folder, "migrations"));
  return folder;
}

function surroundings(folder: string, argv: string[], said: string[] = []) {
  return {
    argv,
    env: wranglerEnv({ ...process.env, INIT_CWD: folder }),
    root: folder,
    config: join(folder, "wrangler.toml"),
    wrangler: wranglerCommand,
    run,
    say: (line: string) => void said.push(line),
  };
}

interface Statement {
  bind: (...values: unknown[]) => Statement;
  run: () => Promise<unknown>;
  all: () => Promise<{ results: Record<string, unknown>[] }>;
}

/** As much of D1 as the tests use; the Worker's types are not for Node. */
interface Database {
  prepare: (sql: string) => Statement;
  batch: (statements: Statement[]) => Promise<unknown>;
}

async function withDatabase<T>(folder: string, work: (database: Database) => Promise<T>): Promise<T> {
  const proxy = await getPlatformProxy<{ DB: Database }>({
    configPath: join(folder, "wrangler.toml"),
    persist: { path: join(folder, ".wrangler", "state", "v3") },
    remoteBindings: false,
  });
  try {
    return await work(proxy.env.DB);
  } finally {
    await proxy.dispose();
  }
}

const insertRecord = `
  INSERT INTO media_objects (
    id, provider, object_key, path_key, version, content_hash, file_size, content_type, state, missing_since,
    intrinsic, object_metadata, folded_keywords, keyword_spellings, words_text, key_text, text_version, revision, updated_at
  ) VALUES (?, 'r2', ?, ?, 'v', ?, 9007199254740991, 'image/jpeg', ?, ?, ?, ?, ?, ?, ?, '. img', ?, 3, 1767225600000)`;

/** Words of every awkward kind: each of them has broken somebody's backup. */
const words: Record<string, unknown>[] = [
  {},
  {
    description: 'it\'s "quoted"; a semicolon;\n-- no comment\r\nemoji 👩‍👩‍👧 and \u0000 NUL',
    keywords: ["Beach", "Été"],
  },
  { description: "zebra", note: "C:\\new\\readme", other: "second\nline", third: "a\\nb\\n0.c\r\u0000d" },
  { long: "'".repeat(60 * 1024), keywords: ["long"] },
  { long: "👩‍👧\n".repeat(5 * 1024), description: "');DROP TABLE media_objects;--" },
];

async function fill(database: Database): Promise<void> {
  for (const [index, metadata] of words.entries()) {
    const columns = metadataColumns(metadata);
    const key = `a'b\n\0c/IMG ${index};\0.jpg`;
    await database
      .prepare(insertRecord)
      .bind(
        `0193-${index}`,
        key,
        key,
        index === 0 ? null : `md5:${index}`,
        index === 1 ? "failed" : "ready",
        index === 2 ? 1_767_225_600_000 : null,
        '{"camera":{"make":"Apple","model":"iPhone"},"location":{"latitude":-48.85}}',
        columns.objectMetadata,
        columns.foldedKeywords,
        columns.keywordSpellings,
        `+word${index} ${columns.wordsText}`,
        // Older code has changed it since; full text holds it by the words that it had.
        index === 3 ? -1 : 1,
      )
      .run();
  }
  await database.batch([
    database.prepare("DELETE FROM media_objects WHERE id = '0193-0'"),
    database.prepare("INSERT INTO provider_state VALUES ('dropbox', 'AAE\nx', 5)"),
    database.prepare(
      "INSERT INTO run_failures VALUES ('run', '0193-1', 'r2', 'k', 'c', 'line\nbreak', 2, 7)",
    ),
    database.prepare("INSERT INTO fences VALUES ('r2', 900)"),
    // Two with the same bytes, and two with the same picture.
    database.prepare("UPDATE media_objects SET content_hash = 'md5:1' WHERE id = '0193-2'"),
    database.prepare(
      "UPDATE media_objects SET picture_hash = 'c0ffee', picture_quality = 97 WHERE id IN ('0193-2', '0193-3')",
    ),
    ...["0193-2", "0193-3"].map((id) =>
      database.prepare("INSERT INTO picture_copies (group_id, media_id) VALUES ('group', ?)").bind(id),
    ),
    // What a machine suggested for one, of which people have refused a part.
    database.prepare(
      `INSERT INTO suggestions (media_id, media_pk, picture, state, candidates, decision_model, search_text)
       SELECT id, pk, 'p', 'open', '[{"keyword":"Dog","folded":"dog","score":0.75}]', 'm', '+suggested' FROM media_objects
       WHERE id = '0193-1'`,
    ),
    database.prepare(`UPDATE suggestions SET verdicts = '{"keywords":{"dog":"refused"}}', decided_at = 9`),
  ]);
}

interface Contents {
  readonly tables: Record<string, unknown[]>;
  readonly found: unknown[];
}

async function contentsOf(database: Database): Promise<Contents> {
  const { results } = await database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .all();
  const names = results
    .map(({ name }) => String(name))
    .filter((name) => !/^(sqlite_|_cf_|media_search|suggestion_search|d1_)/.test(name));
  const tables: Record<string, unknown[]> = {};
  for (const name of names) {
    const columns = name === "media_objects" ? "*, hex(object_metadata)" : "*";
    const order = name === "sidecar_writers" ? "1" : "1, 2";
    tables[name] = (
      await database.prepare(`SELECT ${columns} FROM "${name}" ORDER BY ${order}`).all()
    ).results;
  }
  const search = "SELECT rowid FROM media_search WHERE media_search MATCH ? ORDER BY rowid";
  const found: unknown[] = [];
  for (const phrase of ['"+word1"', '"+word2"', "img", "nothing"]) {
    found.push((await database.prepare(search).bind(phrase).all()).results);
  }
  const suggested = `SELECT count(*) AS suggested FROM suggestion_search WHERE suggestion_search MATCH '"+suggested"'`;
  found.push((await database.prepare(suggested).all()).results);
  await database.prepare("INSERT INTO media_search (media_search, rank) VALUES ('integrity-check', 1)").run();
  return { tables, found };
}

test(
  "a backup that is restored into an empty database is the same, row for row and word for word",
  async () => {
    const [from, to] = [await deployment(), await deployment()];
    const migrate = ["d1", "migrations", "apply", "DB", "--local", "--config", join(from, "wrangler.toml")];
    expect((await collect(wranglerCommand(migrate), wranglerEnv(process.env))).code).toBe(0);
    await withDatabase(from, fill);

    const file = join(from, "backup.sql");
    const said: string[] = [];
    expect(await writeBackup(surroundings(from, ["backup.sql", "--local"], said))).toBe(0);
    expect(said.at(-1)).toBe(`Wrote 4 records to ${file}.`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const longest = Math.max(
      ...readFileSync(file, "utf8")
        .split("\n")
        .map((line) => Buffer.byteLength(line)),
    );
    expect(longest).toBeLessThan(100_000);

    expect(await restoreBackup(surroundings(to, [file, "--local"], said))).toBe(0);
    expect(said.at(-1)).toContain("Restored 4 records");
    const before = await withDatabase(from, contentsOf);
    const after = await withDatabase(to, contentsOf);
    const { fences, ...kept } = before.tables;
    expect(fences).toHaveLength(1);
    expect(after).toEqual({ ...before, tables: { ...kept, fences: [] } });
    expect(before.tables["deletions"]).toHaveLength(1);
    expect(before.tables["media_keywords"]).toHaveLength(3);
    expect(before.tables["repeated_bytes"]).toHaveLength(1);
    expect(before.tables["picture_copies"]).toHaveLength(2);
    expect(before.found.map((rows) => (Array.isArray(rows) ? rows.length : -1))).toEqual([1, 1, 4, 0, 1]);
    expect(before.tables["suggestion_keywords"]).toMatchObject([{ model: "m", folded: "dog", refused_7: 1 }]);
    expect(before.tables["suggestion_totals"]).toEqual([{ id: 1, open: 1 }]);
    expect(before.found.at(-1)).toEqual([{ suggested: 1 }]);

    await expect(restoreBackup(surroundings(to, [file, "--local"]))).rejects.toThrow("holds records already");
  },
  patienceMs,
);
