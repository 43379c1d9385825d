import { basename } from "node:path";
import { withHiddenEscaped } from "../../src/core/text/characters.ts";
import type { Media, Run } from "./answers.ts";
import type { ImportOptions } from "./options.ts";
import { bytes } from "./progress.ts";
import type { Sent } from "./send.ts";
import type { WordsSent } from "./sidecars/send-words.ts";
import type { Problem, Walk } from "./walk.ts";

/** Everything an import did. */
export interface Outcome {
  sent: Sent;
  /** What was not sent, and what was sent under an escaped name. */
  walk: Pick<Walk, "ignored" | "leftOut" | "escaped" | "unpaired">;
  /** Undefined when it did not come to that. */
  processed: { run: Run; media: Media[]; pending: number; unknown: string[]; words: WordsSent } | undefined;
  interrupted: boolean;
}

const longestList = 100;
const mostKinds = 12;

function list(title: string, problems: readonly Problem[]): string[] {
  const lines = problems.map(({ key, reason }) => `${key}: ${reason}`);
  return problems.length === 0 ? [] : [`${title}:`, ...indented(lines)];
}

/** Lines below a title, in their order, no more than a person reads. */
function indented(lines: readonly string[]): string[] {
  const shown = lines.toSorted((a, b) => (a < b ? -1 : 1)).slice(0, longestList);
  const more = lines.length - shown.length;
  return [...shown.map((line) => `  ${line}`), ...(more > 0 ? [`  … and ${more} more`] : [])];
}

function inState(media: Media[], state: string): Problem[] {
  return media
    .filter((item) => item.state === state)
    .map(({ object_key: key, error }) => ({
      key,
      reason: error ? `${error.code}: ${error.detail}` : "the service gives no reason",
    }));
}

/** How many there are of all kinds, and how many of each: `12 .txt, 3 .mov, 1 .xmp`, the most frequent first. */
function kindsOf(counts: ReadonlyMap<string, number>): { total: number; kinds: string } {
  const kinds = [...counts].sort(([a, more], [b, most]) => most - more || (a < b ? -1 : 1));
  const shown = kinds.slice(0, mostKinds).map(([kind, files]) => `${files} ${kind}`);
  const rest = kinds.slice(mostKinds);
  const sum = (of: typeof kinds): number => of.reduce((total, [, files]) => total + files, 0);
  const more = rest.length > 0 ? [`${sum(rest)} of ${rest.length} other types`] : [];
  return { total: sum(kinds), kinds: [...shown, ...more].join(", ") };
}

function walkLines({ ignored, leftOut, escaped, unpaired }: Outcome["walk"]): string[] {
  const lines: string[] = [];
  const [no, system] = [kindsOf(ignored), kindsOf(leftOut)];
  if (no.total > 0) lines.push(`Ignored ${no.total}, by the names not images: ${no.kinds}.`);
  if (system.total > 0)
    lines.push(
      `Left out ${system.total} files and folders of systems and programs (a folder counts once): ${system.kinds}.`,
    );
  if (unpaired.length > 0)
    lines.push("JSON files of Google Takeout without their photo or film:", ...indented(unpaired));
  if (escaped.length === 0) return lines;
  const whose = escaped.length === 1 ? "The name of 1 file is" : `The names of ${escaped.length} files are`;
  return [...lines, `${whose} not UTF-8. In the object key, %XX stands for a byte:`, ...indented(escaped)];
}

/** A prefix that a shell takes as it is, from the name of the first folder. */
function examplePrefix({ paths, prefix }: Pick<ImportOptions, "paths" | "prefix">): string {
  const name = `${prefix}${basename(paths[0] ?? "") || "more"}`;
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "")}'`;
}

function takenLines({ problems }: Sent, options: Pick<ImportOptions, "paths" | "prefix">): string[] {
  const taken = problems.filter(({ isTaken }) => isTaken === true).length;
  if (taken === 0) return [];
  const keys = taken === 1 ? "the key of 1 file" : `the keys of ${taken} files`;
  const these = taken === 1 ? "this file as well, put the file" : "these files as well, put the files";
  return [
    `Under ${keys} the service has other photos or other versions. The import keeps the photos of the service. To import ${these} below another folder of keys, such as --prefix ${examplePrefix(options)}.`,
  ];
}

