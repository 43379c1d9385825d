import type { Run } from "tagline-client";
import { durationText, spokenMoment } from "../care/moments.ts";
import { storageTexts } from "../texts/storage.ts";
import { countText, fileSizeText } from "../viewer/formats/amounts.ts";

const words = storageTexts.runs;

/** What is told of a run in its sentence, in this order; the rest stands in its numbers. */
const told = ["new", "changed", "moved", "missing", "ambiguous", "processed", "failed", "dropped"] as const;

/** What a run came to: `12 new, 2 moved, 1 failed`. */
function outcomeText({ kind, state, counts }: Pick<Run, "kind" | "state" | "counts">): string {
  const isIngest = kind === "ingest";
  const parts = told
    .filter((name) => counts[name] > 0)
    // What is new or has changed is processed too, which says nothing more where all went well.
    .filter((name) => name !== "processed" || !isIngest || counts.new + counts.changed === 0)
    .map((name) => {
      const isAsked = name === "missing" && state === "needs_confirmation";
      return words.counted[isAsked ? "asked" : name](countText(counts[name]));
    });
  if (parts.length > 0) return parts.join(", ");
  return isIngest ? words.nothing : words.nothingToDo;
}

/** A run in a sentence: `Yesterday at 03:00, by itself: 12 new, 2 moved, 1 failed, in 40 seconds`. */
export function runSentence(run: Run, now: Date = new Date()): string {
  const when = spokenMoment(run.started_at, now);
  const how =
    run.kind === "database_scan" ? `${words.begun[run.trigger]}, ${words.scan}` : words.begun[run.trigger];
  if (run.finished_at === null) return words.going(when, how);
  const took = durationText(Date.parse(run.finished_at) - Date.parse(run.started_at));
  return words.sentence(when, how, outcomeText(run), took);
}

/** How far a run is, in a sentence. */
export function progressText({ kind, state, counts }: Pick<Run, "kind" | "state" | "counts">): string {
  const { progress } = storageTexts;
  if (state === "processing" || counts.queued > 0)
    return progress.processing(countText(doneOf(counts)), countText(counts.queued));
  const scanned = countText(counts.scanned);
  return kind === "ingest" ? progress.looking(scanned) : progress.checking(scanned);
}

/** How many of the photos that were put to work have come to an end. */
export function doneOf({ processed, failed, dropped }: Run["counts"]): number {
  return processed + failed + dropped;
}

/** The storages that could not be listed, each with why. */
export function providerFailures({ providers }: Pick<Run, "providers">): string[] {
  return Object.entries(providers)
    .filter(([, { state }]) => state === "failed")
    .map(([name, { error }]) => words.providerFailed(name, error ?? words.unknownReason));
}

/** A number of a run and what it counts. */
interface Numbered {
  readonly name: string;
  readonly value: string;
}

/** The counts of a run with their names; nothing that is 0. */
export function countsOf({ counts }: Pick<Run, "counts">): Numbered[] {
  return namesOf(words.counts)
    .filter((name) => counts[name] > 0)
    .map((name) => ({ name: words.counts[name], value: countText(counts[name]) }));
}

/** What a run has cost, with the names of it. */
export function costsOf({ cost }: Pick<Run, "cost">): Numbered[] {
  return namesOf(words.costs).map((name) => ({
    name: words.costs[name],
    value: name === "bytes_read" ? fileSizeText(cost[name]) : countText(cost[name]),
  }));
}

function namesOf<Name extends string>(names: Readonly<Record<Name, string>>): Name[] {
  const isName = (name: string): name is Name => Object.hasOwn(names, name);
  return Object.keys(names).filter(isName);
}
