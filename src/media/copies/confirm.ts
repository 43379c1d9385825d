import type { Orientation } from "../../core/orientation.ts";
import { busy } from "../../core/errors.ts";
import type { PictureRow } from "../../db/copies/pictures.ts";
import type { Services } from "../../services.ts";
import { type Account, isolateMemory, usualDecodeBytes } from "../../thumbnail/budget.ts";
import { isSamePicture, type GreyPicture } from "../../thumbnail/likeness/likeness.ts";
import { readGreyPicture } from "../../thumbnail/likeness/read.ts";
import { PictureError } from "../../thumbnail/types.ts";
import { previewVariant, variantName } from "../thumbnails/variant.ts";

/** A picture that may be the same as another, and how it is to be turned to look like it. */
export interface Candidate {
  readonly row: Pick<PictureRow, "id" | "thumbnailVersion">;
  readonly turn: Orientation;
}

/** How many previews are read at a time. */
const atATime = 4;

/** How many pictures stay in memory, each of 64 KiB at the most. */
const mostKept = 16;

/** Looks at previews side by side; those that were looked at last are not read again. */
export class PreviewComparison {
  readonly #services: Services;
  readonly #kept = new Map<string, GreyPicture | null>();

  constructor(services: Services) {
    this.#services = services;
  }

  /**
   * Whether each of some pictures is the same as one, in their order. Where a preview lacks it cannot be told, and they are
   * not taken for the same. Throws `busy` where there is no memory to read one now.
   */
  async areSame(row: Candidate["row"], others: readonly Candidate[]): Promise<boolean[]> {
    if (others.length === 0) return [];
    const picture = await this.#read(row);
    const same: boolean[] = [];
    for (let start = 0; start < others.length; start += atATime) {
      const slice = others.slice(start, start + atATime);
      const found = await Promise.all(
        slice.map(async (other) => (picture === null ? null : this.#read(other.row))),
      );
      same.push(
        ...slice.map(({ turn }, index) => {
          const other = found[index] ?? null;
          return picture !== null && other !== null && isSamePicture(picture, other, turn);
        }),
      );
    }
    return same;
  }

  async #read({ id, thumbnailVersion }: Candidate["row"]): Promise<GreyPicture | null> {
    if (thumbnailVersion === null) return null;
    const key = `${id}/${thumbnailVersion}`;
    const kept = this.#kept.get(key);
    const picture = kept === undefined ? await this.#readStored(id, thumbnailVersion) : kept;
    this.#kept.delete(key);
    this.#kept.set(key, picture);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return picture;
  }

  async #readStored(mediaId: string, version: string): Promise<GreyPicture | null> {
    const key = { mediaId, version, variant: variantName(previewVariant) };
    const preview = await this.#services.derivatives.get(key);
    if (preview === null) return null;
    // An account for each, since several are read side by side.
    return isolateMemory.withAccount(async (account) => {
      try {
        account.takeInput(preview.sizeBytes, usualDecodeBytes("image/jpeg"));
      } catch (cause) {
        await preview.body.cancel();
        throw cause;
      }
      return this.#decode(mediaId, new Uint8Array(await new Response(preview.body).arrayBuffer()), account);
    });
  }

  async #decode(mediaId: string, jpeg: Uint8Array, account: Account): Promise<GreyPicture | null> {
    try {
      return await readGreyPicture(jpeg, account);
    } catch (cause) {
      if (!(cause instanceof PictureError)) throw cause;
      if (cause.result.reason.code === "busy") throw busy();
      this.#services.log.warn("preview.unreadable", { media: mediaId }, cause);
      return null;
    }
  }
}
