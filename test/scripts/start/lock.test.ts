import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { takeLock } from "../../../scripts/start/lock.ts";
import { collect } from "../../../scripts/wrangler.ts";
import { temporaryFolder } from "../support/folder.ts";

const module = new URL("../../../scripts/start/lock.ts", import.meta.url).href;

/** A program that takes the lock, says so, and stays. */
const holding = (path: string): string => `
  const { takeLock } = await import(${JSON.stringify(module)});
  globalThis.lock = takeLock(${JSON.stringify(path)});
  process.stdout.write("taken");
  setInterval(() => {}, 1000);`;

test("a folder of data that is used is refused with a sentence that names the process, and is free afterwards", async () => {
  const path = join(await temporaryFolder(), "state", "start.lock");
  const lock = takeLock(path);
  expect(() => takeLock(path)).toThrow(`The service runs here already (process ${process.pid}). `);
  lock.release();
  takeLock(path).release();
});

test("a start that was killed holds nobody up, and one that lives does", async () => {
  const path = join(await temporaryFolder(), "start.lock");
  const first = spawn(process.execPath, ["--input-type=module", "-e", holding(path)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(first.stdout, "data");
  expect(() => takeLock(path)).toThrow(`(process ${first.pid})`);
  first.kill("SIGKILL");
  await once(first, "exit");
  takeLock(path).release();
});

test("of starts at the same time one has the folder", async () => {
  const path = join(await temporaryFolder(), "start.lock");
  const begin = Date.now() + 1_500;
  const code = `
    const { takeLock } = await import(${JSON.stringify(module)});
    while (Date.now() < ${begin});
    try {
      globalThis.lock = takeLock(${JSON.stringify(path)});
      process.stdout.write("taken");
    } catch (error) {
      process.stdout.write(error.name);
    }
    setTimeout(() => {}, 3000);`;
  const starts = Array.from({ length: 4 }, () =>
    collect([process.execPath, ["--input-type=module", "-e", code]]),
  );
  const said = (await Promise.all(starts)).map(({ output }) => output).toSorted();
  expect(said).toEqual(["Failure", "Failure", "Failure", "taken"]);
});
