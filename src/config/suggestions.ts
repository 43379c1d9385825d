import { type ConfigSource, readCount, type Report, text } from "./source.ts";

/** Which models are asked for words, and how often. */
export interface SuggestionsConfig {
  /** The model that describes a picture; null where none is asked. */
  readonly captionModel: string | null;
  /** The model that says which keywords fit a picture; null where none is asked. */
  readonly decisionModel: string | null;
  /** The most calls of models a day (UTC). */
  readonly dailyLimit: number;
}

/** Reads `AI_CAPTION_MODEL`, `AI_DECISION_MODEL` and `AI_DAILY_LIMIT`; null where no model is named, as by default. */
export function readSuggestions(source: ConfigSource, report: Report): SuggestionsConfig | null {
  const captionModel = readModel(source, "AI_CAPTION_MODEL", report);
  const decisionModel = readModel(source, "AI_DECISION_MODEL", report);
  const dailyLimit = readCount(source, "AI_DAILY_LIMIT", 1000, report);
  return captionModel === null && decisionModel === null ? null : { captionModel, decisionModel, dailyLimit };
}

/** The name of a model as Cloudflare's catalogue has it. */
function readModel(source: ConfigSource, name: string, report: Report): string | null {
  const value = text(source, name);
  if (value === "") return null;
  if (/^@(?:cf|hf)\/[\w.-]{1,64}\/[\w.-]{1,128}$/.test(value)) return value;
  report(`${name} must be a model's name such as @cf/llava-hf/llava-1.5-7b-hf; the service asks no model.`);
  return null;
}
