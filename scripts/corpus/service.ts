import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultUrl, keyOf, urlOf } from "../import/options.ts";
import { devVarsFile, readDevVars } from "../start/dev-vars.ts";
import { adminKeyOf } from "../start/keys.ts";
import { startOwn as startOwnIn } from "../start/own-service.ts";
import { askHealth } from "../start/ready.ts";

/** A service that answers. */
export interface OpenService {
  readonly url: URL;
  readonly key: string;
  /** Whether it was started for this run alone and is gone when it is closed. */
  readonly isOwn: boolean;
  readonly close: () => Promise<void>;
}

/** What opening a service needs. */
export interface Opening {
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** The folder with the secrets of the service that runs here. */
  readonly root: string;
  /** Where a service is looked for when no address is given; a test has one of its own. */
  readonly usualUrl?: string | undefined;
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
}

/**
 * The service at the address that was given; else the one that runs on this machine and takes the key of its secrets file;
 * else one that is started on a free port, with data and secrets in a folder of its own, and ends when it is closed.
 */
export async function openService(opening: Opening): Promise<OpenService> {
  const { url, key, env, root, say, usualUrl = defaultUrl } = opening;
  const there = { isOwn: false, close: async () => {} };
  if (url !== undefined) return { url: urlOf(url), key: keyOf(key, env, root), ...there };
  const usual = urlOf(usualUrl);
  const known = key ?? env["TAGLINE_API_KEY"] ?? localKey(root);
  if (known !== undefined && (await takesKey(usual, known))) return { url: usual, key: known, ...there };
  say(`No service with this key at ${usual.origin}: starting one for this run.`);
  return startOwn(opening);
}

function localKey(root: string): string | undefined {
  return adminKeyOf(readDevVars(join(root, devVarsFile))?.get("API_KEYS") ?? "");
}

/** Whether what answers at an address is a service that takes the key. */
async function takesKey(url: URL, key: string): Promise<boolean> {
  const answer = await askHealth(new URL("v1/ingest/status", url), undefined, { "x-api-key": key });
  return typeof answer === "object" && answer.status === 200;
}

async function startOwn({ env, stop }: Opening): Promise<OpenService> {
  const folder = await mkdtemp(join(tmpdir(), "tagline-corpus-"));
  const remove = (): Promise<void> =>
    rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  try {
    const { url, key, close } = await startOwnIn({ folder, env, stop });
    return { url, key, isOwn: true, close: () => close().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
