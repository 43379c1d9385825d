import { appErrorOf } from "../../core/errors.ts";
import type { Services } from "../../services.ts";
import { mostAttempts } from "../../protocol/attempts.ts";
import { recordDeadLetter } from "./dead-letters.ts";
import { ingestMessage, type IngestMessage } from "../../protocol/messages.ts";
import { processChunk } from "./process-chunk.ts";
import { writeDueSidecars } from "../../media/sidecars/write-due.ts";
import { suggestDue } from "../../media/suggestions/suggest-due.ts";
import { sweepUploads } from "../scanning/uploads.ts";
import { runTask } from "./tasks.ts";

/** Makes the services for one message, in the trace that the message carries on. */
export type ServicesFor = (traceId: string | null, logContext: Readonly<Record<string, string>>) => Services;

/** The waits before another attempt: the first, the longest, and the longest that a provider may ask for, in seconds. */
const retryDelays = { first: 5, longest: 300, longestAnnounced: 1800 } as const;

/**
 * Consumes the messages of our queues: each message is acknowledged or retried by itself. A message that has used up its
 * attempts is a dead letter in any queue: its records fail and its task is reported, so that its run can end.
 */
export async function consumeIngest(batch: MessageBatch, servicesFor: ServicesFor): Promise<void> {
  for (const message of batch.messages) await consumeMessage(message, servicesFor);
}

async function consumeMessage(message: Message, servicesFor: ServicesFor): Promise<void> {
  const parsed = ingestMessage.safeParse(message.body);
  if (!parsed.success) {
    servicesFor(null, {}).log.error("message.unreadable", { message: message.id });
    message.ack();
    return;
  }
  const services = servicesFor(parsed.data.traceId, contextOf(parsed.data));
  try {
    if (message.attempts > mostAttempts) await recordDeadLetter(services, parsed.data);
    else await handleOrRecord(services, parsed.data, message.attempts);
    message.ack();
  } catch (cause) {
    await retryLater(services, message, parsed.data, cause);
  }
}

function contextOf(message: IngestMessage): Readonly<Record<string, string>> {
  return message.type === "task" ? { run: message.run, task: message.id } : { task: message.type };
}

/** A failure that cannot pass, by the table of errors, is recorded at once: no other attempt would meet anything else. */
async function handleOrRecord(services: Services, message: IngestMessage, attempts: number): Promise<void> {
  try {
    await handleMessage(services, message, attempts);
  } catch (cause) {
    if (appErrorOf(cause)?.definition.retryable !== false) throw cause;
    services.log.warn("message.hopeless", { type: message.type }, cause);
    await recordDeadLetter(services, message);
  }
}

/** Any other failure may pass: a message whose failure does not pass is recorded after its last attempt. */
async function retryLater(
  services: Services,
  message: Message,
  parsed: IngestMessage,
  cause: unknown,
): Promise<void> {
  const delaySeconds = delayBefore(message.attempts, cause);
  services.log.warn("message.retried", { attempts: message.attempts, delay_s: delaySeconds }, cause);
  message.retry({ delaySeconds });
  if (parsed.type !== "task") return;
  const until = Date.now() + delaySeconds * 1000;
  await services.coordinator.postpone(parsed.run, parsed.id, until).catch((error: unknown) => {
    services.log.warn("message.postpone_failed", {}, error);
  });
}

/**
 * Doubles with each attempt, and is never shorter than the wait that the provider asked for, up to a limit. A dead letter
 * need not wait to be recorded, and the attempts to record a dead letter are counted anew.
 */
function delayBefore(attempts: number, cause: unknown): number {
  if (attempts === mostAttempts) return 0;
  const attempt = attempts > mostAttempts ? attempts - mostAttempts : attempts;
  const grown = Math.min(retryDelays.longest, retryDelays.first * 2 ** (attempt - 1));
  const wanted = appErrorOf(cause)?.retryAfterSeconds ?? 0;
  return Math.ceil(Math.min(retryDelays.longestAnnounced, Math.max(wanted, grown)));
}

async function handleMessage(services: Services, message: IngestMessage, attempts: number): Promise<void> {
  switch (message.type) {
    case "task":
      return runTask(services, message, attempts);
    case "process":
      await processChunk(services, { run: null, attempts, facts: false }, message.ids);
      return;
    case "sidecars":
      return writeDueSidecars(services);
    case "suggest":
      return suggestDue(services);
    case "sweep":
      return sweepUploads(services, message.askedAt);
  }
}
