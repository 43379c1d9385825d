import { Desk } from "../../../../../console/src/words/drafts/desk.ts";
import type { Draft } from "../../../../../console/src/words/drafts/draft.ts";
import type { DraftStore } from "../../../../../console/src/words/drafts/store.ts";
import type { WordsService } from "./service.ts";

/** A device that keeps drafts, whatever becomes of the tabs. */
export class Device implements DraftStore {
  readonly kept = new Map<string, Draft>();

  all = async (): Promise<Draft[]> => [...this.kept.values()];

  put(draft: Draft): void {
    this.kept.set(JSON.stringify([draft.id, draft.tab]), structuredClone(draft));
  }

  delete({ id, tab }: Pick<Draft, "id" | "tab">): void {
    this.kept.delete(JSON.stringify([id, tab]));
  }

  async settled(): Promise<void> {}
}

/** A desk in a tab of this name, and what it has told. */
export function deskOn(device: DraftStore, service: WordsService, tab = "tab") {
  const told = { saved: [] as { revision: number; before: number }[], seen: 0, waits: [] as number[] };
  const waiting: (() => void)[] = [];
  let typed = 0;
  const desk = new Desk({
    store: device,
    owner: "ann",
    tab,
    send: service.send,
    load: service.load,
    changed: () => {},
    saved: ({ revision }, before) => void told.saved.push({ revision, before }),
    seen: () => void (told.seen += 1),
    wait: (milliseconds) => {
      told.waits.push(milliseconds);
      return new Promise((resolve) => void waiting.push(resolve));
    },
    now: () => new Date((typed += 1)).toISOString(),
  });
  /** Lets the time go by that the desk waits. */
  const pass = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  return { desk, told, pass };
}

/** Lets everything happen that waits for nothing but its turn. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}
