import { readFile } from "node:fs/promises";
import { readPacket } from "../../../src/metadata/packet/read.ts";
import { describe as inWords, Failure } from "../../failure.ts";
import type { Media } from "../answers.ts";
import type { Api } from "../api.ts";
import { count, type Progress } from "../progress.ts";
import type { Problem } from "../walk.ts";
import type { Beside } from "./pair.ts";
import { readTakeout } from "./takeout.ts";
import { type Brought, broughtByTakeout, broughtByXmp, patchOf } from "./words.ts";

/** What became of the words that files beside photos have. */
export interface WordsSent {
  /** How many photos got words. */
  described: number;
  /** How many had all of the words already. */
  same: number;
  /** How many have words by a person, or by an earlier import, and were left as they are. */
  kept: number;
  /** How many wait for the service, which has not read them yet. */
  left: number;
  problems: Problem[];
}

/** What sending words needs. */
export interface WordsSending {
  readonly api: Api;
  readonly media: readonly Media[];
  /** By the keys of photos. */
  readonly beside: ReadonlyMap<string, Beside>;
  readonly concurrency: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

class UnreadableAside extends Error {}

/**
 * Sends the words of the files beside photos. It comes when the service has read the photos, since what a photo tells
 * itself counts; and only to photos that no person has described, as one change for each: an import that was stopped
 * before it is continued by the next, and none is made twice.
 */
export async function sendWords(sending: WordsSending): Promise<WordsSent> {
  const { api, media, beside, concurrency, progress, signal } = sending;
  const sent: WordsSent = { described: 0, same: 0, kept: 0, left: 0, problems: [] };
  const queue = media.filter(({ object_key: key }) => beside.has(key));
  if (queue.length === 0) return sent;
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = queue[next]; item !== undefined && !signal.aborted; item = queue[next]) {
      next += 1;
      const files = beside.get(item.object_key);
      if (files !== undefined) await describeOne(api, item, files, sent);
      progress.update(next, `${sent.described} with words`);
    }
  };
  progress.begin("Describing", queue.length, count);
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, queue.length) }, worker));
  } finally {
    progress.end();
  }
  return sent;
}

async function describeOne(api: Api, item: Media, files: Beside, sent: WordsSent): Promise<void> {
  if (item.state === "pending") sent.left += 1;
  else if (item.revision > 0) sent.kept += 1;
  else {
    try {
      const outcome = await outcomeOf(api, item.id, files);
      if (typeof outcome === "string") sent[outcome] += 1;
      else sent.problems.push({ key: item.object_key, reason: outcome.reason });
    } catch (error) {
      if (!(error instanceof UnreadableAside)) throw error;
      sent.problems.push({ key: item.object_key, reason: error.message });
    }
  }
}

async function outcomeOf(
  api: Api,
  id: string,
  files: Beside,
): Promise<"described" | "same" | "kept" | { readonly reason: string }> {
  const brought = await readBeside(files);
  const record = await api.described(id);
  if (record === undefined) return { reason: "the service has no media object for this file" };
  if (record.revision > 0) return "kept";
  const words = patchOf(record, brought);
  if (Object.keys(words).length === 0) return "same";
  const answer = await api.describe(id, record.revision, words);
  if (answer === "written") return "described";
  if (answer === "gone") return { reason: "the service has no media object for this file" };
  if (answer !== "changed") return { reason: `${answer.code}: ${answer.detail}` };
  // Where an answer was lost, the words are there by this very change.
  const now = await api.described(id);
  return now !== undefined && Object.keys(patchOf(now, brought)).length === 0 ? "described" : "kept";
}

async function readBeside({ json, xmp }: Beside): Promise<Brought[]> {
  try {
    const packet = xmp === null ? null : readPacket(await readFile(xmp));
    const facts = json === null ? null : await readTakeout(json);
    if (xmp !== null && packet === null) throw new Failure("the XMP sidecar cannot be read");
    return [
      ...(packet === null ? [] : [broughtByXmp(packet)]),
      ...(facts === null ? [] : [broughtByTakeout(facts)]),
    ];
  } catch (error) {
    throw new UnreadableAside(inWords(error), { cause: error });
  }
}
