import { readArguments } from "../arguments.ts";

/** What a deploy was asked to do. */
export interface DeployOptions {
  /** The named environment of the configuration; undefined for the top level, which is production. */
  readonly env: string | undefined;
  /** Secrets to set with this deploy, as the first one needs them. */
  readonly secretsFile: string | undefined;
  /** Make the checks, print the steps, change nothing. */
  readonly isDryRun: boolean;
}

const usage = `Usage: npm run deploy -- [--env NAME] [--secrets-file FILE] [--dry-run]

  --env NAME           deploy the environment [env.NAME] of wrangler.toml (default: what stands at its top level)
  --secrets-file FILE  set the secrets of FILE, written as .dev.vars.example is (default: none; the Worker's own are kept)
  --dry-run            make every check, print each step, change nothing (default: off)
  --help               print this`;

/** Reads the command line of `npm run deploy`; an unknown flag is a failure that tells the usage. */
export function deployOptions(argv: string[]): DeployOptions {
  const { values } = readArguments(usage, {
    args: argv,
    options: {
      env: { type: "string", short: "e" },
      "secrets-file": { type: "string" },
      "dry-run": { type: "boolean", default: false },
    },
  });
  return {
    // Wrangler takes an empty name for the top level.
    env: values.env === "" ? undefined : values.env,
    secretsFile: values["secrets-file"],
    isDryRun: values["dry-run"],
  };
}
