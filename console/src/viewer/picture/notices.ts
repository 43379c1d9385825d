import { viewerTexts } from "../../texts/viewer.ts";
import { momentText } from "../formats/taken.ts";
import type { Pictured } from "../photos/pictured.ts";

/** Something that a reader should know of a photo before anything else. */
export interface Notice {
  readonly text: string;
  /** The service's own words on it; null for none. */
  readonly detail: string | null;
}

/** Why a photo is not as others are: its file is gone, or it has no thumbnail, or not yet. */
export function noticesOf({
  state,
  problem,
  missingSince,
}: Pick<Pictured, "state" | "problem" | "missingSince">): Notice[] {
  const { missing, pending, failed, unsupported } = viewerTexts;
  const stateTexts = { ready: null, pending, failed, unsupported };
  const stateText = stateTexts[state];
  return [
    ...(missingSince === null ? [] : [{ text: missing(momentText(missingSince)), detail: null }]),
    ...(stateText === null ? [] : [{ text: stateText, detail: problem }]),
  ];
}
