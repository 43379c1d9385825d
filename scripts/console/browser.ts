import { chromium, type Browser } from "playwright-core";
import { findChromium } from "../test/chromium.ts";

/** A browser that asks nobody but the service, and of which nothing is left. */
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Where a page asks for another host all the same, the test sees that on every machine alike: without an answer.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
];

/**
 * Starts the Chromium of this machine. Playwright gives the browser an empty folder for its data, and removes the folder
 * when the browser is closed. Throws a `Failure` that says what to install where there is none.
 */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(process.env), args: flags });
}
