import { join } from "node:path";
import { Failure } from "../failure.ts";
import { collect, projectRoot, wranglerCommand, wranglerEnv } from "../wrangler.ts";
import { devVarsFile, ensureDevVars, type DevVars } from "./dev-vars.ts";
import { parseStartFlags, type StartFlags } from "./flags.ts";
import { freePort, portState } from "./port.ts";
import { waitForHealth, type Health } from "./ready.ts";
import { startServer, type Server, type ServerOutput } from "./server.ts";

/** What starting needs of its surroundings; tests put their own. */
export interface StartOptions {
  argv: string[];
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
  /** Aborted with `"polite"` on Ctrl-C, with anything else when there is no time. */
  stop: AbortSignal;
  /** Where wrangler's own output goes. */
  output?: ServerOutput;
}

async function choosePort({ ip, port }: StartFlags): Promise<number> {
  if (port === 0) return freePort();
  const state = await portState(ip, port);
  if (state === "taken") {
    throw new Failure(
      `Port ${port} is taken by another program: end it, or choose one with \`npm start -- --port N\`.`,
    );
  }
  if (state === "forbidden") throw new Failure(`This system does not let you listen on port ${port}.`);
  return port;
}

async function applyMigrations(flags: StartFlags, env: NodeJS.ProcessEnv): Promise<void> {
  const args = ["d1", "migrations", "apply", "DB", "--local", ...flags.location];
  const { code, output } = await collect(wranglerCommand(args), wranglerEnv(env));
  if (code === 0) return;
  if (/ENOSPC|no space left|disk is full|SQLITE_FULL/i.test(output)) {
    throw new Failure("The disk is full: free some space and try again.");
  }
  throw new Failure(`The local database could not be brought up to date.\n${output.trim()}`);
}

function secrets(say: (line: string) => void): DevVars {
  const vars = ensureDevVars(join(projectRoot, devVarsFile));
  if (vars.created) say(`Wrote ${devVarsFile} with random keys.`);
  for (const name of vars.missing) {
    say(
      `${devVarsFile} has no ${name}: add it as .dev.vars.example explains, or delete the file to have a new one made.`,
    );
  }
  return vars;
}

function welcome(address: string, key: string | undefined, health: Health): string {
  const lines = [
    "",
    "Tagline is running.",
    `  Documentation  ${address}/docs`,
    `  API            ${address}/v1`,
    `  API key        ${key ?? `none: ${devVarsFile} has no key with the scope admin`}`,
  ];
  if (health.status !== 200) lines.push(`  Health         ${health.status}: ${health.body.slice(0, 1_000)}`);
  return [...lines, "  Stop it with Ctrl-C.", ""].join("\n");
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
export async function start({ argv, env, say, stop, output }: StartOptions): Promise<number> {
  const flags = parseStartFlags(argv);
  if (!flags) throw new Failure("--port needs a number from 0 to 65535.");
  const vars = secrets(say);
  const port = await choosePort(flags);
  await applyMigrations(flags, env);
  if (stop.aborted) return 0;

  // Wrangler would read keys from the terminal, which a background process group must not.
  const args = ["dev", "--port", String(port), "--show-interactive-dev-session=false", ...flags.passedOn];
  const server = startServer(wranglerCommand(args), wranglerEnv(env), output);
  const end = untilStopped(server, stop);
  const waiting = new AbortController();
  const host = ["0.0.0.0", "::", "*"].includes(flags.ip) ? "localhost" : flags.ip;
  const address = `${flags.protocol}://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const greet = async (): Promise<void> => {
    const health = await waitForHealth(new URL("/health", address), waiting.signal);
    if (health) say(welcome(address, vars.adminKey, health));
  };
  const greeted = greet();
  const code = await end;
  waiting.abort();
  await greeted;
  return code;
}
