import type { Locator } from "playwright-core";

/** Holds that something is shown, or comes to be: waits for it, and fails where it does not come. */
export async function expectShown(locator: Locator): Promise<void> {
  await locator.waitFor();
}
