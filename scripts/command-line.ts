import { type Command, readCommand } from "./arguments.ts";
import { Failure, Help } from "./failure.ts";

/** The command line of this process, for a script that is no function: help, and what is wrong, end the process here. */
export function commandLine<const Flags extends Command["flags"]>(command: Command<Flags>) {
  try {
    return readCommand(command, process.argv.slice(2));
  } catch (error) {
    if (error instanceof Help) {
      process.stdout.write(`${error.message}\n`);
      process.exit(0);
    }
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`tagline: ${error.message}\n`);
    process.exit(1);
  }
}
