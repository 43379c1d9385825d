import { wantSuggestions, type Wanted } from "../../db/suggestions/want.ts";
import type { Services, Suggester } from "../../services.ts";
import { wakeSuggesting } from "./wake.ts";

/**
 * Has models asked about those of these records that were processed and lack words. Where that fails it is logged: a photo
 * is no less processed for that, and a scan finds it.
 */
export async function wantWords(services: Services, ids: readonly string[]): Promise<void> {
  if (services.suggester === null || ids.length === 0) return;
  try {
    await wantSuggestions(services.db, ids, { ...askedOf(services.suggester), again: false });
    await wakeSuggesting(services);
  } catch (cause) {
    services.log.warn("suggestions.not_wanted", { records: ids.length }, cause);
  }
}

/** Has models asked about all of these records that lack words, also where every attempt has failed; nothing where none is. */
export async function wantWordsAgain(services: Services, ids: readonly string[]): Promise<void> {
  if (services.suggester === null) return;
  await wantSuggestions(services.db, ids, { ...askedOf(services.suggester), again: true });
  await wakeSuggesting(services);
}

function askedOf({ captionModel, decisionModel }: Suggester): Pick<Wanted, "models" | "now"> {
  const models = [
    { lacks: 1, field: "description", name: captionModel },
    { lacks: 2, field: "keywords", name: decisionModel },
  ] as const;
  return { models: models.filter(({ name }) => name !== null), now: Date.now() };
}
