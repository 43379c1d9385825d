import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { portState } from "../../scripts/start/port.ts";
import { projectRoot } from "../../scripts/wrangler.ts";
import { clone, type Clone } from "./support/clone.ts";

let copy: Clone;
let stop: () => Promise<void>;

beforeAll(async () => {
  copy = await clone();
  await mkdir(join(copy.folder, "Pictures"));
  await copyFile(join(projectRoot, "docs/tour.jpg"), join(copy.folder, "Pictures/lake.jpg"));
  stop = await copy.start(`npm start -- --port ${copy.port}`);
});

afterAll(async () => {
  await stop();
  await copy.remove();
});

/** Types a line that has to come out well, and gives what it printed. */
async function typed(line: string): Promise<string> {
  const { code, out } = await copy.type(line);
  expect({ line, code, out: code === 0 ? "" : out }).toEqual({ line, code: 0, out: "" });
  return out;
}

const there = (): string => `--url http://localhost:${copy.port}`;

// One after the other, as a reader would: each needs what the one before has made.
describe("what the documents tell to type does, in a clone beside a running service", () => {
  test("tell the keys and send in a folder", async () => {
    expect(await typed("npm run key")).toMatch(/local +admin +[0-9a-f]{48}/);
    expect(await typed(`npm run import -- Pictures ${there()}`)).toContain("1 are ready, 0 failed");
  });

  test("look for what has changed", async () => {
    expect(await typed(`npm run ingest -- ${there()}`)).toMatch(/1 unchanged/);
  });

  test("take everything out and put it back", async () => {
    await typed(`npm run export -- everything.ndjson.gz ${there()}`);
    expect(await typed(`npm run restore -- everything.ndjson.gz --dry-run ${there()}`)).toMatch(/1/);
    expect(await readdir(copy.folder)).toContain("everything.ndjson.gz");
  });

  test("have older records learn what newer readers read", async () => {
    const key = "KEY=$(npm run --silent key | awk '{ print $3; exit }') TAGLINE=" + there().slice(6);
    const line = `curl --silent --request POST --header "X-API-Key: $KEY" --json '{"facts": true}' "$TAGLINE/v1/database/scan"`;
    expect(await typed(`export ${key}; ${line}`)).toContain('"status":"started"');
  });

  test("look into the database and into the bucket", async () => {
    const query = '--local --command "SELECT object_key FROM media_objects"';
    expect(await typed(`npx wrangler d1 execute DB ${query}`)).toContain("lake.jpg");
    await typed("npm run wrangler -- r2 object get tagline-media/lake.jpg --local --file got.jpg");
    await typed("cmp got.jpg docs/tour.jpg");
  });

  test("try whether the service works", async () => {
    expect(await typed(`npm run smoke -- ${there()}`)).toContain("was deleted for good");
    expect(await typed(`npm run ingest -- ${there()}`)).toMatch(/1 objects seen/);
  });

  test("keep what people have written", async () => {
    await typed("npm run backup -- kept.sql --local");
    expect(await readdir(copy.folder)).toContain("kept.sql");
  });

  test("end with Ctrl-C", async () => {
    await stop();
    expect(await portState("localhost", copy.port, 0)).toBe("free");
  });
});
