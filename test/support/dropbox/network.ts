import { createLogger } from "../../../src/core/log.ts";
import { DropboxClient } from "../../../src/storage/dropbox/client.ts";
import type { Network } from "../../../src/core/network.ts";
import { DropboxProvider } from "../../../src/storage/dropbox/provider.ts";
import { DropboxStandIn, type StandInOptions } from "./stand-in.ts";

/** Network in which nobody waits: what would have been waited for is noted, in milliseconds. */
export interface TestSurroundings extends Network {
  readonly waits: number[];
}

/** Network with a stand-in for the network; without one nothing answers. */
export function testSurroundings(
  standIn?: DropboxStandIn,
  now: () => number = () => Date.now(),
): TestSurroundings {
  const waits: number[] = [];
  return {
    waits,
    fetch: standIn?.fetch ?? (async () => Promise.reject(new Error("there is no network here"))),
    log: createLogger("error"),
    wait: async (ms) => void waits.push(ms),
    now,
    random: () => 0.5,
  };
}

/** Where a stand-in is thought to be. */
export const standInUrls = { apiUrl: "https://api.dropbox.test", contentUrl: "https://content.dropbox.test" };

let connections = 0;

/** How a provider on a stand-in is set up. */
export interface ConnectOptions extends StandInOptions {
  readonly root?: string;
  readonly pathRoot?: string | null;
}

/** A new stand-in, with a provider that reads it. Its credentials are its own, so that no token of another is used. */
export function connect({ root = "", pathRoot = null, ...options }: ConnectOptions = {}) {
  const standIn = new DropboxStandIn(options);
  const { registration } = standIn.authority;
  registration.refreshToken = `refresh-token-${connections++}`;
  const network = testSurroundings(standIn, options.now);
  const { appKey, appSecret, refreshToken } = registration;
  const credentials = { appKey, appSecret, refreshToken };
  const client = new DropboxClient({ ...standInUrls, credentials, pathRoot }, network);
  const provider = new DropboxProvider({ name: "dropbox", root, pathRoot, client });
  return { standIn, provider, client, network };
}
