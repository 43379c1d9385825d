import { TaglineError } from "tagline-client";
import { kindOf } from "../service/failure.ts";
import { careTexts } from "../texts/care.ts";

/** Why a call did not succeed, in a sentence; with the reason of the service where only that tells it. */
export function explained(error: unknown): string {
  const kind = kindOf(error) ?? "broken";
  if (kind !== "refused" || !(error instanceof TaglineError)) return careTexts.failures[kind];
  const [first] = error.errors;
  return careTexts.refusedBecause(first === undefined ? error.detail : `${first.path} ${first.message}.`);
}
