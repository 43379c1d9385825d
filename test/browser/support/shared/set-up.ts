/**
 * Runs once for all browser tests, beside them: starts the service with the collection when the first file asks for it, and
 * ends it when all are done. Tests look at that service and change nothing of it.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { TestProject } from "vitest/node";
import { bringIn } from "../../../../scripts/console/collection/bring-in.ts";
import { configFile } from "../../../../scripts/wrangler.ts";
import { dataFolder } from "../../../e2e/support/service.ts";
import { startBeside } from "../start.ts";
import { serviceSchema, type SharedService } from "./service.ts";

/** What to do at the end, in the order in which it was begun. */
type Ends = (() => Promise<unknown>)[];

/** Names a service that runs already and has the collection, as JSON of its `url` and `key`: it saves the start of one. */
const runningVariable = "TEST_COLLECTION";

/** Vitest calls it before the first file, and what it gives after the last. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const ends: Ends = [];
  const running = process.env[runningVariable];
  let collection = running === undefined ? null : Promise.resolve(serviceSchema.parse(JSON.parse(running)));
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
  const { url, key, stop } = await startBeside(data);
  ends.push(stop);
  await bringIn({ url, key, config: configFile(data.folder) });
  return { url, key };
}
