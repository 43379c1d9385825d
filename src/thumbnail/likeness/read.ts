import type { Account } from "../budget.ts";
import { makeThumbnail } from "../thumbnail.ts";
import { PictureError } from "../types.ts";
import type { GreyPicture } from "./likeness.ts";

/** Stand-in. */
export async function readGreyPicture(jpeg: Uint8Array, account?: Account): Promise<GreyPicture> {
  const facts = { contentType: "image/jpeg", width: 0, height: 0, orientation: 1 } as const;
  const options = account === undefined ? {} : { account };
  const made = await makeThumbnail(jpeg, facts, { size: 256, fit: "contain" }, { ...options, withPixels: true });
  if (made.outcome !== "made") throw new PictureError(made);
  const pixels = made.pixels ?? new Uint8Array();
  const luma = pixels.filter((_, index) => index % 3 === 1);
  return { width: made.width, height: made.height, luma };
}
