import { appendFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Clock } from "../../../scripts/import/clock.ts";
import { restoreMedia } from "../../../scripts/restore/restore.ts";
import { FakeArchive, plainRecords } from "../support/fake-archive.ts";
import { problem } from "../support/fake-service.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";

const closing = `${JSON.stringify({ end: true, next_cursor: null })}\n`;
const megabyte = 1024 * 1024;

/** Rows of an export of so many records, without the closing one. */
function rowsOf(count: number, bytes?: number): string {
  return plainRecords(count, bytes)
    .map(({ text }) => `${text}\n`)
    .join("");
}

async function setUp(files: Record<string, Buffer | string>) {
  const archive = new FakeArchive();
  const address = await archive.listen();
  const folder = await temporaryFolder();
  await writeFiles(folder, files);
  const said: string[] = [];
  const stop = new AbortController();
  const clock: Clock = {
    now: () => 0,
    random: () => 0.5,
    sleep: async (_, signal) => signal.throwIfAborted(),
  };
  const begin = (name: string, flags: string[], signal: AbortSignal): Promise<number> =>
    restoreMedia({
      argv: [join(folder, name), "--url", address, "--key", archive.key, ...flags],
      env: {},
      say: (line) => void said.push(line),
      progress: { begin: () => {}, update: () => {}, end: () => {} },
      stop: signal,
      clock,
    });
  return {
    archive,
    folder,
    said,
    stop,
    run: (name: string, ...flags: string[]) => begin(name, flags, stop.signal),
    /** As a new process would, which nobody has stopped yet. */
    again: (name: string, ...flags: string[]) => begin(name, flags, new AbortController().signal),
  };
}

/** What an import of one line that went well says, but for what is given. */
function imported(change: object): object {
  return {
    operation_id: "operation",
    lines: 1,
    matched: { by_id: 1, by_key: 0, by_hash: 0 },
    updated: 1,
    unchanged: 0,
    unmatched: 0,
    invalid: 0,
    errors: [],
    next_line: null,
    ...change,
  };
}

describe("a file of an export", () => {
  test("is sent without its closing line, and the service's numbers are told", async () => {
    const rows = rowsOf(3);
    const { archive, folder, said, run } = await setUp({ "all.ndjson": rows + closing });
    archive.takeIn = () =>
      imported({ matched: { by_id: 1, by_key: 1, by_hash: 1 }, updated: 2, unchanged: 1, lines: 3 });
    expect(await run("all.ndjson")).toBe(0);
    expect(archive.imports).toEqual([{ query: {}, body: rows }]);
    expect(said).toEqual([
      "3 lines: 3 matched a media object (1 by id, 1 by object key, 1 by content), 0 matched none, 0 are invalid.",
      "2 media objects updated, 1 unchanged.",
      "To take the restore back, revert its operations, the last one first, each with POST /v1/operations/ID/revert:",
      "  operation",
    ]);
    expect(await readdir(folder)).toEqual(["all.ndjson"]);
  });

  test("is sent from a compressed file too", async () => {
    const rows = rowsOf(3);
    const { archive, run } = await setUp({ "all.ndjson.gz": gzipSync(rows + closing) });
    expect(await run("all.ndjson.gz")).toBe(0);
    expect(archive.imports).toEqual([{ query: {}, body: rows }]);
  });

  test("is sent in parts of whole lines, each an operation", async () => {
    const rows = rowsOf(20, megabyte);
    const { archive, said, run } = await setUp({ "all.ndjson": rows + closing });
    expect(await run("all.ndjson")).toBe(0);
    expect(archive.imports.map(({ body }) => body.split("\n").length - 1)).toEqual([8, 8, 4]);
    expect(archive.imports.map(({ body }) => body).join("")).toBe(rows);
    expect(said.slice(-3)).toEqual(["  operation-1", "  operation-2", "  operation-3"]);
  });

  test("is never cut between a record and the rows that belong to it", async () => {
    const history = Array.from(
      { length: 12 },
      (_, older) => `${JSON.stringify({ id: `a.${20 - older}`, revisions: "x".repeat(megabyte) })}\n`,
    );
    const rows = [`{"id":"a"}\n`, ...history, `{"id":"b"}\n`, `{"id":"b.1"}\n`].join("");
    const { archive, run } = await setUp({ "all.ndjson": rows + closing });
    expect(await run("all.ndjson", "--history")).toBe(0);
    expect(archive.imports.map(({ query, body }) => [query, body.split("\n").length - 1])).toEqual([
      [{ history: "true" }, 13],
      [{ history: "true" }, 2],
    ]);
  });

  test("with lines that do not fit ends with 1, and tells them by their numbers in the file", async () => {
    const { archive, said, run } = await setUp({
      "all.ndjson": `${rowsOf(2) + closing + rowsOf(2, 5)}{"id": "\u202e"}`,
    });
    archive.takeIn = (_, number) =>
      imported(
        number === 1
          ? { unmatched: 1, errors: [{ line: 2, message: "matches none" }] }
          : { invalid: 1, errors: [{ line: 3, message: "is \u202e" }] },
      );
    expect(await run("all.ndjson")).toBe(1);
    expect(said.join("\n")).toContain("1 matched none, 1 are invalid");
    expect(said).toContain("  line 2: matches none");
    expect(said).toContain("  line 6: is \\u202e");
  });

  test("of which more lines do not fit than a person reads is told to a bound", async () => {
    const { archive, said, run } = await setUp({ "all.ndjson": rowsOf(2) + closing });
    const errors = Array.from({ length: 150 }, (_, line) => ({ line, message: "no" }));
    archive.takeIn = () => imported({ unmatched: 150, errors, updated: 0 });
    expect(await run("all.ndjson")).toBe(1);
    expect(said.at(-1)).toBe("  … and 50 more");
  });

  test("without its closing line is sent, but ends with 1 and a warning", async () => {
    const { archive, said, run } = await setUp({ "all.ndjson": rowsOf(3).trimEnd() });
    expect(await run("all.ndjson")).toBe(1);
    expect(archive.imports[0]?.body).toBe(rowsOf(3));
    expect(said.join()).toContain("does not end with the line that closes an export");
  });

  test("is only compared with --dry-run", async () => {
    const { archive, said, folder, run } = await setUp({ "all.ndjson": rowsOf(3) + closing });
    expect(await run("all.ndjson", "--dry-run")).toBe(0);
    expect(archive.imports.map(({ query }) => query)).toEqual([{ dry_run: "true" }]);
    expect(said.join("\n")).toContain("Nothing was changed");
    expect(said).toContain("3 media objects would be updated, 0 unchanged.");
    expect(said.join("\n")).not.toContain("revert");
    expect(await readdir(folder)).toEqual(["all.ndjson"]);
  });
});

