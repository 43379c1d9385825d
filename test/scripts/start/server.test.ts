import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { startServer } from "../../../scripts/start/server.ts";
import { temporaryFolder } from "../support/folder.ts";

const patienceMs = 30_000;

/** Whether a process runs; one that is dead and only not yet buried by its parent does not. */
function isAlive(pid: number): boolean {
  const state = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  return state !== "" && !state.startsWith("Z");
}

/** A program that starts another, writes down its id, and stays; the other ignores requests to end. */
function family(pidFile: string): [string, string[]] {
  return ["/bin/sh", ["-c", `(trap '' TERM; while :; do sleep 0.1; done) & echo $! >"${pidFile}"; wait`]];
}

function descendant(pidFile: string): Promise<number> {
  return vi.waitFor(async () => {
    const pid = Number(await readFile(pidFile, "utf8"));
    expect(pid).toBeGreaterThan(0);
    return pid;
  }, patienceMs);
}

const gone = (pid: number): Promise<boolean> => vi.waitUntil(() => !isAlive(pid), patienceMs);

test.each([true, false])(
  "a server that is stopped (politely: %s) takes its descendants with it",
  async (politely) => {
    const pidFile = join(await temporaryFolder(), "pid");
    const server = startServer(family(pidFile), process.env, "ignore");
    const pid = await descendant(pidFile);
    expect(isAlive(pid)).toBe(true);
    await server.stop(politely);
    expect(await gone(pid)).toBe(true);
  },
);

test("a server that ends by itself leaves nothing behind and gives its exit code", async () => {
  const pidFile = join(await temporaryFolder(), "pid");
  const [shell, [flag = "", script = ""]] = family(pidFile);
  const server = startServer([shell, [flag, script.replace("wait", "exit 7")]], process.env, "ignore");
  expect(await server.exited).toBe(7);
  expect(await gone(await descendant(pidFile))).toBe(true);
});

test("a server does not outlive the process that started it, even if that is killed", async () => {
  const pidFile = join(await temporaryFolder(), "pid");
  const module = new URL("../../../scripts/start/server.ts", import.meta.url).href;
  const code = `
    const { startServer } = await import(${JSON.stringify(module)});
    startServer(${JSON.stringify(family(pidFile))}, process.env, "ignore");
    process.stdout.write("started");`;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  // The program may run before the starter has set its watch over it.
  await once(starter.stdout, "data");
  const pid = await descendant(pidFile);
  starter.kill("SIGKILL");
  expect(await gone(pid)).toBe(true);
});

test("a program that does not exist is a failure", async () => {
  await expect(startServer(["/nonexistent", []], process.env, "ignore").exited).rejects.toThrow("ENOENT");
});
