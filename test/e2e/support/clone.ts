import { spawn, type ChildProcess } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { text } from "node:stream/consumers";
import { exitCode, projectRoot } from "../../../scripts/wrangler.ts";
import { holdPort } from "./ports.ts";

const endsWithinMs = 30_000;

/** What is not of the project: installed, made by runs, or a developer's own. */
const left = new Set([".git", ".wrangler", "node_modules", "coverage", "corpus", "decoders"]);
const own = /^(?:\.dev\.vars(?!\.example)|\.env|wrangler\.local\.toml)/;

/** How a command came out that was typed in a clone. */
interface Typed {
  readonly code: number;
  readonly out: string;
}

/** A copy of the project with its packages and what is built, where commands can be typed that read nobody's settings. */
export interface Clone {
  readonly folder: string;
  readonly port: number;
  /** Types a line into a shell and waits until it has ended; what it prints is kept, warnings among it. */
  readonly type: (line: string) => Promise<Typed>;
  /** Types `npm start` with arguments, waits until the service says that it runs, and gives what ends it as Ctrl-C does. */
  readonly start: (line: string) => Promise<() => Promise<void>>;
  readonly remove: () => Promise<void>;
}

/** Nothing of whoever runs the tests: no keys, no settings that npm hands down. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR: TMPDIR ?? tmpdir(), LANG: "C.UTF-8", NO_COLOR: "1", CI: "1" };
}

/** Whether anything of a process group still runs. */
function isRunning(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

/** Sends to a process and all that it has started what Ctrl-C does, and waits until none of them runs. */
async function interrupt({ pid: group }: ChildProcess): Promise<void> {
  if (group === undefined || !isRunning(group)) return;
  process.kill(-group, "SIGINT");
  const deadline = Date.now() + endsWithinMs;
  while (isRunning(group)) {
    if (Date.now() > deadline) {
      process.kill(-group, "SIGKILL");
      throw new Error("Something of the service runs on after Ctrl-C.");
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Copies the project; what is built comes along, so that nothing is compiled anew. */
export async function clone(): Promise<Clone> {
  const folder = await mkdtemp(join(tmpdir(), "tagline-clone-"));
  const filter = (path: string): boolean =>
    !left.has(basename(path)) && !own.test(relative(projectRoot, path));
  await cp(projectRoot, folder, { recursive: true, preserveTimestamps: true, filter });
  await symlink(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  const { port, release } = await holdPort();
  const open = (line: string) =>
    spawn("bash", ["--norc", "-c", line], {
      cwd: folder,
      env: plainEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own, as a terminal gives each line that is typed.
      detached: true,
    });
  return {
    folder,
    port,
    type: async (line) => {
      const child = open(line);
      const [code, out, err] = await Promise.all([exitCode(child), text(child.stdout), text(child.stderr)]);
      return { code, out: out + err };
    },
    start: async (line) => {
      const child = open(`exec ${line}`);
      let said = "";
      await new Promise<void>((resolve, reject) => {
        const hear = (chunk: Buffer): void => {
          said += chunk.toString();
          if (said.includes("Stop the service with Ctrl-C.")) resolve();
        };
        child.stdout.on("data", hear);
        child.stderr.on("data", hear);
        child.once("exit", () => reject(new Error(`The service ended: ${said}`)));
      });
      return () => interrupt(child);
    },
    remove: async () => {
      await release();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
