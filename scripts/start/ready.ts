import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

const lookAgainMs = 100;
/** How long an answer may take: `/health` takes two seconds at the most, and a machine that is starting much else longer. */
const answerTimeoutMs = 15_000;

/** What the service said about itself; 504 where it runs and said nothing. */
export interface Health {
  status: number;
  body: string;
}

/** Asks once; undefined when nothing is there yet, `late` when what is there does not answer in time. */
export function askHealth(
  url: URL,
  timeoutMs = answerTimeoutMs,
  headers: Readonly<Record<string, string>> = {},
): Promise<Health | "late" | undefined> {
  return new Promise((resolve) => {
    const handle = (response: IncomingMessage): void => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", () => resolve(undefined));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
    };
    const options = { timeout: timeoutMs, headers: { connection: "close", ...headers } };
    const request =
      url.protocol === "https:"
        ? // The local certificate is wrangler's own; nothing secret is sent here.
          requestHttps(url, { ...options, rejectUnauthorized: false }, handle)
        : requestHttp(url, options, handle);
    request.on("timeout", () => {
      resolve("late");
      request.destroy();
    });
    request.on("error", () => resolve(undefined));
    request.end();
  });
}

/** Whether the service refuses a key; false where it does not answer. */
export async function isRefused(address: URL, key: string): Promise<boolean> {
  const answer = await askHealth(new URL("/v1/ingest/status", address), answerTimeoutMs, {
    "x-api-key": key,
  });
  return typeof answer === "object" && (answer.status === 401 || answer.status === 403);
}

/**
 * Waits until the service answers at the address, or until the signal. One that answers elsewhere but has no word on its
 * health runs all the same, and is told as that.
 */
export async function waitForHealth(
  url: URL,
  signal: AbortSignal,
  timeoutMs = answerTimeoutMs,
): Promise<Health | undefined> {
  while (!signal.aborted) {
    const health = await askHealth(url, timeoutMs);
    if (typeof health === "object") return health;
    const isElsewhere =
      health === "late" && typeof (await askHealth(new URL("/docs", url), timeoutMs)) === "object";
    if (isElsewhere) return { status: 504, body: `no answer within ${timeoutMs / 1000} s` };
    await sleep(lookAgainMs);
  }
  return undefined;
}
