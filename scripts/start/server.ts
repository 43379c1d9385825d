import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { exitCode, projectRoot } from "../wrangler.ts";

const graceMs = 5_000;

/** A program that runs with all its descendants in a process group of its own. */
export interface Server {
  /** Settles with the exit code when the program has ended by itself or was stopped. */
  exited: Promise<number>;
  /** Ends the program and everything it started; true asks it to go, false does not ask. */
  stop: (politely: boolean) => Promise<void>;
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // Nobody is left in the group.
  }
}

/**
 * Ends the group even when this process is killed and cannot do it: the kernel closes the pipe, `cat` ends, the shell
 * kills. Without it workerd would live on and keep the port. A shell, so that killing every Node does not hit it.
 */
function watchOver(leader: number): ChildProcess {
  const script = 'cat >/dev/null; kill -s KILL -- "-$1"';
  const watcher = spawn("/bin/sh", ["-c", script, "watch", String(leader)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.on("error", () => {});
  watcher.unref();
  return watcher;
}

/** Where the output of a server goes: a number is that of an open file, a function is handed it as it comes. */
export type ServerOutput = "inherit" | "ignore" | number | ((chunk: string) => void);

/** Starts a program that serves until it is stopped. */
export function startServer(
  [command, args]: [string, string[]],
  env: NodeJS.ProcessEnv,
  output: ServerOutput = "inherit",
): Server {
  const stdio = typeof output === "function" ? "pipe" : output;
  const child = spawn(command, args, {
    cwd: projectRoot,
    env,
    detached: true,
    stdio: ["ignore", stdio, stdio],
  });
  if (typeof output === "function") {
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", output);
  }
  const leader = child.pid;
  const watcher = leader === undefined ? undefined : watchOver(leader);
  const closed = new Promise((resolve) => child.once("close", resolve));
  const tidyUp = async (): Promise<void> => {
    if (leader === undefined) return;
    killGroup(leader);
    if (watcher?.pid !== undefined) killGroup(watcher.pid);
    // Nobody is left to write, so what was written is all here soon.
    await closed;
  };
  const exited = exitCode(child).then(
    async (code) => {
      await tidyUp();
      return code;
    },
    async (error: unknown) => {
      await tidyUp();
      throw error;
    },
  );
  return {
    exited,
    stop: async (politely) => {
      if (politely) {
        child.kill("SIGTERM");
        await Promise.race([exited, sleep(graceMs, undefined, { ref: false })]);
      }
      if (leader !== undefined) killGroup(leader);
      await exited;
    },
  };
}
