import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { barProgress, bytes, count, lineProgress } from "../../../scripts/import/progress.ts";

test("amounts of bytes are written as file managers do", () => {
  expect([0, 999, 1_000, 1_234_567, 5_000_000_000, 7e15].map(bytes)).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "1.2 MB",
    "5.0 GB",
    "7000.0 TB",
  ]);
});

test("lines come every few seconds, and the last state once more at the end", () => {
  const said: string[] = [];
  let now = 0;
  const progress = lineProgress(
    (line) => void said.push(line),
    () => now,
  );
  progress.begin("Sending", 2_000, bytes);
  progress.update(500, "1 of 4 files");
  now = 5_000;
  progress.update(1_000, "2 of 4 files");
  now = 6_000;
  progress.update(2_000, "4 of 4 files");
  progress.end();
  progress.end();
  expect(said).toEqual([
    "Sending 50%, 1.0 kB of 2.0 kB, 2 of 4 files",
    "Sending 100%, 2.0 kB of 2.0 kB, 4 of 4 files",
  ]);
});

test("a total that is not known yet is left out, and shown when it is", () => {
  const said: string[] = [];
  const progress = lineProgress((line) => void said.push(line));
  progress.begin("Ingesting", 0, count);
  progress.update(0, "scanning");
  progress.end();
  progress.begin("Ingesting", 0, count);
  progress.update(1, "processing", 4);
  progress.end();
  expect(said).toEqual(["Ingesting, scanning", "Ingesting 25%, 1 of 4, processing"]);
});

test("a terminal gets a bar with amount, note and time left", () => {
  const drawn: string[] = [];
  const terminal = Object.assign(new PassThrough(), {
    isTTY: true,
    columns: 200,
    cursorTo: () => true,
    clearLine: () => true,
  });
  terminal.on("data", (chunk: Buffer) => drawn.push(chunk.toString()));
  const progress = barProgress(terminal);
  progress.update(1, "not begun");
  progress.begin("Sending", 1_000, bytes);
  progress.update(500, "1 of 2 files");
  progress.update(500, "1 of 2 files", 1_000);
  progress.end();
  expect(drawn.join("")).toMatch(/Sending \S+ 50% \| 500 B of 1\.0 kB \| 1 of 2 files \| /);
});