function sentLines(
  { sent, walk, interrupted }: Outcome,
  options: Pick<ImportOptions, "paths" | "prefix">,
): string[] {
  const seconds = Math.max(sent.elapsedMs / 1_000, 0.001);
  const rate = `${bytes(sent.uploadedBytes)} in ${seconds.toFixed(1)} s, ${bytes(Math.round(sent.uploadedBytes / seconds))}/s`;
  const lines = [
    `Uploaded ${sent.uploaded.length}${sent.uploaded.length > 0 ? ` (${rate})` : ""}, already there ${sent.present.length}, refused ${sent.problems.length}.`,
    ...walkLines(walk),
    ...list("Refused", sent.problems),
    ...takenLines(sent, options),
  ];
  if (sent.stopped !== undefined)
    lines.push(`The import has stopped, because the service could not be reached: ${sent.stopped}.`);
  if (sent.left > 0) lines.push(`${sent.left} files are left.`);
  if (interrupted || sent.left > 0) lines.push("Run the same command again to continue.");
  return lines;
}

function wordsLines({ described, same, kept, left, problems }: WordsSent): string[] {
  const lines: string[] = [];
  const all = described + same + kept + left + problems.length;
  if (all > 0)
    lines.push(
      `Of ${all} files with a JSON file of Google Takeout or an XMP sidecar, ${described} got words from it, ${same} had the words already, and ${kept} were left as they are, because they were described in the service before.`,
    );
  if (left > 0) lines.push(`${left} files wait for their words: run the same command again.`);
  return [...lines, ...list("Without their words", problems)];
}

function processedLines(processed: NonNullable<Outcome["processed"]>): string[] {
  const { run, media, pending, unknown, words } = processed;
  const failed = inState(media, "failed");
  const unsupported = inState(media, "unsupported");
  const ready = media.filter((item) => item.state === "ready").length;
  const lines = [
    `Of these files ${ready} are ready, ${failed.length} failed, ${unsupported.length} unsupported (stored and served, without a thumbnail).`,
    ...list("Failed", failed),
    ...list("Unsupported", unsupported),
    ...list(
      "Unknown to the service",
      unknown.map((key) => ({ key, reason: "the service has no media object for this file" })),
    ),
  ];
  if (pending > 0)
    lines.push(
      `${pending} files are not processed yet, and the service makes no progress: read the log of the service.`,
    );
  lines.push(...wordsLines(words));
  if (run.state !== "completed") lines.push(`The ingest ended as ${run.state}.`);
  for (const [name, { error }] of Object.entries(run.providers)) if (error) lines.push(`  ${name}: ${error}`);
  return lines;
}

/** The summary's lines, in which no name of a file moves a terminal's cursor, turns a line or begins one. */
export function summarise(outcome: Outcome, options: Pick<ImportOptions, "paths" | "prefix">): string[] {
  const processed = outcome.processed ? processedLines(outcome.processed) : [];
  return [...sentLines(outcome, options), ...processed].map(withHiddenEscaped);
}

/** 0 when every file is in the service and looked at, 130 after Ctrl-C, else 1. */
export function exitCodeOf({ sent, processed, interrupted }: Outcome): number {
  if (interrupted) return 130;
  if (sent.problems.length > 0 || sent.left > 0) return 1;
  if (!processed) return 0;
  const { run, media, pending, unknown, words } = processed;
  const isWordless = words.left > 0 || words.problems.length > 0;
  const bad =
    isWordless || pending > 0 || unknown.length > 0 || media.some((item) => item.state === "failed");
  // A run that wants a confirmation is about objects that vanished, none of ours.
  return bad || !["completed", "needs_confirmation"].includes(run.state) ? 1 : 0;
}
