import { newMediaId } from "../../core/media-id.ts";
import { groupSame, leadersOf, type Led } from "../../db/copies/grouping.ts";
import { comparedHash, haveSameBytes, picturesByPk, type PictureRow } from "../../db/copies/pictures.ts";
import type { Orientation } from "../../core/orientation.ts";
import type { FoundPicture } from "../../protocol/picture-finder.ts";
import { unboundPictures, type Services } from "../../services.ts";
import { likenessRadius } from "../../thumbnail/likeness/likeness.ts";
import { PreviewComparison } from "./confirm.ts";
import { askIndex, indexIsBuilding, isPictured, type PicturedRow } from "./finder.ts";
import { nearestTurn } from "./turned.ts";

/** How many neighbours a record is compared with, and of how many it is looked up what they are. */
const most = { compared: 10, found: 32 } as const;

/**
 * Sets down the pictures of records that were just processed in the index, and puts those that show the same picture as
 * another into its group. The pictures are in the index before it is asked, so that of two records which are processed at
 * the same time one finds the other. Any number of attempts come to the same. Throws `busy` where the index, or memory, is
 * not to be had, or the index is being built and cannot tell all neighbours yet. Where no index is bound, photos are taken in without it.
 */
export async function keepCopies(services: Services, rows: readonly PictureRow[]): Promise<void> {
  if (rows.length === 0 || services.pictures === unboundPictures) return;
  await services.pictures.place(
    rows.map((row) => ({ pk: row.pk, hash: isPictured(row) ? comparedHash(row) : null })),
  );
  const pictured = rows.filter(isPictured);
  if (pictured.length === 0) return;
  const { neighbours, isComplete } = await askIndex(
    services,
    pictured.map((row) => ({
      hash: comparedHash(row),
      except: row.pk,
      radius: likenessRadius,
      limit: most.found,
      after: null,
    })),
  );
  const found = pictured.flatMap((row, index) => {
    const near = neighbours[index] ?? [];
    return near.length === 0 ? [] : [{ row, near }];
  });
  if (found.length > 0) await groupFound(services, found);
  if (!isComplete) throw indexIsBuilding();
}

/** A record with its neighbours, as the index has told them. */
interface FoundNear {
  readonly row: PicturedRow;
  readonly near: readonly FoundPicture[];
}

async function groupFound(services: Services, found: readonly FoundNear[]): Promise<void> {
  const pks = [...new Set(found.flatMap(({ near }) => near.map(({ pk }) => pk)))];
  const rows = new Map((await picturesByPk(services.db, pks)).map((row) => [row.pk, row]));
  const previews = new PreviewComparison(services);
  for (const { row, near } of found) {
    const verified = near.flatMap(({ pk, distance, turn }): Rival[] => {
      const other = rows.get(pk);
      if (other === undefined || !isPictured(other)) return [];
      if (nearestTurn(comparedHash(row), comparedHash(other)).distance !== distance) return [];
      return [{ row: other, turn, isEqual: haveSameBytes(row, other) }];
    });
    if (verified.length > 0) await groupOne(services, previews, { row, verified });
  }
}

/** A picture that may be the same as another; `isEqual` where that is certain without a look. */
interface Rival {
  readonly row: PicturedRow;
  readonly turn: Orientation;
  readonly isEqual: boolean;
}

/** Whoever was put into a group before this one may lead it by now, so that groups are read anew for each. */
async function groupOne(
  services: Services,
  previews: PreviewComparison,
  { row, verified }: { readonly row: PicturedRow; readonly verified: readonly Rival[] },
): Promise<void> {
  const led = await leadersOf(
    services.db,
    verified.map((each) => each.row.id),
  );
  const leaders = await picturesByPk(services.db, [...new Set(led.map(({ leaderPk }) => leaderPk))]);
  const rivals = rivalsOf(row, { verified, led, leaders: leaders.filter(isPictured) });
  const [equal, others] = [rivals.filter(({ isEqual }) => isEqual), rivals.filter(({ isEqual }) => !isEqual)];
  const compared = others.slice(0, most.compared);
  const answers = await previews.areSame(row, compared);
  const same = [...equal, ...compared.filter((_, index) => answers[index] === true)];
  if (same.length === 0) return;
  await groupSame(services.db, {
    media: row,
    others: same.map((each) => each.row),
    newGroup: newMediaId(),
  });
}

/**
 * The records with which it is decided whose group a record is in: of each neighbour the leader of its group, or the
 * neighbour itself where it is in none; leaders first, then the nearest. Bytes that are those of a member say of the leader
 * what they say of the member.
 */
function rivalsOf(
  row: PicturedRow,
  {
    verified,
    led,
    leaders,
  }: {
    readonly verified: readonly Rival[];
    readonly led: readonly Led[];
    readonly leaders: readonly PicturedRow[];
  },
): Rival[] {
  const leaderIds = new Map(led.map(({ id, leader }) => [id, leader]));
  const leaderRows = new Map(leaders.map((leader) => [leader.id, leader]));
  const ofGroups = new Map<string, Rival>();
  const single: Rival[] = [];
  for (const rival of verified) {
    const leaderId = leaderIds.get(rival.row.id);
    if (leaderId === undefined) single.push(rival);
    if (leaderId === undefined || leaderId === row.id) continue;
    const leader = leaderRows.get(leaderId);
    if (leader === undefined) continue;
    const known = ofGroups.get(leaderId) ?? rivalOf(row, leader);
    const isEqual = rival.isEqual || known?.isEqual === true;
    if (known !== null) ofGroups.set(leaderId, { ...known, isEqual });
  }
  return [...ofGroups.values(), ...single];
}

/** The leader of a neighbour's group; null where its own picture is not near. */
function rivalOf(row: PicturedRow, leader: PicturedRow): Rival | null {
  const { distance, turn } = nearestTurn(comparedHash(row), comparedHash(leader));
  return distance > likenessRadius ? null : { row: leader, turn, isEqual: haveSameBytes(row, leader) };
}
