import { moveWake, readWake, type Wake } from "../../db/suggestions/wakes.ts";
import type { Services, Suggester } from "../../services.ts";

/** A message that is so late is lost. */
const lostAfterMs = 10 * 60_000;

/** A message that comes so much sooner than needed is not worth another one. */
const patienceMs = 60_000;

/** A queue keeps a message back for twelve hours at the most; one that comes too early sends another. */
const longestDelayMs = 12 * 60 * 60_000;

/**
 * Sends the message that has models asked, unless nothing is due or one is on its way. Should it be lost, or not be sent,
 * whoever comes ten minutes later sends another.
 */
export async function wakeSuggesting(services: Services): Promise<void> {
  if (services.suggester === null) return;
  const now = Date.now();
  const wake = await readWake(services.db.primary(), services.suggester.dailyLimit, now);
  const to = nextAt(wake, now);
  const isOnItsWay = wake.at >= now - lostAfterMs && wake.at <= (to ?? 0) + patienceMs;
  if (to !== null && !isOnItsWay) await sendAt(services, wake.at, to);
}

/** The same for whoever has something else to do, whatever becomes of it. */
export async function wakeSuggestingIfPossible(services: Services): Promise<void> {
  await wakeSuggesting(services).catch((cause: unknown) =>
    services.log.warn("suggestions.wake_failed", {}, cause),
  );
}

/** Sends the message that follows the one that was handled, which came for `at`, if anything is left. */
export async function wakeAgain(services: Services, { dailyLimit }: Suggester, at: number): Promise<void> {
  const now = Date.now();
  const to = nextAt(await readWake(services.db, dailyLimit, now), now);
  if (to === null) await moveWake(services.db, at, 0);
  else await sendAt(services, at, to);
}

/** Never the time that is set down already, by which others see that somebody was faster. */
function nextAt({ at, due, pausedUntil }: Wake, now: number): number | null {
  if (due === null) return null;
  const to = Math.min(now + longestDelayMs, Math.max(now, due, pausedUntil));
  return to === at ? to + 1 : to;
}

/** Of several who want to send at the same time one does. */
async function sendAt({ db, queue, traceId }: Services, from: number, to: number): Promise<void> {
  if (!(await moveWake(db, from, to))) return;
  const delaySeconds = Math.max(0, Math.ceil((to - Date.now()) / 1000));
  await queue.send({ type: "suggest", traceId }, { delaySeconds });
}
