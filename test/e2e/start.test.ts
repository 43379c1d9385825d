import { describe, expect, onTestFinished, test } from "vitest";
import { portState } from "../../scripts/start/port.ts";
import { start } from "../../scripts/start/start.ts";
import { dataFolder, startService } from "./support/service.ts";

const never = new AbortController().signal;

describe("npm start", () => {
  test("tells where the documentation is and the key, and gives the port back at the end", async () => {
    const data = await dataFolder();
    onTestFinished(data.remove);
    const { url, key, said, stop } = await startService(data);
    expect(said).toContain(`  Documentation  ${url}/docs`);
    expect(said).toContain(`  API key        ${key}`);
    expect((await fetch(url)).status).toBeGreaterThan(0);
    expect(await stop()).toBe(0);
    expect(await portState("localhost", Number(new URL(url).port), 0)).toBe("free");
  });

  test("says in one sentence that the port is taken, before it starts anything", async () => {
    const data = await dataFolder();
    onTestFinished(data.remove);
    const { stop } = await startService(data);
    onTestFinished(async () => void (await stop()));
    const again = start({ argv: data.flags, env: process.env, say: () => {}, stop: never, output: "ignore" });
    await expect(again).rejects.toThrow(/^Port \d+ is taken by another program/);
  });

  test("says in one sentence that a port is none", async () => {
    const asked = start({ argv: ["--port", "photos"], env: process.env, say: () => {}, stop: never });
    await expect(asked).rejects.toThrow("--port needs a number from 0 to 65535.");
  });

  test("gives the exit code of a wrangler that does not run", async () => {
    const data = await dataFolder();
    onTestFinished(data.remove);
    const argv = [...data.flags, "--local-protocol", "gopher"];
    expect(await start({ argv, env: process.env, say: () => {}, stop: never, output: "ignore" })).toBe(1);
  });

  test("passes on why the database could not be brought up to date", async () => {
    const data = await dataFolder();
    onTestFinished(data.remove);
    const argv = [...data.flags, "--config", "no-such-file.toml"];
    const asked = start({ argv, env: process.env, say: () => {}, stop: never, output: "ignore" });
    await expect(asked).rejects.toThrow("The local database could not be brought up to date.");
  });

  test("starts nothing that is to be stopped already", async () => {
    const data = await dataFolder();
    onTestFinished(data.remove);
    const stop = AbortSignal.abort("polite");
    expect(await start({ argv: data.flags, env: process.env, say: () => {}, stop })).toBe(0);
  });
});
