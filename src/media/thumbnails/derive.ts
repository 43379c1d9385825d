import { busy } from "../../core/errors.ts";
import { type Account, isolateMemory, previewDecodeBytes } from "../../thumbnail/budget.ts";
import { makeThumbnail } from "../../thumbnail/thumbnail.ts";
import type { Variant } from "../../thumbnail/types.ts";
import { isCovered, isWhole, type Sides } from "./variant.ts";

/** A preview in memory. */
export interface Preview extends Sides {
  readonly jpeg: Uint8Array;
}

/**
 * What is made of a preview: the JPEG of a variant; `uncovered` where it has not all that the variant shows, `broken` where
 * it is no picture.
 */
export type Derived = Uint8Array | "uncovered" | "broken";

/** Makes a variant of a preview that was just made. Throws `busy` if there is no room. */
export async function derive(preview: Preview, variant: Variant): Promise<Derived> {
  return isolateMemory.withAccount(async (account) => {
    account.takeInput(preview.jpeg.length, previewDecodeBytes);
    return deriveOn(account, preview, variant);
  });
}

/**
 * Makes a variant of a preview whose bytes are on the account. The preview is upright and its colours are settled; what
 * little profile it may have is handed on. Throws `busy` if there is no room.
 */
export async function deriveOn(account: Account, preview: Preview, variant: Variant): Promise<Derived> {
  if (!isCovered(variant, preview)) return "uncovered";
  const { jpeg, width, height } = preview;
  if (isWhole(variant, preview)) return jpeg;
  const facts = { contentType: "image/jpeg", width, height, orientation: 1 } as const;
  const made = await makeThumbnail(jpeg, facts, variant, { account, withoutPlaceholder: true });
  if (made.outcome === "made") return made.jpeg;
  if (made.reason.code === "busy") throw busy();
  return "broken";
}