describe("a table", () => {
  const head = "id,metadata.description\r\n";
  const mark = "\ufeff";
  const row = (index: number, bytes = 5): string => `id-${index},"${"x".repeat(bytes)}\n""${index}"""\r\n`;

  test("is sent in parts, each with the names of the columns, and lines are told by their numbers in the file", async () => {
    const rows = Array.from({ length: 10 }, (_, index) => row(index, megabyte));
    const { archive, said, run } = await setUp({ "all.csv": mark + head + rows.join("") });
    archive.takeIn = () => imported({ invalid: 1, errors: [{ line: 2, message: "the first" }] });
    expect(await run("all.csv")).toBe(1);
    expect(archive.types).toEqual(["text/csv", "text/csv"]);
    const bodies = [rows.slice(0, 8), rows.slice(8)].map((each) => head + each.join(""));
    expect(archive.imports.map(({ body }, index) => body === bodies[index])).toEqual([true, true]);
    expect(said.filter((line) => line.startsWith("  line"))).toEqual([
      "  line 2: the first",
      "  line 18: the first",
    ]);
  });

  test("of a service's own, with its closing comment, is sent without it", async () => {
    const { archive, run } = await setUp({
      "all.csv": `${mark + head + row(1)}# {"end":true,"next_cursor":"x"}\r\n${row(2)}# {"end":true,"next_cursor":null}\r\n`,
    });
    expect(await run("all.csv")).toBe(0);
    expect(archive.imports.map(({ body }) => body)).toEqual([head + row(1), head + row(2)]);
  });
});

describe("a part that is too much for one request", () => {
  test("is gone on with where the service says, and all operations are told", async () => {
    const { archive, said, run } = await setUp({ "all.ndjson": rowsOf(9) + closing });
    archive.takeIn = (_, number) =>
      imported({
        operation_id: `operation-${number}`,
        lines: 3,
        next_line: [4, 7, null][number - 1],
        invalid: 1,
        errors: [{ line: number * 3, message: "no" }],
      });
    expect(await run("all.ndjson")).toBe(1);
    expect(archive.imports.map(({ query }) => query)).toEqual([{}, { from_line: "4" }, { from_line: "7" }]);
    expect(said.filter((line) => line.startsWith("  "))).toEqual([
      "  line 3: no",
      "  line 6: no",
      "  line 9: no",
      "  operation-1",
      "  operation-2",
      "  operation-3",
    ]);
  });

  test("is continued from that line after a stop", async () => {
    const rows = rowsOf(9);
    const { archive, stop, run, again } = await setUp({ "all.ndjson": rows + closing });
    archive.takeIn = (_, number) => imported({ next_line: number === 1 ? 4 : null });
    archive.faults.push((request) => {
      if (request.url?.includes("from_line") === true) stop.abort("polite");
      return false;
    });
    expect(await run("all.ndjson")).toBe(130);
    archive.imports.splice(1);
    archive.takeIn = () => imported({});
    expect(await again("all.ndjson")).toBe(0);
    expect(archive.imports.at(-1)).toEqual({
      query: {},
      body: rows.split("\n").slice(3).join("\n"),
    });
  });

  test("but of which the service does nothing ends the command", async () => {
    const { archive, run } = await setUp({ "all.ndjson": rowsOf(9) + closing });
    archive.takeIn = () => imported({ next_line: 4 });
    await expect(run("all.ndjson")).rejects.toThrow("does not get on");
  });
});

