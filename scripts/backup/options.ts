import { resolve } from "node:path";
import { readArguments } from "../arguments.ts";
import { Failure } from "../failure.ts";
import { targetFlags, type Network } from "../deploy/surroundings.ts";

/** Which file, and which database. */
export interface BackupOptions {
  readonly file: string;
  readonly env: string | undefined;
  readonly isLocal: boolean;
  /** The flags by which wrangler knows the database. */
  readonly target: string[];
}

const flags = `
  --env NAME  the database of the environment [env.NAME] of wrangler.toml (default: that of its top level)
  --local     the database of \`npm start\` on this machine (default: the one on Cloudflare)
  --help      print this`;

const usages = {
  backup: `Usage: npm run backup -- FILE [--env NAME] [--local]

  FILE        where to write; nothing that exists is overwritten${flags}`,
  restore: `Usage: npm run backup:restore -- FILE [--env NAME] [--local]

  FILE        what \`npm run backup\` has written${flags}`,
};

/** Reads the command line of a backup or of its restoration. */
export function backupOptions(surroundings: Network, what: keyof typeof usages): BackupOptions {
  const { argv, env, root } = surroundings;
  const usage = usages[what];
  const { values, positionals } = readArguments(usage, {
    args: argv,
    allowPositionals: true,
    options: { env: { type: "string", short: "e" }, local: { type: "boolean", default: false } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Failure(usage);
  const name = values.env === "" ? undefined : values.env;
  return {
    // npm changes to the project's folder; a relative FILE means the one the person is in.
    file: resolve(env["INIT_CWD"] ?? root, file),
    env: name,
    isLocal: values.local,
    target: [values.local ? "--local" : "--remote", ...targetFlags(surroundings, name)],
  };
}
