import { launchBrowser } from "../../../scripts/console/browser.ts";
import { Client, dataFolder, startService } from "../../e2e/support/service.ts";
import { visit, type Visit, type VisitOptions } from "./visit.ts";

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
      launchBrowser().then((browser) => {
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
