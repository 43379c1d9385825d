/** A failure that is told to the person in one sentence, without a stack. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** A command that was given what it cannot begin with, for those that tell this from what they found (exit code 2). */
export class WrongUse extends Failure {}

/** Reads what a person has given: a failure is one of use. */
export function readUse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Failure) throw new WrongUse(error.message, { cause: error });
    throw error;
  }
}

/** What a person asked to be told, instead of anything being done. */
export class Help extends Error {
  override readonly name = "Help";
}

/** The code of a system error (`ENOSPC`, `ECONNRESET`, …), if it is one. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** One sentence about any error; a full disk is put in words. */
export function describe(error: unknown): string {
  if (systemCode(error) === "ENOSPC") return "The disk is full: free some space and try again.";
  return error instanceof Error ? error.message : String(error);
}

/** Runs a command's main function; gives the exit code, and puts an expected failure in one sentence. */
export async function runMain(
  main: () => Promise<number>,
  report: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
  say: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
): Promise<number> {
  try {
    return await main();
  } catch (error) {
    if (error instanceof Help) {
      say(error.message);
      return 0;
    }
    const expected = error instanceof Failure || systemCode(error) !== undefined;
    report(expected || !(error instanceof Error) ? `tagline: ${describe(error)}` : String(error.stack));
    return error instanceof WrongUse ? 2 : 1;
  }
}
