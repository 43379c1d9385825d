import { existsSync } from "node:fs";
import { appendFile, copyFile, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { exportMedia } from "../../../scripts/export/export.ts";
import type { Clock } from "../../../scripts/import/clock.ts";
import { FakeArchive, plainRecords } from "../support/fake-archive.ts";
import { problem } from "../support/fake-service.ts";
import { temporaryFolder } from "../support/folder.ts";

const closing = `${JSON.stringify({ end: true, next_cursor: null })}\n`;

async function setUp(content = plainRecords(100)) {
  const archive = new FakeArchive();
  archive.content = content;
  const address = await archive.listen();
  const folder = await temporaryFolder();
  const said: string[] = [];
  const slept: number[] = [];
  const stop = new AbortController();
  const clock: Clock = {
    now: () => 0,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      slept.push(ms);
    },
  };
  const begin = (name: string, flags: string[], signal: AbortSignal): Promise<number> =>
    exportMedia({
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
    slept,
    stop,
    run: (name: string, ...flags: string[]) => begin(name, flags, stop.signal),
    /** As a new process would, which nobody has stopped yet. */
    again: (name: string, ...flags: string[]) => begin(name, flags, new AbortController().signal),
    read: (name: string) => readFile(join(folder, name), "utf8"),
  };
}

describe("a service that stays", () => {
  test("is written into a file whole, with the closing line, for its owner's eyes", async () => {
    const { archive, folder, said, run, read } = await setUp();
    expect(await run("all.ndjson")).toBe(0);
    expect(await read("all.ndjson")).toBe(archive.rows + closing);
    expect(await readdir(folder)).toEqual(["all.ndjson"]);
    expect((await stat(join(folder, "all.ndjson"))).mode & 0o777).toBe(0o600);
    expect(said).toEqual([`Wrote 100 media objects to ${join(folder, "all.ndjson")}.`]);
    expect(archive.exports).toEqual([{ format: "ndjson" }]);
  });

  test("is written compressed where the name says so", async () => {
    const { archive, folder, run } = await setUp();
    expect(await run("all.ndjson.gz")).toBe(0);
    const packed = await readFile(join(folder, "all.ndjson.gz"));
    expect(gunzipSync(packed).toString()).toBe(archive.rows + closing);
    expect(await readdir(folder)).toEqual(["all.ndjson.gz"]);
  });

  test("is gone on with for as long as it gives cursors, and the closing lines between are left out", async () => {
    const { archive, run, read } = await setUp(plainRecords(25));
    archive.most = 10;
    expect(await run("all.ndjson")).toBe(0);
    expect(await read("all.ndjson")).toBe(archive.rows + closing);
    expect(archive.exports.map(({ cursor }) => cursor)).toEqual([
      undefined,
      "next id-000009",
      "next id-000019",
    ]);
  });

  test("with nothing in it gives a file with nothing but the closing line", async () => {
    const { run, read } = await setUp([]);
    expect(await run("none.ndjson")).toBe(0);
    expect(await read("none.ndjson")).toBe(closing);
  });

  test("is asked for the history where that is wanted", async () => {
    const { archive, run } = await setUp();
    expect(await run("all.ndjson", "--history")).toBe(0);
    expect(archive.exports).toEqual([{ format: "ndjson", history: "true" }]);
  });
});

describe("a table", () => {
  const table = () =>
    ["plain", 'with "quotes", and\na line break', "# no comment"].map((words, index) => ({
      id: `id-${index}`,
      text: `id-${index},"${words.replaceAll('"', '""')}"\r`,
    }));

  test("has its names once, and no closing line", async () => {
    const { archive, run, read } = await setUp(table());
    archive.head = "\ufeffid,description\r";
    archive.most = 2;
    expect(await run("all.csv")).toBe(0);
    expect(await read("all.csv")).toBe(archive.rows);
    expect(archive.exports.map(({ format, cursor }) => [format, cursor])).toEqual([
      ["csv", undefined],
      ["csv", "next id-1"],
    ]);
  });

  test.each([...Array(25).keys()].map((each) => 3 * each))(
    "that breaks off after %i bytes is continued behind the last whole row",
    async (cut) => {
      const { archive, run, read } = await setUp(table());
      archive.head = "\ufeffid,description\r";
      archive.cuts.push(cut);
      expect(await run("all", "--format", "csv")).toBe(0);
      expect(await read("all")).toBe(archive.rows);
    },
  );
});

describe("a connection that breaks", () => {
  test("anywhere leaves no gap and no double", async () => {
    const { archive, run, read } = await setUp(plainRecords(40));
    archive.cuts.push(1, 3_000, 0, 1_090, 1_091, 1_092, 20_000, 5_000);
    expect(await run("all.ndjson")).toBe(0);
    expect(await read("all.ndjson")).toBe(archive.rows + closing);
  });

  test("within the closing line does not end the export", async () => {
    const { archive, run, read } = await setUp(plainRecords(3));
    archive.cuts.push(Buffer.byteLength(archive.rows) + 10);
    expect(await run("all.ndjson")).toBe(0);
    expect(await read("all.ndjson")).toBe(archive.rows + closing);
    expect(archive.exports.map(({ cursor }) => cursor)).toEqual([undefined, "id-000002"]);
  });

  test("in good order, but before the closing line, does not end the export", async () => {
    const { archive, run, read } = await setUp(plainRecords(5));
    archive.faults.push((request, response, seen) => {
      if (request.url?.startsWith("/v1/export") !== true || seen > 1) return false;
      response.end(archive.rows.slice(0, archive.rows.indexOf("\n") + 1));
      return true;
    });
    expect(await run("all.ndjson")).toBe(0);
    expect(await read("all.ndjson")).toBe(archive.rows + closing);
    expect(archive.exports.map(({ cursor }) => cursor)).toEqual(["id-000000"]);
  });

  test("is waited for only where nothing came, and given up in the end with what has come kept", async () => {
    const { archive, folder, slept, run } = await setUp(plainRecords(3, 10));
    archive.cuts.push(120, ...Array<number>(20).fill(0));
    await expect(run("all.ndjson")).rejects.toThrow(
      "The service was lost (ECONNRESET). Run the same command again to continue.",
    );
    expect(slept).toHaveLength(6);
    expect(existsSync(join(folder, "all.ndjson"))).toBe(false);
    expect((await readFile(join(folder, "all.ndjson.part"), "utf8")).length).toBeGreaterThan(0);
  });

  test("between the rows of a record's history has the rest of them sent", async () => {
    const ids = ["a", "b", "b.3", "b.1", "c", "c.1"];
    const { archive, said, run, read } = await setUp(ids.map((id) => ({ id, text: JSON.stringify({ id }) })));
    archive.cuts.push(25, 15);
    expect(await run("all.ndjson", "--history")).toBe(0);
    expect(await read("all.ndjson")).toBe(archive.rows + closing);
    expect(archive.exports.map(({ cursor }) => cursor)).toEqual([undefined, "b", "b.3"]);
    expect(said).toEqual([expect.stringContaining("Wrote 3 media objects")]);
  });
});

describe("a service that refuses", () => {
  test("for a while is asked again when it says", async () => {
    const { archive, slept, run, read } = await setUp();
    archive.faults.push((request, response, seen) => {
      if (request.url?.startsWith("/v1/export") !== true || seen > 2) return false;
      if (seen === 1) problem(response, 500, "internal_error");
      else problem(response, 503, "busy", { "retry-after": "0" });
      return true;
    });
    expect(await run("all.ndjson")).toBe(0);
    expect(await read("all.ndjson")).toBe(archive.rows + closing);
    expect(slept).toHaveLength(1);
  });

  test.each([
    [401, "The service does not accept the API key"],
    [403, "An export needs a key with the scope read"],
    [422, "The service refused GET /v1/export: It is validation_error. (422 validation_error)"],
  ])("with %i ends the command in one sentence", async (status, sentence) => {
    const { archive, run } = await setUp();
    archive.faults.push((request, response) => {
      if (request.url?.startsWith("/v1/export") !== true) return false;
      problem(response, status, "validation_error");
      return true;
    });
    await expect(run("all.ndjson")).rejects.toThrow(sentence);
  });

  test("to send rows, with a page of something else, ends it likewise", async () => {
    const { archive, run } = await setUp([{ id: "a", text: "<html>" }]);
    expect(archive.content).toHaveLength(1);
    await expect(run("all.ndjson")).rejects.toThrow("no row of an export");
  });
});

describe("an export that was stopped", () => {
  test("ends with 130, says so, and the next one continues it", async () => {
    const { archive, said, stop, folder, run, again, read } = await setUp(plainRecords(50));
    archive.cuts.push(20_000);
    archive.beforeRows = () => {
      if (archive.exports.length === 2) stop.abort("polite");
    };
    expect(await run("all.ndjson")).toBe(130);
    expect(said.join()).toContain("Run the same command again to continue.");
    // As a power cut leaves it.
    await appendFile(join(folder, "all.ndjson.part"), '{"id": "id-0000');
    archive.beforeRows = () => {};
    expect(await again("all.ndjson")).toBe(0);
    expect(await read("all.ndjson")).toBe(archive.rows + closing);
    expect(said.join("\n")).toMatch(/Continuing .*all\.ndjson\.part, which has \d+ media objects already/);
    expect((await readdir(folder)).sort()).toEqual(["all.ndjson"]);
  });

  test("is continued from wherever its part was cut off", async () => {
    const { archive, folder, run, again, read } = await setUp(plainRecords(4, 5));
    const whole = Buffer.from(archive.rows + closing);
    archive.cuts.push(...Array<number>(7).fill(0));
    await expect(run("all")).rejects.toThrow("The service was lost");
    for (let cut = 0; cut <= whole.length; cut += 7) {
      const name = `${cut}.ndjson`;
      await copyFile(join(folder, "all.part.json"), join(folder, `${name}.part.json`));
      await writeFile(join(folder, `${name}.part`), whole.subarray(0, cut));
      expect(await again(name)).toBe(0);
      expect(await read(name)).toBe(archive.rows + closing);
    }
  });

  test("when only the rename was left asks for nothing more", async () => {
    const { archive, folder, run, again, read } = await setUp();
    archive.cuts.push(...Array<number>(7).fill(0));
    await expect(run("all.ndjson")).rejects.toThrow("The service was lost");
    await writeFile(join(folder, "all.ndjson.part"), archive.rows + closing);
    archive.exports.length = 0;
    expect(await again("all.ndjson")).toBe(0);
    expect(archive.exports).toEqual([]);
    expect(await read("all.ndjson")).toBe(archive.rows + closing);
  });

  test("goes on behind the last row that can be read, where a disk has left something else", async () => {
    const { archive, folder, run, again, read } = await setUp();
    archive.cuts.push(...Array<number>(7).fill(0));
    await expect(run("all.ndjson")).rejects.toThrow("The service was lost");
    const rows = archive.rows.slice(0, 30_000);
    await writeFile(
      join(folder, "all.ndjson.part"),
      `${rows.slice(0, rows.lastIndexOf("\n") + 1)}\0\0\0\n\0\n`,
    );
    archive.cuts.length = 0;
    expect(await again("all.ndjson")).toBe(0);
    expect(await read("all.ndjson")).toBe(archive.rows + closing);
  });

  test.each([
    [["--history"], "--history (off)"],
    [["--format", "csv"], "--format (ndjson)"],
  ])("is not mixed with one that is asked for otherwise, %j", async (flags, difference) => {
    const { archive, run, again } = await setUp();
    archive.cuts.push(...Array<number>(7).fill(0));
    await expect(run("all.ndjson")).rejects.toThrow("The service was lost");
    await expect(again("all.ndjson", ...flags)).rejects.toThrow(`with another ${difference}`);
  });

  test("that had the history is not mixed with one without", async () => {
    const { archive, run, again } = await setUp();
    archive.cuts.push(...Array<number>(7).fill(0));
    await expect(run("all.ndjson", "--history")).rejects.toThrow("The service was lost");
    await expect(again("all.ndjson")).rejects.toThrow("with another --history (on)");
  });
});

describe("a file", () => {
  test("that exists is kept, and replaced only with --force", async () => {
    const { archive, folder, run, read } = await setUp();
    await writeFile(join(folder, "all.ndjson"), "mine");
    await expect(run("all.ndjson")).rejects.toThrow("exists already");
    expect(archive.exports).toEqual([]);
    expect(await read("all.ndjson")).toBe("mine");
    expect(await run("all.ndjson", "--force")).toBe(0);
    expect(await read("all.ndjson")).toBe(archive.rows + closing);
  });

  test("that came meanwhile is kept too", async () => {
    const { archive, folder, run, read } = await setUp();
    archive.beforeRows = () => void writeFile(join(folder, "all.ndjson"), "mine");
    await expect(run("all.ndjson")).rejects.toThrow("exists already");
    expect(await read("all.ndjson")).toBe("mine");
  });

  test("that another program writes at the same time is noticed", async () => {
    const { archive, folder, run } = await setUp();
    archive.most = 50;
    archive.beforeRows = () => {
      if (archive.exports.length === 2) void truncate(join(folder, "all.ndjson.part"), 10);
    };
    await expect(run("all.ndjson")).rejects.toThrow("Another program is writing");
  });

  test("in a folder that does not exist ends the command in one sentence", async () => {
    const { run } = await setUp();
    await expect(run("nowhere/all.ndjson")).rejects.toThrow("ENOENT");
  });

  test("has to be named, and only one", async () => {
    const { run, folder } = await setUp();
    await expect(run("a", join(folder, "b"))).rejects.toThrow("Name one file.");
    await expect(run("a.csv", "--history")).rejects.toThrow("--history needs --format ndjson");
    await expect(run("a", "--format", "xml")).rejects.toThrow("--format needs ndjson or csv");
  });
});
