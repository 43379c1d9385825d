import { parseArgs } from "node:util";

/** What `npm start` itself must know of the flags; all but `--verbose` are passed on to `wrangler dev`. */
export interface StartFlags {
  port: number;
  ip: string;
  protocol: "http" | "https";
  /** Flags that say where the local database lies, for the migrations too. */
  location: string[];
  /** Where the data lie, if that is said. */
  persistTo: string | undefined;
  /** The configuration, if that is said. */
  config: string | undefined;
  /** Whether all that wrangler prints is shown. */
  verbose: boolean;
  /** Everything else, as given. */
  passedOn: string[];
}

const defaultPort = 8787;
const location = ["persist-to", "config", "env"] as const;

/** Reads the flags that concern us; undefined for a port that is none. */
export function parseStartFlags(argv: string[]): StartFlags | undefined {
  const { values, tokens } = parseArgs({
    args: argv,
    strict: false,
    tokens: true,
    options: {
      port: { type: "string" },
      ip: { type: "string" },
      "local-protocol": { type: "string" },
      "persist-to": { type: "string" },
      config: { type: "string", short: "c" },
      env: { type: "string", short: "e" },
      verbose: { type: "boolean" },
    },
  });
  const port = typeof values.port === "string" ? Number(values.port) : (values.port ?? defaultPort);
  if (typeof port !== "number" || !Number.isInteger(port) || port < 0 || port > 65_535) return undefined;
  const dropped = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== "option" || !["port", "verbose"].includes(token.name)) continue;
    dropped.add(token.index);
    if (token.name === "port" && !token.inlineValue) dropped.add(token.index + 1);
  }
  return {
    port,
    ip: typeof values.ip === "string" ? values.ip : "localhost",
    protocol: values["local-protocol"] === "https" ? "https" : "http",
    location: location.flatMap((name) => {
      const value = values[name];
      return typeof value === "string" ? [`--${name}`, value] : [];
    }),
    persistTo: typeof values["persist-to"] === "string" ? values["persist-to"] : undefined,
    config: typeof values.config === "string" ? values.config : undefined,
    verbose: values.verbose === true,
    passedOn: argv.filter((_, index) => !dropped.has(index)),
  };
}

const thisMachine: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1"]);

/**
 * The environment for wrangler. Its pages for developers read and write database and bucket without a key, and a request
 * of another machine only has to say that it is for `localhost`: where others reach the service, they are off.
 */
export function guardedEnv(env: NodeJS.ProcessEnv, { ip }: Pick<StartFlags, "ip">): NodeJS.ProcessEnv {
  return thisMachine.has(ip) ? env : { ...env, X_LOCAL_EXPLORER: "false", X_LOCAL_OBSERVABILITY: "false" };
}