describe("what is no such file", () => {
  test.each([
    ["a page of the web", "<html>\n<body>\n", "is no export"],
    ["a compressed file that was cut off", gzipSync(rowsOf(3)).subarray(0, 40), "cannot be read"],
  ])("%s ends the command in one sentence", async (_, content, sentence) => {
    const { archive, run } = await setUp({ "all.ndjson": content });
    await expect(run("all.ndjson")).rejects.toThrow(sentence);
    expect(archive.imports).toEqual([]);
  });

  test("nothing there ends it likewise", async () => {
    const { run } = await setUp({});
    await expect(run("nothing.ndjson")).rejects.toThrow("ENOENT");
  });
});

describe("a restore that was stopped", () => {
  /** Stopped behind the first of three parts. */
  async function stopped() {
    const all = await setUp({ "all.ndjson": rowsOf(20, megabyte) + closing });
    all.archive.faults.push((request) => {
      if (request.url?.startsWith("/v1/import") === true && all.archive.imports.length === 1)
        all.stop.abort("polite");
      return false;
    });
    expect(await all.run("all.ndjson")).toBe(130);
    expect(all.said).toEqual(["Stopped. Run the same command again to continue."]);
    all.archive.faults.length = 0;
    all.archive.imports.splice(1);
    return all;
  }

  test("goes on with the first part that the service has not answered, and sums all of them up", async () => {
    const { archive, folder, said, again } = await stopped();
    expect(await again("all.ndjson")).toBe(0);
    expect(archive.imports.map(({ body }) => body).join("")).toBe(rowsOf(20, megabyte));
    expect(said).toContain(
      "20 lines: 20 matched a media object (20 by id, 0 by object key, 0 by content), 0 matched none, 0 are invalid.",
    );
    expect(said.slice(-3)).toEqual(["  operation-1", "  operation-2", "  operation-3"]);
    expect(await readdir(folder)).toEqual(["all.ndjson"]);
  });

  test.each<[string, (folder: string) => Promise<void>, string[]]>([
    ["the file is another one by now", (folder) => appendFile(join(folder, "all.ndjson"), closing), []],
    ["it is asked for otherwise", async () => {}, ["--history"]],
    ["what it left is damaged", (folder) => writeFile(join(folder, "all.ndjson.restored"), '{"of":'), []],
  ])("begins anew where %s", async (_, change, flags) => {
    const { archive, folder, again } = await stopped();
    await change(folder);
    archive.imports.length = 0;
    expect(await again("all.ndjson", ...flags)).toBe(0);
    expect(archive.imports).toHaveLength(3);
  });
});

describe("a service that does not answer well", () => {
  test("is sent a part again, and the lost operation is told of", async () => {
    const { archive, said, run } = await setUp({ "all.ndjson": rowsOf(3) + closing });
    archive.faults.push((request, response, seen) => {
      if (request.url?.startsWith("/v1/import") !== true || seen > 2) return false;
      if (seen === 1) request.socket.destroy();
      else problem(response, 500, "internal_error");
      return true;
    });
    expect(await run("all.ndjson")).toBe(0);
    expect(archive.imports).toHaveLength(1);
    expect(said.at(-1)).toBe(
      "1 part was sent again, because the answer was lost. GET /v1/operations also lists the operation of a lost answer.",
    );
  });

  test("but asks to wait is waited for, and nothing is lost", async () => {
    const { archive, said, run } = await setUp({ "all.ndjson": rowsOf(3) + closing });
    archive.faults.push((request, response, seen) => {
      if (request.url?.startsWith("/v1/import") !== true || seen > 2) return false;
      problem(response, seen === 1 ? 429 : 503, "busy", { "retry-after": "0" });
      return true;
    });
    expect(await run("all.ndjson")).toBe(0);
    expect(said.join()).not.toContain("sent again");
  });

  test("at all is given up in the end", async () => {
    const { archive, run } = await setUp({ "all.ndjson": rowsOf(3) + closing });
    archive.faults.push((request) => {
      if (request.url?.startsWith("/v1/import") !== true) return false;
      request.socket.destroy();
      return true;
    });
    await expect(run("all.ndjson")).rejects.toThrow("The service was lost");
  });

  test.each([
    [413, "The service refused the lines 1 to 3: It is busy. (413 busy)"],
    [401, "The service does not accept the API key"],
    [403, "A restore needs a key with the scope admin"],
  ])("with %i ends the command in one sentence", async (status, sentence) => {
    const { archive, run } = await setUp({ "all.ndjson": rowsOf(3) + closing });
    archive.faults.push((request, response) => {
      if (request.url?.startsWith("/v1/import") !== true) return false;
      problem(response, status, "busy");
      return true;
    });
    await expect(run("all.ndjson")).rejects.toThrow(sentence);
  });
});
