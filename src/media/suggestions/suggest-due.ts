import { claimDue } from "../../db/suggestions/due.ts";
import { frequentWords, type VocabularyWord } from "../../db/suggestions/vocabulary.ts";
import { readWake } from "../../db/suggestions/wakes.ts";
import type { Services } from "../../services.ts";
import { askAbout } from "./ask-about.ts";
import { wakeAgain } from "./wake.ts";

/** How much a message does: how many photos, how many of them at once, and for how long it begins another. */
const most = { photos: 8, atOnce: 4, beginsForMs: 10_000 } as const;

/** How long a model may take to answer. */
const longestAnswerMs = 20_000;

/** A message may come so much too early; one that comes still earlier is not the one that is expected. */
const slackMs = 5000;

/**
 * Asks models about the photos whose time has come, as many as a message may, and sends a message for the rest. Each photo
 * is claimed first, so that a message which is handled twice asks nothing twice, and what dies is asked about later. A
 * message that was sent before one that is on its way now does nothing.
 */
export async function suggestDue(services: Services, timeoutMs = longestAnswerMs): Promise<void> {
  const { suggester, db } = services;
  if (suggester === null) return;
  const began = Date.now();
  const { at, pausedUntil } = await readWake(db, suggester.dailyLimit, began);
  if (at > began + slackMs) return;
  let frequent: Promise<VocabularyWord[]> | null = null;
  const asking = { services, suggester, timeoutMs, frequent: async () => (frequent ??= frequentWords(db)) };
  let left: number = most.photos;
  let isPaused = pausedUntil > began;
  const goOn = async (): Promise<void> => {
    while (!isPaused && left > 0 && Date.now() < began + most.beginsForMs) {
      left -= 1;
      const due = await claimDue(db, Date.now());
      if (due === null) return;
      if ((await askAbout(asking, due)) === "paused") isPaused = true;
    }
  };
  await Promise.all(Array.from({ length: most.atOnce }, goOn));
  await wakeAgain(services, suggester, at);
}
