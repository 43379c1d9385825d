import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";

import type { Overview } from "../../../src/db/collection/overview.ts";
import type { Periods, Timeline } from "../../../src/db/collection/timeline.ts";
import { toMediaObject } from "../../../src/db/media/record.ts";
import { mediaObjects } from "../../../src/db/schema.ts";
import { placeOf, takenOf } from "../../../src/media/metadata/best-known.ts";

async function allRows() {
  return drizzle(env.DB).select().from(mediaObjects);
}

/** All records as they are stored, each with its JSON parsed as it is for an answer. */
export async function allMedia() {
  return (await allRows()).map((row) => toMediaObject(row));
}

/** A record with all of its columns. */
export type AnyMedia = Awaited<ReturnType<typeof allMedia>>[number];

/** What is known of a record: a bit for each thing, as the column `known` has it. */
export function knownOf(media: AnyMedia): number {
  const { description, keywords } = media.objectMetadata;
  const isDescribed = description !== undefined && description !== null && description !== "";
  const isTagged = Array.isArray(keywords) && keywords.some((each) => typeof each === "string");
  const isPlaced = placeOf(media) !== null;
  return [isDescribed, isTagged, isPlaced, takenOf(media) !== null].reduce(
    (bits, is, place) => bits + (is ? 2 ** place : 0),
    0,
  );
}

/** The overview of these records, counted one by one. */
export function countedOverview(media: readonly AnyMedia[]): Overview {
  const present = media.filter((each) => each.missingSince === null);
  const inState = (state: AnyMedia["state"]): number => present.filter((each) => each.state === state).length;
  const lacking = (bits: number): number => present.filter((each) => (knownOf(each) & bits) === 0).length;
  const names = [...new Set(media.map(({ provider }) => provider))].toSorted();
  const ofProvider = (name: string, isMissing: boolean): number =>
    media.filter((each) => each.provider === name && (each.missingSince !== null) === isMissing).length;
  return {
    present: present.length,
    missing: media.length - present.length,
    trashed: 0,
    byState: {
      pending: inState("pending"),
      ready: inState("ready"),
      failed: inState("failed"),
      unsupported: inState("unsupported"),
    },
    without: {
      description: lacking(1),
      keywords: lacking(2),
      words: lacking(3),
      location: lacking(4),
      takenAt: lacking(8),
    },
    byProvider: new Map(
      names.map((name) => [name, { present: ofProvider(name, false), missing: ofProvider(name, true) }]),
    ),
  };
}

/** The timeline of these records, counted one by one. */
export function countedTimeline(media: readonly AnyMedia[], { of, by }: Periods): Timeline {
  const length = { year: 4, month: 7, day: 10 }[by];
  const counts = new Map<string, { count: number; imprecise: number }>();
  const times = media.map((each) => {
    if (of === "created_at") return { at: new Date(each.createdAt).toISOString(), precision: "second" };
    return takenOf(each);
  });
  for (const time of times) {
    if (time === null) continue;
    const period = time.at.slice(0, length);
    const { count, imprecise } = counts.get(period) ?? { count: 0, imprecise: 0 };
    const more = time.precision === "year" ? 1 : 0;
    counts.set(period, { count: count + 1, imprecise: imprecise + more });
  }
  return {
    items: Array.from(counts, ([period, each]) => ({ period, ...each })).toSorted((a, b) =>
      b.period.localeCompare(a.period),
    ),
    undated: times.filter((time) => time === null).length,
    capped: false,
  };
}
