import { parseArgs } from "node:util";

/** What `npm start` itself must know of the flags; all of them are passed on to `wrangler dev`. */
export interface StartFlags {
  port: number;
  ip: string;
  protocol: "http" | "https";
  /** Flags that say where the local database lies, for the migrations too. */
  location: string[];
  /** Everything but the port, as given. */
  passedOn: string[];
}

const DEFAULT_PORT = 8787;
const LOCATION = ["persist-to", "config", "env"] as const;

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
    },
  });
  const port = typeof values.port === "string" ? Number(values.port) : (values.port ?? DEFAULT_PORT);
  if (typeof port !== "number" || !Number.isInteger(port) || port < 0 || port > 65_535) return undefined;
  const dropped = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== "option" || token.name !== "port") continue;
    dropped.add(token.index);
    if (!token.inlineValue) dropped.add(token.index + 1);
  }
  return {
    port,
    ip: typeof values.ip === "string" ? values.ip : "localhost",
    protocol: values["local-protocol"] === "https" ? "https" : "http",
    location: LOCATION.flatMap((name) => {
      const value = values[name];
      return typeof value === "string" ? [`--${name}`, value] : [];
    }),
    passedOn: argv.filter((_, index) => !dropped.has(index)),
  };
}
