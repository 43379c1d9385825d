import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_AGAIN_MS = 100;
const ANSWER_TIMEOUT_MS = 5_000;

/** What the service said about itself. */
export interface Health {
  status: number;
  body: string;
}

/** Asks once; undefined when nothing answers yet. */
export function askHealth(url: URL): Promise<Health | undefined> {
  return new Promise((resolve) => {
    const handle = (response: IncomingMessage): void => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", () => resolve(undefined));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
    };
    const options = { timeout: ANSWER_TIMEOUT_MS, headers: { connection: "close" } };
    const request =
      url.protocol === "https:"
        ? // The local certificate is wrangler's own; nothing secret is sent here.
          requestHttps(url, { ...options, rejectUnauthorized: false }, handle)
        : requestHttp(url, options, handle);
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(undefined));
    request.end();
  });
}

/** Waits until the service answers at the address, or until the signal. */
export async function waitForHealth(url: URL, signal: AbortSignal): Promise<Health | undefined> {
  while (!signal.aborted) {
    const health = await askHealth(url);
    if (health) return health;
    await sleep(LOOK_AGAIN_MS);
  }
  return undefined;
}
