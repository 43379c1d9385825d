import { captions } from "./caption.ts";
import { decisions } from "./decisions.ts";
import { labels } from "./labels.ts";
import type { Model } from "./workers-ai.ts";

/** A keyword of the archive. */
export interface Keyword {
  /** As the archive spells it. */
  readonly keyword: string;
  /** As keywords are compared. */
  readonly folded: string;
}

/** What a model is asked about. */
export interface Question {
  /** A preview, as a JPEG: never an original. */
  readonly picture: Uint8Array;
  /** The keywords that may fit, the likeliest first: at most 60; none for a description. */
  readonly vocabulary: readonly Keyword[];
}

/** What a model has said about a picture. */
export interface Said {
  readonly description?: string | null;
  /** Those keywords of the vocabulary to which it gives a chance of at least one half, the likeliest first. */
  readonly candidates?: readonly (Keyword & { readonly score: number })[];
}

/** Asks models of a kind for words about pictures, by one call each. */
export interface Extractor {
  /** Which words they say. */
  readonly field: "description" | "keywords";
  ask(model: Model, question: Question): Promise<Said>;
}

/** Who asks the models of a kind, by what is in their names. */
const ofKinds: readonly (readonly [RegExp, Extractor])[] = [[/resnet/, labels]];

/** Who asks any other model. */
const usual = { description: captions, keywords: decisions } as const;

/** Who asks a model for words of a field. */
export function extractorOf(field: Extractor["field"], model: string): Extractor {
  const own = ofKinds.find(([name, extractor]) => name.test(model) && extractor.field === field);
  return own?.[1] ?? usual[field];
}
