import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { logLevels, type LogLevel } from "../../src/core/log.ts";
import { Failure } from "../failure.ts";
import { collect, configFile, projectRoot, wranglerCommand, wranglerEnv } from "../wrangler.ts";
import { devVarsFile, ensureDevVars, type DevVars } from "./dev-vars.ts";
import { guardedEnv, parseStartFlags, type StartFlags } from "./flags.ts";
import { acceptedKeys } from "./keys.ts";
import { keepLocalDatabase } from "./local-database.ts";
import { takeLock } from "./lock.ts";
import { keptOutput, LineSieve } from "./output.ts";
import { freePort, portState } from "./port.ts";
import { isRefused, waitForHealth, type Health } from "./ready.ts";
import { startServer, type Server } from "./server.ts";

/** What starting needs of its surroundings; tests put their own. */
export interface StartOptions {
  argv: string[];
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
  /** Aborted with `"polite"` on Ctrl-C, with anything else when there is no time. */
  stop: AbortSignal;
  /** Where secrets, settings of one's own and data lie: the project's folder unless said otherwise. */
  folder?: string;
}

/** How many of wrangler's last lines are shown when it does not start and names no error. */
const lastLines = 40;

async function choosePort({ ip, port }: StartFlags): Promise<number> {
  if (port === 0) return freePort();
  const state = await portState(ip, port);
  if (state === "taken") {
    throw new Failure(
      `Port ${port} is taken by another program: end the program, or choose another port with \`npm start -- --port N\`.`,
    );
  }
  if (state === "forbidden")
    throw new Failure(`This system does not allow a program of yours to listen on port ${port}.`);
  return port;
}

async function applyMigrations(location: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const args = ["d1", "migrations", "apply", "DB", "--local", ...location];
  const { code, output } = await collect(wranglerCommand(args), wranglerEnv(env));
  if (code === 0) return;
  if (/ENOSPC|no space left|disk is full|SQLITE_FULL/i.test(output)) {
    throw new Failure("The disk is full: free some space and try again.");
  }
  throw new Failure(`The migrations of the local database failed.\n${output.trim()}`);
}

function secrets(folder: string, say: (line: string) => void): DevVars {
  const vars = ensureDevVars(join(folder, devVarsFile));
  if (vars.created) say(`Wrote ${devVarsFile} with random keys.`);
  for (const name of vars.missing) {
    say(
      `${devVarsFile} has no ${name}: add ${name} as .dev.vars.example explains, or delete the file and let \`npm start\` make a new file.`,
    );
  }
  return vars;
}

/** The folder of the local data, as wrangler finds it: named from where it is started, or beside its configuration. */
function stateFolder(flags: StartFlags, config: string): string {
  if (flags.persistTo !== undefined) return resolve(projectRoot, flags.persistTo);
  return join(dirname(resolve(projectRoot, config)), ".wrangler", "state");
}

/** The key to call the service with, or why there is none. */
async function keyFor(address: URL, { adminKey, apiKeys }: DevVars): Promise<string> {
  if (adminKey === undefined) {
    const { problems } = acceptedKeys(apiKeys);
    return `none: ${problems.join(" ") || `${devVarsFile} has no key with the scope admin.`}`;
  }
  if (!(await isRefused(address, adminKey))) return adminKey;
  return `none: the service does not accept the key of ${devVarsFile}, because another file or a flag sets API_KEYS.`;
}

function welcome(address: string, health: Health, { key, log }: { key: string; log: string }): string {
  const lines = [
    "",
    "Tagline is running.",
    `  Photos         ${address}/`,
    `  Documentation  ${address}/docs`,
    `  API            ${address}/v1`,
    `  API key        ${key}`,
  ];
  if (health.status !== 200) lines.push(`  Health         ${health.status}: ${health.body.slice(0, 1_000)}`);
  return [...lines, `  Log            ${log}`, "  Stop the service with Ctrl-C.", ""].join("\n");
}

/** From where on the service's lines are shown: from where on it logs, if somebody has chosen that, else warnings. */
function shownLevel({ logLevel }: DevVars): LogLevel {
  return logLevels.find((level) => level === logLevel) ?? "warn";
}

function addressOf({ ip, protocol }: StartFlags, port: number): string {
  const host = ["0.0.0.0", "::", "*"].includes(ip) ? "localhost" : ip;
  return `${protocol}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

async function untilStopped(server: Server, stop: AbortSignal): Promise<number> {
  const asked = new Promise<"asked">((resolve) => {
    stop.addEventListener("abort", () => resolve("asked"), { once: true });
    if (stop.aborted) resolve("asked");
  });
  const first = await Promise.race([asked, server.exited]);
  if (first !== "asked") return first;
  await server.stop(stop.reason === "polite");
  return 0;
}

/** Makes what is missing, starts the service, says where it is, and stays until it ends; gives the exit code. */
export async function start(options: StartOptions): Promise<number> {
  const { argv, say, folder = projectRoot } = options;
  const flags = parseStartFlags(argv);
  if (!flags) throw new Failure("--port needs a number from 0 to 65535.");
  const config = flags.config ?? configFile(folder);
  const state = stateFolder(flags, config);
  const lock = takeLock(join(state, "start.lock"));
  try {
    const older = keepLocalDatabase(state);
    if (older !== undefined) say(older);
    const vars = secrets(folder, say);
    const port = await choosePort(flags);
    const chosen = flags.config === undefined ? ["--config", config] : [];
    await applyMigrations([...flags.location, ...chosen], options.env);
    if (options.stop.aborted) return 0;
    const args = ["dev", "--port", String(port), ...chosen, ...flags.passedOn];
    return await serve(options, { flags, vars, args, port, log: join(state, "tagline.log") });
  } finally {
    lock.release();
  }
}

/** What is to be served, and how. */
interface Serving {
  flags: StartFlags;
  vars: DevVars;
  /** For wrangler. */
  args: string[];
  port: number;
  /** The file that keeps all that is printed. */
  log: string;
}

async function serve(
  { env, say, stop }: StartOptions,
  { flags, vars, args, port, log }: Serving,
): Promise<number> {
  const sieve = new LineSieve(say);
  const output = keptOutput(log, flags.verbose ? say : (line) => sieve.take(line));
  // Wrangler would read keys from the terminal, which a background process group must not.
  const command = wranglerCommand([...args, "--show-interactive-dev-session=false"]);
  const server = startServer(command, guardedEnv(wranglerEnv(env), flags), output);
  const waiting = new AbortController();
  const address = addressOf(flags, port);
  const shown = relative(process.cwd(), log);
  const greet = async (): Promise<boolean> => {
    const health = await waitForHealth(new URL("/health", address), waiting.signal);
    if (health === undefined) return false;
    const key = await keyFor(new URL(address), vars);
    say(welcome(address, health, { key, log: shown }));
    sieve.level = shownLevel(vars);
    return true;
  };
  const greeted = greet();
  const code = await untilStopped(server, stop);
  waiting.abort();
  if (!(await greeted) && code !== 0 && !flags.verbose) {
    const lines = sieve.hasShown ? [] : readFileSync(log, "utf8").trimEnd().split("\n").slice(-lastLines);
    say(
      [...lines, `Wrangler did not start the service; ${shown} has the whole output of Wrangler.`].join("\n"),
    );
  }
  return code;
}
