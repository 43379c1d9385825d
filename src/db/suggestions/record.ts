import { z } from "zod";

import type { SuggestionRow } from "../suggestion-tables.ts";

/** A keyword that a model thinks likely. */
export interface Candidate {
  /** As the archive spells it. */
  readonly keyword: string;
  /** As keywords are compared. */
  readonly folded: string;
  /** How likely the model thinks it is, from 0.5 to 1. */
  readonly score: number;
}

/** What a person has decided on one suggestion. */
export const verdicts = ["accepted", "refused"] as const;

/** One of {@link verdicts}. */
export type Verdict = (typeof verdicts)[number];

/** What people have decided on the suggestions for one picture. */
export interface Verdicts {
  readonly description?: Verdict | undefined;
  /** By folded keyword. */
  readonly keywords?: Readonly<Record<string, Verdict>> | undefined;
}

/** The suggestions for the picture of a record, as they were made and as people have decided on them. */
export interface Suggestion {
  readonly mediaId: string;
  /** The thumbnail version of the picture. */
  readonly picture: string;
  readonly state: SuggestionRow["state"];
  readonly description: string | null;
  /** The likeliest first. */
  readonly candidates: readonly Candidate[];
  readonly model: string | null;
  readonly decisionModel: string;
  /** Milliseconds since the epoch; null where nothing was made. */
  readonly createdAt: number | null;
  /** JSON, as the row has it: a decision is written only over the verdicts that it was made from. */
  readonly verdictsText: string;
  readonly verdicts: Verdicts;
}

const candidatesJson = z.array(z.object({ keyword: z.string(), folded: z.string(), score: z.number() }));
const verdict = z.enum(verdicts);
const verdictsJson = z.object({
  description: verdict.optional(),
  keywords: z.record(z.string(), verdict).optional(),
});

/** Parses verdicts as a row has them. */
export function verdictsOf(text: string): Verdicts {
  return verdictsJson.parse(JSON.parse(text));
}

/** Verdicts as a row has them. */
export function textOf({ keywords = {}, ...verdicts }: Verdicts): string {
  return JSON.stringify(Object.keys(keywords).length === 0 ? verdicts : { ...verdicts, keywords });
}

/** Whether somebody has decided on a keyword, which may have the name of what every object has. */
export function hasVerdict({ keywords = {} }: Verdicts, folded: string): boolean {
  return Object.hasOwn(keywords, folded);
}

/** Parses the JSON of a row. */
export function suggestionOf(
  row: Pick<
    SuggestionRow,
    | "mediaId"
    | "picture"
    | "state"
    | "description"
    | "candidates"
    | "model"
    | "decisionModel"
    | "createdAt"
    | "verdicts"
  >,
): Suggestion {
  const { candidates, verdicts: verdictsText, ...rest } = row;
  return {
    ...rest,
    candidates: candidatesJson.parse(JSON.parse(candidates)),
    verdictsText,
    verdicts: verdictsOf(verdictsText),
  };
}
