import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { defaultUrl, keyOf, urlOf } from "../import/options.ts";
import { devVarsFile, readDevVars } from "../start/dev-vars.ts";
import { adminKeyOf } from "../start/keys.ts";
import { freePort } from "../start/port.ts";
import { askHealth } from "../start/ready.ts";
import { start } from "../start/start.ts";

/** How long the own service may take to come up: it is built first, on a machine that may be busy. */
const startsWithinMs = 180_000;

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
  const port = await freePort();
  const ending = new AbortController();
  const said: string[] = [];
  let ended: Promise<number> = Promise.resolve(0);
  const close = async (): Promise<void> => {
    ending.abort("polite");
    await ended.catch(() => {});
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string): void => reject(new Failure([why, ...said].join("\n")));
      const say = (line: string): void => {
        said.push(line);
        if (line.includes("Tagline is running.")) resolve();
      };
      const argv = ["--port", String(port)];
      // Once it runs it is closed when nobody speaks to it any more.
      stop.addEventListener("abort", () => fail("Stopped."), { once: true });
      ended = start({ argv, env, folder, say, stop: ending.signal });
      ended.then(() => fail("The service of this run ended before it answered."), reject);
      setTimeout(() => fail("The service of this run does not answer."), startsWithinMs).unref();
    });
    const url = new URL(`http://localhost:${port}/`);
    return { url, key: keyOf(undefined, {}, folder), isOwn: true, close };
  } catch (error) {
    await close();
    throw error;
  }
}
