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
  /** Whether what is said goes to a terminal, and so to a person alone. */
  readonly isTerminal: boolean;
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

/** How much of a reason is told. */
const longestReason = 500;

/**
 * What wrangler gave as its reason, in one line. Where Cloudflare has refused a question, wrangler's own line says only that,
 * and the reason stands in the indented lines below it.
 */
export function reasonOf({ code, output }: Outcome): string {
  const lines = output.split("\n").map((line) => line.trimEnd());
  // Where the answer was to be JSON the error is JSON, too.
  const quoted = lines.flatMap((line) => /^\s*"text": "(.*)",?$/.exec(line)?.[1] ?? []);
  const start = lines.findIndex((line) => line.includes("[ERROR]"));
  if (quoted.length > 0) return quoted.join(" ").slice(0, longestReason);
  if (start < 0) return lines.findLast((line) => line !== "")?.trim() ?? `it ended with ${code}`;
  const [first = "", ...below] = lines.slice(start);
  const headline = first.slice(first.indexOf("[ERROR]") + "[ERROR]".length).trim();
  const end = below.findIndex((line) => line !== "" && !line.startsWith(" "));
  const details = (end < 0 ? below : below.slice(0, end))
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const isBare = /^A request to the Cloudflare API .*failed\.$/.test(headline) && details.length > 0;
  return (isBare ? details : [headline, ...details]).join(" ").slice(0, longestReason);
}

/** The JSON of an answer, also where wrangler has printed a line before it; undefined for anything else. */
export function jsonOf({ stdout }: Answer): unknown {
  const start = stdout.search(/^[[{]/m);
  try {
    return start < 0 ? undefined : JSON.parse(stdout.slice(start));
  } catch {
    return undefined;
  }
}
