import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import type { Clock } from "../import/clock.ts";
import { configFile, exitCode, projectRoot, run, wranglerCommand, type Outcome } from "../wrangler.ts";

/** What a deploy or a backup needs of its surroundings; tests put their own. */
export interface Network {
  readonly argv: string[];
  readonly env: NodeJS.ProcessEnv;
  /** The folder that the deployment is made from. */
  readonly root: string;
  /** The configuration for wrangler. */
  readonly config: string;
  /** The command line that runs wrangler with these arguments. */
  readonly wrangler: (args: string[]) => [string, string[]];
  /** Runs a program in the foreground and gives its exit code; where its input is ignored it asks nothing back. */
  readonly run: (
    command: [string, string[]],
    env: NodeJS.ProcessEnv,
    input?: "ignore" | "inherit",
  ) => Promise<number>;
  readonly say: (line: string) => void;
}

/** What a deploy needs beside that, to look at the service afterwards. */
export interface DeploySurroundings extends Network {
  readonly clock: Clock;
  /** Aborted when the person stops the command. */
  readonly signal: AbortSignal;
}

/** Those of the person who runs a command; `env` is what wrangler is given. */
export function ownSurroundings(env: NodeJS.ProcessEnv): Network {
  return {
    argv: process.argv.slice(2),
    env,
    root: projectRoot,
    config: configFile(),
    wrangler: wranglerCommand,
    run: (command, given, input = "inherit") => run(command, given, input),
    say: (line) => void process.stdout.write(`${line}\n`),
  };
}

/** The flags by which wrangler knows which deployment is meant. Without a name it would look for one in the environment. */
export function targetFlags({ config }: Network, env: string | undefined): string[] {
  return ["--config", config, `--env=${env ?? ""}`];
}

/** An answer of wrangler's: what it printed in all, and what of it is the answer itself, without warnings. */
export interface Answer extends Outcome {
  readonly stdout: string;
}

/** Asks wrangler something, without colours in its answer and without its asking back. */
export async function ask({ wrangler, env, root }: Network, args: string[]): Promise<Answer> {
  const [command, given] = wrangler(args);
  const quiet = { NO_COLOR: "1", FORCE_COLOR: "0", WRANGLER_HIDE_BANNER: "true" };
  const child = spawn(command, given, {
    cwd: root,
    env: { ...env, ...quiet },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [code, stdout, stderr] = await Promise.all([exitCode(child), text(child.stdout), text(child.stderr)]);
  // Of its errors wrangler colours the frame whatever the environment says.
  return { code, stdout, output: stripVTControlCharacters(stdout + stderr) };
}

/** What wrangler gave as its reason, in one line. */
export function reasonOf({ code, output }: Outcome): string {
  const lines = output.split("\n").map((line) => line.trim());
  const error = lines.find((line) => line.includes("[ERROR]"));
  // Where the answer was to be JSON the error is JSON, too.
  const quoted = /^"text": "(.*)",?$/.exec(lines.find((line) => line.startsWith('"text": ')) ?? "")?.[1];
  const text =
    quoted ??
    error?.slice(error.indexOf("[ERROR]") + "[ERROR]".length) ??
    lines.findLast((line) => line !== "");
  return text?.trim() ?? `it ended with ${code}`;
}
