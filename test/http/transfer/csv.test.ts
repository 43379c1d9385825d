import "../../support/setup.ts";
import "../../support/draws.ts";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import {
  allWords,
  exported,
  exportedText,
  imported,
  importedCsv,
  sendImport,
  wipe,
} from "../../support/http/transfer.ts";
import { anyWords } from "../../support/records/any-words.ts";
import { buildMany, insertMany, insertMedia, storedMedia } from "../../support/records/media.ts";

async function wordsOf(id: string): Promise<unknown> {
  return JSON.parse(String((await storedMedia(id))?.["object_metadata"]));
}

describe("an export as CSV", () => {
  it("has a byte order mark, names, a row for each record and a comment at its end", async () => {
    const { id } = await insertMedia({
      objectKey: "=cmd|'/c calc'!A1.jpg",
      contentHash: null,
      fileSize: 12,
      width: 40,
      height: 30,
      takenAt: "2024-07-14T16:03:11.000",
      objectMetadata: { description: 'Say "hi",\nthere', location: { latitude: -12.5, longitude: 2 } },
    });
    const rows = (await exportedText({ format: "csv" })).split("\r\n");
    expect(rows[0]?.startsWith("\u{FEFF}id,provider,object_key,")).toBe(true);
    expect(rows[1]).toContain(`${id},r2,'=cmd|'/c calc'!A1.jpg,image/jpeg,12,,`);
    expect(rows[1]).toContain(`,40,30,2024-07-14T16:03:11.000,-12.5,2,`);
    expect(rows[1]).toContain(`"Say ""hi"",\nthere"`);
    expect(rows.slice(2)).toEqual(['# {"end":true,"next_cursor":null}', ""]);
  });

  it("goes on at a cursor without names, so that its parts can be joined", async () => {
    await insertMany(buildMany(4, (n) => ({ objectMetadata: { title: `Photo ${n}` } })));
    const whole = await exportedText({ format: "csv" });
    const second = whole.split("\r\n")[2]?.split(",")[0] ?? "";
    const rest = await exportedText({ format: "csv", cursor: second });
    expect(whole.endsWith(rest)).toBe(true);
    expect(rest.split("\r\n")).toHaveLength(4);
    expect(await importedCsv(rest)).toMatchObject({ lines: 2, unchanged: 2 });
  });
});

describe("an import of CSV", () => {
  it("brings all words back to the byte, and so does NDJSON, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyWords, { minLength: 1, maxLength: 30 }), async (all) => {
        await wipe();
        const fresh = buildMany(all.length, (n) => ({ objectKey: `k/${n}.jpg` }));
        await insertMany(
          buildMany(all.length, (n) => ({ objectKey: `k/${n}.jpg`, objectMetadata: all[n] ?? {} })),
        );
        const before = await allWords();
        const [csv, { text }] = [await exportedText({ format: "csv" }), await exported()];
        await wipe();
        await insertMany(fresh);
        expect(await importedCsv(csv)).toMatchObject({ lines: all.length, invalid: 0, unmatched: 0 });
        expect(await allWords()).toEqual(before);
        expect(await imported(text)).toMatchObject({ unchanged: all.length, updated: 0 });
      }),
      { numRuns: 25 },
    );
  });

  it("takes columns in any order and passes over those that it does not know", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "Old" } });
    const [names = "", cells = ""] = (await exportedText({ format: "csv" })).split("\r\n");
    const turned = [names.replace("\u{FEFF}", ""), cells.replace("Old", "New")].map((row) =>
      row.split(",").toReversed().join(","),
    );
    const body = `colour,${turned[0] ?? ""}\n'=red,${turned[1] ?? ""}\n`;
    expect(await importedCsv(body)).toMatchObject({ matched: { by_id: 1 }, updated: 1 });
    expect(await wordsOf(id)).toEqual({ title: "New" });
  });

  it("takes no words for a closing line, and a closing line that a spreadsheet has written for none", async () => {
    const { id } = await insertMedia();
    const [names = ""] = (await exportedText({ format: "csv" })).replace("\u{FEFF}", "").split("\r\n");
    const columns = [
      "metadata.description",
      ...names.split(",").filter((name) => name !== "metadata.description"),
    ];
    const cells = columns.map((name) => (name === "id" ? id : ""));
    const row = ["# {x}", ...cells.slice(1)].join(",");
    const end = `"# {""end"":true","""next_cursor"":null}"${",".repeat(columns.length - 2)}`;
    const report = await importedCsv(`${columns.join(",")}\r\n${row}\r\n${end}\r\n# {"end":true}\r\n`);
    expect(report).toMatchObject({ lines: 1, updated: 1, invalid: 0 });
    expect(await wordsOf(id)).toEqual({ description: "# {x}" });
  });

  it("that lacks a column of words is refused, since its words would be lost", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "Old" } });
    const response = await sendImport(
      `id,metadata.description\n${id},x\n`,
      {},
      { headers: { "Content-Type": "text/csv" } },
    );
    expect(await refusalOf(response)).toContain("422 validation_error metadata.keywords metadata.title");
    expect(await wordsOf(id)).toEqual({ title: "Old" });
  });

  it("that lacks the description is refused too, and is not read by the places of its cells", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "Old" } });
    const [names = "", cells = ""] = (await exportedText({ format: "csv" })).split("\r\n");
    const place = names.split(",").indexOf("metadata.description");
    const without = [names.replace("\u{FEFF}", ""), cells].map((row) => row.split(",").toSpliced(place, 1));
    const body = `${without[0]?.join(",") ?? ""},notes\n${without[1]?.join(",") ?? ""},\n`;
    const response = await sendImport(body, {}, { headers: { "Content-Type": "text/csv" } });
    expect(await refusalOf(response)).toContain("422 validation_error metadata.description");
    expect(await wordsOf(id)).toEqual({ title: "Old" });
  });

  it("reports rows that do not fit by the line that they begin in", async () => {
    const { id } = await insertMedia({ objectMetadata: { description: "two\nlines" } });
    const csv = await exportedText({ format: "csv" });
    const row = csv.split("\r\n")[1] ?? "";
    const rows = [
      "x,y",
      row
        .replace(id, "")
        .replace("r2", "")
        .replace(/md5:\w+/, ""),
      `${row.slice(0, -1)}[1]`,
      row.replace(/,image\/jpeg,\d+,/, ",image/jpeg,many,"),
      `${row},"`,
    ];
    const report = await importedCsv(csv + rows.map((each) => `${each}\r\n`).join(""));
    expect(report).toMatchObject({ unchanged: 1, invalid: 5 });
    expect(report.errors.map(({ line }) => line)).toEqual([5, 6, 8, 10, 12]);
  });
});
