import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { onTestFinished } from "vitest";
import { localConfig } from "../../../scripts/wrangler-config.ts";
import { launchBrowser } from "../../../scripts/console/browser.ts";
import { Client, dataFolder } from "../../e2e/support/service.ts";
import { startBeside } from "./start.ts";
import { collectionService } from "./shared/collection.ts";
import { visit, type Visit, type VisitOptions } from "./visit.ts";

/** One whole service, and a browser that looks at it. */
export interface Site {
  readonly url: string;
  /** The key of scope admin. */
  readonly key: string;
  /** Speaks to the service with that key, without the browser. */
  readonly client: Client;
  /**
   * Opens a path in a window of its own, which has neither cookies nor storage of another visit, and is closed with the test.
   */
  readonly visit: (path: string, options?: VisitOptions) => Promise<Visit>;
  /** The same with somebody who is signed in. */
  readonly visitSignedIn: (path: string, options?: VisitOptions) => Promise<Visit>;
  /** Ends the browser, and the service where it is nobody else's, and removes what they have written. */
  readonly close: () => Promise<void>;
}

/** A site whose service is its own. */
export interface OwnSite extends Site {
  /** The folder of the service's data, secrets and settings. */
  readonly folder: string;
}

type Ends = (() => Promise<unknown>)[];

/**
 * Starts a service on a free port and a browser beside it; with secrets of its own, or with those that it makes, and with
 * settings over those of the project.
 */
export async function startSite(
  secrets: string | null = null,
  settings: string | null = null,
): Promise<OwnSite> {
  const data = await dataFolder();
  if (settings !== null) await writeFile(join(data.folder, localConfig), settings);
  if (secrets !== null) await writeFile(join(data.folder, ".dev.vars"), secrets);
  const site = await siteOf([data.remove], async (ends) => {
    const service = await startBeside(data);
    ends.push(service.stop);
    return service;
  });
  return { ...site, folder: data.folder };
}

/** Starts a browser beside the service with the collection, which all files share and none changes. */
export function openCollection(): Promise<Site> {
  return siteOf([], collectionService);
}

async function siteOf(
  ends: Ends,
  begin: (ends: Ends) => Promise<{ readonly url: string; readonly key: string }>,
): Promise<Site> {
  const close = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    const [{ url, key }, browser] = await Promise.all([begin(ends), launchBrowser()]);
    ends.push(() => browser.close());
    const open: Site["visit"] = async (path, options) => {
      const visited = await visit({ browser, origin: url, path }, options);
      // Each window has processes of its own.
      onTestFinished(() => closeWindow(visited.context));
      return visited;
    };
    return {
      url,
      key,
      client: new Client({ url, key }),
      visit: open,
      visitSignedIn: (path, options) => open(path, { ...options, key }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Closes a window, whatever it still asks for: an answer that a test has not waited for is nobody's failure. */
async function closeWindow(context: BrowserContext): Promise<void> {
  const routed = [context, ...context.pages()];
  await Promise.all(routed.map((one) => one.unrouteAll({ behavior: "ignoreErrors" })));
  await context.close();
}
