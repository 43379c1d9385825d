import { DurableObject } from "cloudflare:workers";

import type {
  FoundPicture,
  FoundPictures,
  PictureQuery,
  PlacedPicture,
} from "../../protocol/picture-finder.ts";

/** The index of picture hashes, as the Durable Object that holds it; see protocol/picture-finder.ts. */
export class PictureIndex extends DurableObject<Env> {
  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    state.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS pictures (pk INTEGER PRIMARY KEY, hash TEXT NOT NULL)",
    );
  }

  /** Sets down the hashes of records. */
  place(pictures: readonly PlacedPicture[]): void {
    const { sql } = this.ctx.storage;
    for (const { pk, hash } of pictures) {
      if (hash === null) sql.exec("DELETE FROM pictures WHERE pk = ?", pk);
      else sql.exec("INSERT OR REPLACE INTO pictures (pk, hash) VALUES (?, ?)", pk, hash);
    }
  }

  /** Looks for the neighbours of each of some pictures. */
  find(queries: readonly PictureQuery[]): FoundPictures {
    const held = [
      ...this.ctx.storage.sql.exec<{ pk: number; hash: string }>("SELECT pk, hash FROM pictures"),
    ];
    return { neighbours: queries.map((query) => neighboursOf(query, held)), isComplete: true };
  }

  /** Has the index built anew from the records. */
  rebuild(): void {
    return;
  }
}

function neighboursOf(
  { hash, except, radius, limit, after }: PictureQuery,
  held: readonly { readonly pk: number; readonly hash: string }[],
): FoundPicture[] {
  return held
    .filter(({ pk }) => pk !== except)
    .map((each): FoundPicture => ({ pk: each.pk, distance: distanceBetween(hash, each.hash), turn: 1 }))
    .filter(({ distance }) => distance <= radius)
    .toSorted(inOrder)
    .filter((found) => after === null || inOrder(found, after) > 0)
    .slice(0, limit);
}

function inOrder(a: Pick<FoundPicture, "distance" | "pk">, b: Pick<FoundPicture, "distance" | "pk">): number {
  return a.distance - b.distance || a.pk - b.pk;
}

function distanceBetween(a: string, b: string): number {
  let bits = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  for (; bits > 0n; bits &= bits - 1n) count++;
  return count;
}
