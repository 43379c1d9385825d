import { compareKeys } from "../../core/text/key-order.ts";
import { knownElsewhere } from "../../db/ingest/known-records.ts";
import type { Placement, SettlingSighting, Stray } from "../../db/ingest/placements.ts";
import { trashedAmong } from "../../db/trash/known.ts";
import { Strays } from "../../media/processing/strays.ts";
import { providerOf } from "../../media/providers.ts";
import type { Services } from "../../services.ts";
import type { Decisions } from "./decide.ts";

/** Decisions, and the objects that none of them brings out of the trash. */
export type HeededDecisions = Decisions & { readonly strays: readonly Stray[] };

/**
 * Takes out of the decisions on sightings what belongs to records in the trash. An object that has no source among the
 * records goes to a record in the trash as it would go to a missing record: whoever has its key makes room, and nothing
 * becomes visible. A mere copy of what is in the trash is a new record only where a live record has the same bytes, and
 * the new bytes of the record that has the key.
 */
export async function heedTrash(
  services: Services,
  providerName: string,
  decisions: Decisions,
): Promise<HeededDecisions> {
  const { added, ignored, changed, parked } = decisions;
  const overwritten = new Map(changed.filter(isByKey).map((each) => [each.sighting.pathKey, each.record]));
  const unsourced = [...added, ...ignored, ...changed.filter(isByKey).map(({ sighting }) => sighting)];
  const matches = await trashedAmong(services.db, providerName, unsourced);
  if (matches.size === 0) return { ...decisions, strays: [] };
  const contested = unsourced
    .filter(({ pathKey }) => matches.has(pathKey))
    .toSorted((a, b) => compareKeys(a.pathKey, b.pathKey));
  const live = await knownElsewhere(services.db, providerName, contested);
  const owners = new Strays(providerOf(services, providerName));
  const strays: Stray[] = [];
  for (const sighting of contested) {
    const { pathKey } = sighting;
    const match = matches.get(pathKey);
    if (match === undefined) continue;
    const isOccupied = overwritten.has(pathKey);
    const owner = await owners.ownerOf({ pathKey, match, isLive: live.has(pathKey), isOccupied });
    if (owner !== null) strays.push({ sighting, ...owner });
  }
  const left = new Set(strays.map(({ sighting }) => sighting.pathKey));
  const stays = ({ pathKey }: SettlingSighting): boolean => !left.has(pathKey);
  const displaced = [...left].flatMap((pathKey) => overwritten.get(pathKey) ?? []);
  return {
    ...decisions,
    added: added.filter(stays),
    ignored: ignored.filter(stays),
    changed: changed.filter(({ sighting }) => stays(sighting)),
    parked: [...parked, ...displaced],
    strays,
  };
}

/** Whether a record takes new bytes since they are at its key, and not since they are its own file's. */
function isByKey({ sighting, record }: Placement): boolean {
  return record.id !== sighting.source?.id;
}
