import { chromium, type Browser } from "playwright-core";
import { findChromium } from "../../../scripts/test/chromium.ts";
import { Client, dataFolder, startService } from "../../e2e/support/service.ts";
import { visit, type Visit, type VisitOptions } from "./visit.ts";

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

/** One whole service with data of its own, and a browser that looks at it. */
export interface Site {
  readonly url: string;
  /** The key of scope admin. */
  readonly key: string;
  /** Speaks to the service with that key, without the browser. */
  readonly client: Client;
  /** Opens a path in a window of its own, which has neither cookies nor storage of another visit. */
  readonly visit: (path: string, options?: VisitOptions) => Promise<Visit>;
  /** Ends browser and service, and removes what they have written. */
  readonly close: () => Promise<void>;
}

/** Starts a service on a free port and a browser beside it. */
export async function startSite(): Promise<Site> {
  const data = await dataFolder();
  const ends: (() => Promise<unknown>)[] = [data.remove];
  const close = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    const [service, browser] = await Promise.all([
      startService(data).then((service) => {
        ends.push(service.stop);
        return service;
      }),
      launch().then((browser) => {
        ends.push(() => browser.close());
        return browser;
      }),
    ]);
    return {
      url: service.url,
      key: service.key,
      client: new Client(service),
      visit: (path, options) => visit({ browser, origin: service.url, path }, options),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Playwright gives the browser an empty folder for its data, and removes the folder when the browser is closed. */
function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(process.env), args: flags });
}
