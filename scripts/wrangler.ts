import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import {
  localConfig,
  mergedConfig,
  mergeTables,
  readToml,
  relocated,
  writeConfig,
} from "./wrangler-config.ts";

/** The project's top-level folder. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const wranglerScript = join(projectRoot, "node_modules", "wrangler", "bin", "wrangler.js");

/**
 * The configuration that our commands run wrangler with: wrangler.toml, or, where the folder has settings of its own, what
 * is made of both, anew each time. Another folder than the project's brings its own secrets and keeps its own state.
 */
export function configFile(folder = projectRoot): string {
  const original = join(projectRoot, "wrangler.toml");
  const own = readToml(join(folder, localConfig));
  if (own === undefined && folder === projectRoot) return original;
  const shared = relocated(readToml(original) ?? {}, projectRoot, folder);
  return writeConfig(join(folder, mergedConfig), mergeTables(shared, own ?? {}));
}

/** A program, its arguments and how it came out. */
export interface Outcome {
  code: number;
  output: string;
}

/**
 * The environment for wrangler on a developer's machine: it neither phones home nor looks for updates, so that
 * nothing waits for a network that is not there.
 */
export function wranglerEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...env,
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_SEND_ERROR_REPORTS: "false",
    WRANGLER_HIDE_BANNER: "true",
    WRANGLER_NO_SKILLS_UPDATE_PROMPTS: "true",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
  };
}

/** The command line that runs wrangler with this very Node. */
export function wranglerCommand(args: string[]): [string, string[]] {
  return [process.execPath, [wranglerScript, ...args]];
}

/**
 * A command line for wrangler with the configuration of our commands, and with the top level of it, which is production,
 * unless an environment is named: wrangler warns where it has to guess that.
 */
export function withConfiguration(
  given: readonly string[],
  { config, env }: { config: () => string; env: NodeJS.ProcessEnv },
): string[] {
  const has = (...flags: readonly string[]): boolean =>
    given.some((word) => flags.some((flag) => word === flag || word.startsWith(`${flag}=`)));
  const chosen = has("-c", "--config") ? [] : ["--config", config()];
  const named = has("-e", "--env") || env["CLOUDFLARE_ENV"] !== undefined ? [] : ["--env="];
  return [...given, ...chosen, ...named];
}

/** Settles when a program has ended, with its exit code, or with what a shell gives for the signal that ended it. */
export function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/** Runs a program to its end, without input, and keeps what it prints. */
export async function collect(
  [command, args]: [string, string[]],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Outcome> {
  const child = spawn(command, args, { cwd: projectRoot, env, stdio: ["ignore", "pipe", "pipe"] });
  const [code, out, err] = await Promise.all([exitCode(child), text(child.stdout), text(child.stderr)]);
  return { code, output: out + err };
}

/** Runs a program in the foreground, its output the person's, and gives its exit code. */
export async function run(
  [command, args]: [string, string[]],
  env: NodeJS.ProcessEnv = process.env,
  input: "ignore" | "inherit" = "ignore",
): Promise<number> {
  return exitCode(spawn(command, args, { cwd: projectRoot, env, stdio: [input, "inherit", "inherit"] }));
}
