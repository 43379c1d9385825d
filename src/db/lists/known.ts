import { sql, type SQL } from "drizzle-orm";

import { mediaObjects } from "../schema.ts";

/**
 * What a record can have or lack, by the best that is known of it; each a bit of the column `known`, but for a change of its
 * sidecar, which has a column of its own, and suggestions, which lie in another table.
 */
export const knownThings = [
  "description",
  "keywords",
  "location",
  "taken_at",
  "sidecar_change",
  "suggestions",
] as const;

/** One of {@link knownThings}. */
export type KnownThing = (typeof knownThings)[number];

/** Those that are known of the photo itself, and counted. */
export type CountedThing = Exclude<KnownThing, "sidecar_change" | "suggestions">;

const bits = {
  description: 1,
  keywords: 2,
  location: 4,
  taken_at: 8,
  sidecar_change: 0,
  suggestions: 0,
} as const satisfies Record<KnownThing, number>;

/**
 * An area between two latitudes and two longitudes, in degrees; where west is greater than east it goes over the 180th
 * meridian.
 */
export interface Box {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

/** The bits of these things, together. */
export function bitsOf(things: readonly KnownThing[]): number {
  return things.reduce((sum, thing) => sum | bits[thing], 0);
}

/** Holds of a record whose sidecar has other words, which a person has to look at. */
export const hasSidecarChange = sql`${mediaObjects.sidecarChanged} > 0`;

/** Holds of a record with suggestions that nobody has decided on. */
export const hasSuggestions = sql`EXISTS (
  SELECT 1 FROM suggestions WHERE suggestions.media_id = ${mediaObjects.id} AND suggestions.state = 'open')`;

/** Holds of a record that has all of these things; what a sidecar has and what is suggested it does not look at. */
export function hasAll(things: readonly KnownThing[]): SQL {
  const asked = sql.raw(String(bitsOf(things)));
  return sql`(${mediaObjects.known} & ${asked}) = ${asked}`;
}

/** Holds of a record that has none of these things. */
export function lacksAll(things: readonly KnownThing[]): SQL {
  const lacked = sql`(${mediaObjects.known} & ${sql.raw(String(bitsOf(things)))}) = 0`;
  if (things.includes("suggestions")) return sql`(${lacked} AND NOT ${hasSuggestions})`;
  return things.includes("sidecar_change") ? sql`(${lacked} AND NOT ${hasSidecarChange})` : lacked;
}

/**
 * Holds of a record whose best known place lies in a box, its edges included. 180° west and 180° east are one meridian, so
 * a box that reaches it holds both.
 */
export function liesWithin({ south, west, north, east }: Box): SQL {
  const { bestLatitude: latitude, bestLongitude: longitude } = mediaObjects;
  const between = sql`${latitude} BETWEEN ${degrees(south)} AND ${degrees(north)}`;
  if (west > east)
    return sql`(${between} AND (${longitude} >= ${degrees(west)} OR ${longitude} <= ${degrees(east)}))`;
  const reaches = west === -180 || east === 180 ? sql` OR abs(${longitude}) = 180` : sql``;
  return sql`(${between} AND (${longitude} BETWEEN ${degrees(west)} AND ${degrees(east)}${reaches}))`;
}

/** Written out: a statement takes no more than a hundred bound values, and a filter of everything has nearly as many. */
function degrees(value: number): SQL {
  return sql.raw(`(${value})`);
}
