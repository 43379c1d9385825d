import { expect } from "vitest";

const noted: string[] = [];

/** Does what the platform does beyond a limit: throws, in its words. It is noted too, since code may go on after that. */
export function refuse(message: string): never {
  noted.push(message);
  throw new Error(message);
}

/** What was refused since this was asked last. A test that goes beyond a limit on purpose takes it back by this. */
export function takeRefusals(): string[] {
  return noted.splice(0);
}

/** Expects that work is refused, once and in these words. */
export async function expectRefused(work: Promise<unknown>, message: string): Promise<void> {
  await expect(work).rejects.toThrow(message);
  expect(takeRefusals()).toEqual([expect.stringContaining(message)]);
}

/** How much was refused so far. */
export function refusalCount(): number {
  return noted.length;
}

/** Fails if anything was refused since so much was, whether or not the code under test went on as if nothing had been. */
export function expectNoRefusal(since = 0): void {
  const refused = noted.slice(since);
  if (refused.length > 0) throw new Error(`the platform would have refused: ${refused.join("; ")}`);
}
