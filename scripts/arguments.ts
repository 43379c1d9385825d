import { parseArgs, type ParseArgsConfig } from "node:util";
import { Failure, Help } from "./failure.ts";

/** Reads a command line; one that is wrong is a failure that tells the usage, and `--help` tells it alone. */
export function readArguments<T extends ParseArgsConfig & { readonly args: string[] }>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  if (config.args.some((argument) => argument === "--help" || argument === "-h")) throw new Help(usage);
  try {
    return parseArgs(config);
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
