/**
 * Runs once for all browser tests, beside them: starts the service with the collection when the first file asks for it, and
 * ends it when all are done. Tests look at that service and change nothing of it.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { TestProject } from "vitest/node";
import { bringIn } from "../../../../scripts/console/collection/bring-in.ts";
import { configFile } from "../../../../scripts/wrangler.ts";
import { dataFolder, startService } from "../../../e2e/support/service.ts";
import type { SharedService } from "./collection.ts";

/** What to do at the end, in the order in which it was begun. */
type Ends = (() => Promise<unknown>)[];

/** Vitest calls it before the first file, and what it gives after the last. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const ends: Ends = [];
  let collection: Promise<SharedService> | null = null;
  const server = createServer((_request, answer) => {
    collection ??= startCollection(ends);
    collection.then(
      (service) => answer.end(JSON.stringify(service)),
      (error: unknown) => answer.writeHead(500).end(String(error)),
    );
  }).listen(0, "localhost");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  project.provide("collectionFrom", `http://localhost:${address.port}`);
  return async () => {
    server.close();
    server.closeAllConnections();
    for (const end of ends.toReversed()) await end();
  };
}

async function startCollection(ends: Ends): Promise<SharedService> {
  const data = await dataFolder();
  ends.push(data.remove);
  const { url, key, stop } = await startService(data);
  ends.push(stop);
  await bringIn({ url, key, config: configFile(data.folder) });
  return { url, key };
}
