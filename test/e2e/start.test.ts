import { utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { portState } from "../../scripts/start/port.ts";
import { start } from "../../scripts/start/start.ts";
import { projectRoot } from "../../scripts/wrangler.ts";
import { pngBytes } from "../support/images/png.ts";
import { Client, dataFolder, logOf, mediaSchema, startService } from "./support/service.ts";

const never = new AbortController().signal;
const quiet = { env: process.env, say: () => {}, stop: never };

/** A folder of a service that is removed at the end. */
async function ownFolder(): ReturnType<typeof dataFolder> {
  const data = await dataFolder();
  onTestFinished(data.remove);
  return data;
}

/** What a person reads, without empty lines. */
const lines = (said: string[]): string[] => said.filter((line) => line !== "");

describe("npm start", () => {
  test("prints where the photos and the documentation are and a key, nothing beside, and gives the port back at the end", async () => {
    const data = await ownFolder();
    const { url, key, said, stop } = await startService(data);
    expect(lines(said)).toEqual([
      "Wrote .dev.vars with random keys.",
      "Tagline is running.",
      `  Photos         ${url}/`,
      `  Documentation  ${url}/docs`,
      `  API            ${url}/v1`,
      `  API key        ${key}`,
      expect.stringContaining("tagline.log"),
      "  Stop the service with Ctrl-C.",
    ]);
    expect(logOf(data.folder)).toContain("env.INGEST_COORDINATOR");
    expect((await fetch(url)).status).toBeGreaterThan(0);
    expect(await stop()).toBe(0);
    expect(await portState("localhost", Number(new URL(url).port), 0)).toBe("free");
  });

  test("works with queues of other names, as settings of one's own give them", async () => {
    const data = await ownFolder();
    await writeFile(
      join(data.folder, "wrangler.local.toml"),
      `[[queues.producers]]
      binding = "INGEST_QUEUE"
      queue = "photos-of-ann"
      [[queues.consumers]]
      queue = "photos-of-ann"
      max_batch_size = 1
      max_batch_timeout = 1
      max_retries = 15
      dead_letter_queue = "given-up-of-ann"
      [[queues.consumers]]
      queue = "given-up-of-ann"
      max_retries = 15`,
    );
    const service = await startService(data);
    onTestFinished(async () => void (await service.stop()));
    const client = new Client(service);
    const { id } = await client.upload("a.png", Buffer.from(await pngBytes({ width: 90, height: 60 })));
    const media = await client.until(mediaSchema, `/v1/media/${id}`, ({ state }) => state !== "pending");
    expect(media.state).toBe("ready");
    expect(logOf(data.folder)).toContain("photos-of-ann");
    expect(logOf(data.folder)).not.toContain("tagline-ingest");
  });

  test("offers no key that the service does not accept, and says what is wrong", async () => {
    const data = await ownFolder();
    await writeFile(
      join(data.folder, ".dev.vars"),
      `API_KEYS=me:admin:short\nSIGNING_SECRET=${"s".repeat(40)}`,
    );
    const said: string[] = [];
    const stop = new AbortController();
    const say = (line: string): void => {
      said.push(...line.split("\n"));
      if (line.includes("Tagline is running.")) stop.abort("polite");
    };
    expect(await start({ ...quiet, argv: data.flags, say, stop: stop.signal, folder: data.folder })).toBe(0);
    const line = said.find((each) => each.includes("API key"));
    expect(line).toContain("none: API_KEYS entry 1 does not have the form NAME:SCOPES:KEY and is ignored.");
    expect(line).not.toContain("short");
  });

  test("builds and runs anew what is edited below src", async () => {
    const data = await ownFolder();
    const service = await startService(data);
    onTestFinished(async () => void (await service.stop()));
    const builds = (): number => logOf(data.folder).split("[custom build] Running").length;
    const before = builds();
    // Only its time changes.
    await utimes(join(projectRoot, "src", "core", "log.ts"), new Date(), new Date());
    await expect.poll(builds, { timeout: 60_000, interval: 200 }).toBeGreaterThan(before);
    await expect
      .poll(() => service.said.at(-1), { timeout: 60_000, interval: 200 })
      .toContain("Local server updated");
  });

  test("is refused in one sentence where it runs already, and leaves that one alone", async () => {
    const data = await ownFolder();
    const { url, stop } = await startService(data);
    onTestFinished(async () => void (await stop()));
    const again = start({ ...quiet, argv: ["--port", "0"], folder: data.folder });
    await expect(again).rejects.toThrow(/^The service runs here already \(process \d+\)\. /);
    expect((await fetch(new URL("/health", url))).status).toBe(200);
  });

  test("says in one sentence that the port is taken, before it starts anything", async () => {
    const data = await ownFolder();
    const { stop } = await startService(data);
    onTestFinished(async () => void (await stop()));
    const { folder } = await ownFolder();
    const again = start({ ...quiet, argv: data.flags, folder });
    await expect(again).rejects.toThrow(/^Port \d+ is taken by another program/);
  });

  test("says in one sentence that a port is none", async () => {
    const asked = start({ ...quiet, argv: ["--port", "photos"] });
    await expect(asked).rejects.toThrow("--port needs a number from 0 to 65535.");
  });

  test("gives the exit code of a wrangler that does not run, and shows what it has printed", async () => {
    const { folder, flags } = await ownFolder();
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    const argv = [...flags, "--local-protocol", "gopher"];
    expect(await start({ ...quiet, argv, say, folder })).toBe(1);
    expect(said.join("\n")).toContain("gopher");
    expect(said.at(-1)).toMatch(
      /Wrangler did not start the service; .*tagline\.log has the whole output of Wrangler\.$/,
    );
  });

  test("passes on why the database could not be brought up to date", async () => {
    const { folder, flags } = await ownFolder();
    const argv = [...flags, "--config", join(folder, "no-such-file.toml")];
    const asked = start({ ...quiet, argv, folder });
    await expect(asked).rejects.toThrow("The migrations of the local database failed.");
  });

  test("starts nothing that is to be stopped already", async () => {
    const { folder, flags } = await ownFolder();
    const stop = AbortSignal.abort("polite");
    expect(await start({ ...quiet, argv: flags, stop, folder })).toBe(0);
  });
});
