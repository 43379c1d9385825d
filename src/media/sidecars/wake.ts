import { claimWake, renewWake, setWriters } from "../../db/sidecars/due.ts";
import type { Config } from "../../config/config.ts";
import type { Services } from "../../services.ts";

/** The names of the providers whose sidecars are written. */
export function writersOf({ providers }: Pick<Config, "providers">): string[] {
  return providers.flatMap(({ name, sidecars }) => (sidecars === "write" ? [name] : []));
}

let isolatePrepared: Config | null = null;

/** Has the database mark what is to be written, before words are changed; an isolate looks once whether it does. */
export async function prepareWriting(services: Services): Promise<void> {
  if (isolatePrepared === services.config) return;
  await setWriters(services.db.primary(), writersOf(services.config));
  isolatePrepared = services.config;
}

/**
 * Sends the message that has marked sidecars written, unless one is on its way. Should it be lost, or not be sent, whoever
 * comes ten minutes later sends another, the next ingest at the latest.
 */
export async function wakeWriting(services: Services): Promise<void> {
  if (writersOf(services.config).length === 0) return;
  await sendAt(services, await claimWake(services.db.primary(), Date.now()));
}

/** Sends the message that follows the one that is handled, if anything is left. */
export async function wakeAgain(services: Services): Promise<void> {
  await sendAt(services, await renewWake(services.db, Date.now()));
}

/** A queue keeps a message back for twelve hours at the most; one that comes too early sends another. */
const longestDelaySeconds = 43_200;

async function sendAt({ queue, traceId }: Services, at: number | null): Promise<void> {
  if (at === null) return;
  const delaySeconds = Math.min(longestDelaySeconds, Math.max(0, Math.ceil((at - Date.now()) / 1000)));
  await queue.send({ type: "sidecars", traceId }, { delaySeconds });
}
