import { sql } from "drizzle-orm";
import { z } from "zod";

import { equalAfter } from "../../db/copies/equal.ts";
import { comparedHash, haveSameBytes, picturesByPk } from "../../db/copies/pictures.ts";
import { readByPk } from "../../db/media/by-pk.ts";
import type { MediaObject, ShownMedia } from "../../db/media/record.ts";
import { takeFitting } from "../../db/media/rows.ts";
import type { FoundPicture } from "../../protocol/picture-finder.ts";
import type { Services } from "../../services.ts";
import { likenessRadius } from "../../thumbnail/likeness/likeness.ts";
import { PreviewComparison } from "./confirm.ts";
import { askIndex, indexIsBuilding, isPictured, type PicturedRow } from "./finder.ts";
import { nearestTurn } from "./turned.ts";

/** What a record has in common with another: the bytes, the picture, or a picture much like it. */
export const relations = ["equal", "same", "alike"] as const;

/** Where a page ends: among the equal bytes, or among the neighbours of the picture, which come behind. */
export const similarPosition = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("equal"), pk: z.int() }),
  z.strictObject({
    kind: z.literal("picture"),
    after: z.strictObject({ distance: z.int(), pk: z.int() }).nullable(),
  }),
]);

/** See {@link similarPosition}. */
export type SimilarPosition = Readonly<z.infer<typeof similarPosition>>;

/** A record that is like another. */
export interface Similar {
  readonly media: ShownMedia;
  /** In bits of 256 between the hashes of the two pictures. */
  readonly distance: number;
  readonly relation: (typeof relations)[number];
  /** Where the page ends if it ends with this one. */
  readonly position: SimilarPosition;
}

/** A page of records that are like another. */
export interface SimilarPage {
  readonly items: readonly Similar[];
  /** Null where there are none behind these. */
  readonly next: SimilarPosition | null;
}

/** How many neighbours the index is asked for with a page: some have gone, or have equal bytes and were told before. */
const neighboursPerPage = 200;

/** A record that was found, and not read yet. */
interface Found {
  readonly pk: number;
  readonly distance: number;
  readonly position: SimilarPosition;
  /** The picture, and how to turn it; null where it is told already that the bytes are the same. */
  readonly picture: { readonly row: PicturedRow; readonly turn: FoundPicture["turn"] } | null;
}

/** Those that were found for a page, and where it goes on. */
interface FoundPage {
  readonly found: readonly Found[];
  readonly next: SimilarPosition | null;
}

/**
 * The records that have the bytes of a record, then those whose picture is near, nearest first: none that is missing. What
 * the index of pictures tells is compared with the records, and what may be the same picture is confirmed on the previews.
 * Throws `busy` while the index cannot tell all, where the page would begin with what it tells.
 */
export async function findSimilar(
  services: Services,
  media: MediaObject,
  { from, limit }: { readonly from: SimilarPosition | null; readonly limit: number },
): Promise<SimilarPage> {
  const { found, next } = await findPage(services, media, { from: from ?? { kind: "equal", pk: 0 }, limit });
  const pks = found.map(({ pk }) => pk);
  const rows = new Map(
    (await readByPk(services.db, pks, sql`missing_since IS NULL`)).map((row) => [row.pk, row]),
  );
  const there = found.filter((each) => isAsFound(each, rows.get(each.pk)));
  const shown = there.flatMap(({ pk }) => rows.get(pk) ?? []);
  const { media: records, taken: count } = await takeFitting(services.db, shown);
  const taken = there.slice(0, count);
  const items = await tell(services, media, { taken, records });
  return { items, next: taken.length < there.length ? (taken.at(-1)?.position ?? next) : next };
}

/** Whether a record that was found still has the picture that it was found by. */
function isAsFound(
  { picture }: Found,
  row: Pick<ShownMedia, "state" | "thumbnailVersion"> | undefined,
): boolean {
  if (row === undefined) return false;
  return picture === null || (row.state === "ready" && row.thumbnailVersion === picture.row.thumbnailVersion);
}

