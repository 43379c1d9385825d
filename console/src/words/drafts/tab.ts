import type { Draft } from "./draft.ts";

const lockOf = (tab: string): string => `tagline-tab-${tab}`;

/** A name for this tab that it holds as long as it lives, so that other tabs know whose drafts nobody types at any more. */
export async function holdTab(): Promise<{ readonly tab: string; readonly release: () => void }> {
  const tab = crypto.randomUUID();
  const held = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  void navigator.locks.request(lockOf(tab), () => {
    held.resolve();
    return released.promise;
  });
  await held.promise;
  return { tab, release: () => released.resolve() };
}

/**
 * Hands over the drafts of tabs that are gone, the latest of each photo: another one of the same photo waits on the device
 * until that one is done. Of several tabs that begin at once, only one takes a draft.
 */
export async function adoptDrafts(
  all: () => Promise<readonly Draft[]>,
  adopt: (drafts: readonly Draft[]) => Promise<void>,
): Promise<void> {
  await navigator.locks.request("tagline-adoption", async () => {
    const { held = [] } = await navigator.locks.query();
    const living = new Set(held.map(({ name }) => name));
    await adopt(orphansOf(await all(), (tab) => living.has(lockOf(tab))));
  });
}

/** The latest draft of each photo among those whose tab is gone. */
export function orphansOf(drafts: readonly Draft[], lives: (tab: string) => boolean): Draft[] {
  const orphans = drafts
    .filter(({ tab }) => !lives(tab))
    .toSorted((one, other) => (one.typedAt < other.typedAt ? -1 : 1));
  return [...new Map(orphans.map((draft) => [draft.id, draft])).values()];
}
