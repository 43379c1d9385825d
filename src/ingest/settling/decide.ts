import { kindOfKey } from "../../core/media-type.ts";
import type { Placement, Settlement, SettlingSighting } from "../../db/ingest/placements.ts";

/** The decisions on a page of sightings, without the provider, the run and the time. */
export type Decisions = Pick<
  Settlement,
  "parked" | "moved" | "changed" | "refreshed" | "added" | "outdated" | "ignored"
>;

/** Decides what becomes of sightings that have no outcome yet. Pure: the sightings hold everything that the decision needs. */
export function decideSightings(sightings: readonly SettlingSighting[]): Decisions {
  const decisions: { [K in keyof Decisions]: Decisions[K][number][] } = {
    parked: [],
    moved: [],
    changed: [],
    refreshed: [],
    added: [],
    outdated: [],
    ignored: [],
  };
  for (const sighting of sightings) {
    if (sighting.outcome !== null) continue;
    const source = sourceOf(sighting);
    const occupant = sighting.occupant?.id === source?.id ? null : sighting.occupant;
    if (occupant !== null && !isAsSeen(sighting, occupant)) decisions.outdated.push(sighting);
    else if (source !== null) {
      if (occupant !== null) decisions.parked.push(occupant);
      const fresh = !hasBytesOf(sighting, source);
      const stays = source.pathKey === sighting.pathKey && fresh;
      decisions[stays ? "changed" : "moved"].push({ sighting, record: source, fresh });
    } else if (occupant !== null && !sighting.occupantLeaves) {
      const fresh = !hasBytesOf(sighting, occupant);
      decisions[fresh ? "changed" : "refreshed"].push({ sighting, record: occupant, fresh });
    } else if (kindOfKey(sighting.objectKey) === "other") {
      if (occupant !== null) decisions.parked.push(occupant);
      decisions.ignored.push(sighting);
    } else {
      if (occupant !== null) decisions.parked.push(occupant);
      decisions.added.push(sighting);
    }
  }
  return decisions;
}

/** The record that the object belongs to, if the record still has the same provider ref or the same bytes; else null. */
function sourceOf(sighting: SettlingSighting): Placement["record"] | null {
  const { source, providerRef } = sighting;
  if (source === null) return null;
  if (providerRef !== null && source.providerRef === providerRef) return source;
  return source.isAway && hasBytesOf(sighting, source) ? source : null;
}

function hasBytesOf(sighting: SettlingSighting, record: Placement["record"]): boolean {
  return (
    sighting.contentHash !== null &&
    sighting.contentHash === record.contentHash &&
    sighting.fileSize === record.fileSize
  );
}

function isAsSeen(sighting: SettlingSighting, occupant: Placement["record"]): boolean {
  return occupant.id === sighting.occupantId && occupant.version === sighting.occupantVersion;
}