/** The equal bytes first; the page goes on with the neighbours of the picture. */
async function findPage(
  services: Services,
  media: MediaObject,
  { from, limit }: { readonly from: SimilarPosition; readonly limit: number },
): Promise<FoundPage> {
  const equal = from.kind === "equal" ? await findEqual(services, media, { after: from.pk, limit }) : nothing;
  if (equal.next !== null || !isPictured(media)) return equal;
  const after = from.kind === "picture" ? from.after : null;
  const next = { kind: "picture", after } as const;
  if (equal.found.length === limit) return { ...equal, next };
  const near = await findNear(services, media, { after, limit: limit - equal.found.length });
  if (near !== null) return { found: [...equal.found, ...near.found], next: near.next };
  // What is told already need not wait for the index.
  if (equal.found.length === 0) throw indexIsBuilding();
  return { ...equal, next };
}

const nothing: FoundPage = { found: [], next: null };

async function findEqual(
  services: Services,
  media: MediaObject,
  page: { readonly after: number; readonly limit: number },
): Promise<FoundPage> {
  const { pks, next } = await equalAfter(services.db, media, page);
  const found = pks.map(
    (pk) => ({ pk, distance: 0, position: { kind: "equal", pk }, picture: null }) as const,
  );
  return { found, next: next === null ? null : { kind: "equal", pk: next } };
}

/** The neighbours after one, without those of the same bytes, which come first; null while the index cannot tell all. */
async function findNear(
  services: Services,
  media: PicturedRow,
  { after, limit }: { readonly after: Pick<FoundPicture, "distance" | "pk"> | null; readonly limit: number },
): Promise<FoundPage | null> {
  const query = { hash: comparedHash(media), except: media.pk, radius: likenessRadius, after };
  const { neighbours, isComplete } = await askIndex(services, [{ ...query, limit: neighboursPerPage }]);
  if (!isComplete) return null;
  const [near = []] = neighbours;
  const pks = near.map(({ pk }) => pk);
  const rows = new Map((await picturesByPk(services.db, pks)).map((row) => [row.pk, row]));
  const found: Found[] = [];
  let next: SimilarPosition | null = null;
  for (const { pk, distance, turn } of near) {
    if (found.length === limit) return { found, next };
    const position = { kind: "picture", after: { distance, pk } } as const;
    next = position;
    const row = rows.get(pk);
    if (row === undefined || !isPictured(row) || row.missingSince !== null) continue;
    if (hasListedBytes(media, row)) continue;
    if (nearestTurn(comparedHash(media), comparedHash(row)).distance !== distance) continue;
    found.push({ pk, distance, position, picture: { row, turn } });
  }
  return { found, next: near.length < neighboursPerPage ? null : next };
}

/** Whether a record was told among the equal bytes; those that only the portable hash tells were not. */
function hasListedBytes(media: PicturedRow, row: PicturedRow): boolean {
  return (
    media.contentHash !== null && media.contentHash === row.contentHash && media.fileSize === row.fileSize
  );
}

async function tell(
  services: Services,
  media: MediaObject,
  { taken, records }: { readonly taken: readonly Found[]; readonly records: ReadonlyMap<number, ShownMedia> },
): Promise<Similar[]> {
  const inQuestion = taken.flatMap(({ pk, picture }) =>
    picture === null || haveSameBytes(media, picture.row) ? [] : [{ pk, ...picture }],
  );
  const answers = await new PreviewComparison(services).areSame(media, inQuestion);
  const isSame = new Map(inQuestion.map(({ pk }, index) => [pk, answers[index] === true]));
  return taken.flatMap(({ pk, distance, position }) => {
    const record = records.get(pk);
    if (record === undefined) return [];
    const same = isSame.get(pk);
    const relation = same === undefined ? "equal" : same ? "same" : "alike";
    return [{ media: record, distance, relation, position } as const];
  });
}
