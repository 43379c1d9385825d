import { type Command, readCommand } from "../arguments.ts";
import { Failure } from "../failure.ts";
import { urlOf } from "../import/options.ts";

/** Where data may be bound to stay: what Cloudflare calls jurisdictions. */
export const jurisdictions = ["eu", "us", "fedramp"] as const;

/** One of {@link jurisdictions}. */
export type Jurisdiction = (typeof jurisdictions)[number];

/** What a deploy was asked to do. */
export interface DeployOptions {
  /** The named environment of the configuration; undefined for the top level, which is production. */
  readonly env: string | undefined;
  /** Secrets to set with this deploy; undefined to keep the Worker's own, and to make those that are missing. */
  readonly secretsFile: string | undefined;
  /** Where a database, bucket or queue that is made now has to stay; undefined for no such bond. */
  readonly jurisdiction: Jurisdiction | undefined;
  /** Whether a Worker that runs may be given another database, bucket or queue than it has. */
  readonly isOtherStorageAllowed: boolean;
  /** The address of the service for the smoke run; undefined for what wrangler tells. */
  readonly url: URL | undefined;
  /** Whether the service is called after the deploy. */
  readonly isSmoked: boolean;
  /** Make the checks, print the steps, change nothing. */
  readonly isDryRun: boolean;
}

/** `npm run deploy` as its help tells it. */
export const deployCommand = {
  name: "npm run deploy",
  about:
    "Brings a deployment on Cloudflare from whatever is there, an empty account too, to a running service: checks what speaks against it, creates the database, buckets and queues that are missing, applies the migrations, makes the secrets that are missing, deploys the Worker, and calls the service. After a failure or an interruption, run the same command again: it goes on with what is missing.",
  flags: {
    env: {
      type: "string",
      value: "NAME",
      otherwise: "the top level of wrangler.toml, which is production",
      about: "The environment [env.NAME] of wrangler.toml.",
    },
    "secrets-file": {
      type: "string",
      value: "FILE",
      otherwise: "none; the secrets of the Worker are kept, and missing ones are made and shown once",
      about: "A file of secrets to set, written as .dev.vars.example is, or as JSON. Never commit the file.",
    },
    jurisdiction: {
      type: "string",
      value: "NAME",
      otherwise: "none",
      about: `Where a database or queue that is created now has to stay: ${jurisdictions.join(", ")}. Buckets have theirs in wrangler.toml.`,
    },
    "other-storage": {
      type: "boolean",
      default: false,
      about:
        "Give a Worker that runs another database, bucket or queue than it has. Without this flag such a deploy is refused, because the photos and their words are in the ones that it has.",
    },
    url: {
      type: "string",
      value: "URL",
      otherwise: "the address that wrangler tells",
      about: "The address at which the service is called after the deploy.",
    },
    "no-smoke": {
      type: "boolean",
      default: false,
      about: "Do not call the service after the deploy, for a service that this machine cannot reach.",
    },
    "dry-run": {
      type: "boolean",
      default: false,
      about: "Make every check, print every step, change nothing.",
    },
  },
  variables: [
    {
      name: "TAGLINE_API_KEY",
      about: "An API key with the scope admin, for the smoke run.",
      otherwise: "the key that this deploy makes or sets; without any key only /health is called",
    },
    {
      name: "CLOUDFLARE_API_TOKEN",
      about: "A token of Cloudflare's, where nobody can log in.",
      otherwise: "the login of `npx wrangler login`",
    },
    {
      name: "CLOUDFLARE_ACCOUNT_ID",
      about: "The account, for a person who has several.",
      otherwise: "the only account",
    },
    {
      name: "CI",
      about: "Where it is set, no secret is made, because the log would show it.",
      otherwise: "not set",
    },
  ],
} as const satisfies Command;

/** Reads the command line of `npm run deploy`. */
export function deployOptions(argv: readonly string[]): DeployOptions {
  const { values } = readCommand(deployCommand, argv);
  return {
    // Wrangler takes an empty name for the top level.
    env: values.env === "" ? undefined : values.env,
    secretsFile: values["secrets-file"],
    jurisdiction: jurisdictionOf(values.jurisdiction),
    isOtherStorageAllowed: values["other-storage"],
    // A workflow passes a variable that nobody has set as an empty text.
    url: values.url === undefined || values.url === "" ? undefined : urlOf(values.url),
    isSmoked: !values["no-smoke"],
    isDryRun: values["dry-run"],
  };
}

function jurisdictionOf(given: string | undefined): Jurisdiction | undefined {
  if (given === undefined) return undefined;
  const jurisdiction = jurisdictions.find((each) => each === given);
  if (jurisdiction === undefined)
    throw new Failure(`--jurisdiction needs ${jurisdictions.join(", ")}, not "${given}".`);
  return jurisdiction;
}
