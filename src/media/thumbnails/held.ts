import type { Services } from "../../services.ts";
import type { DerivativeKey } from "../../storage/r2/derivatives.ts";
import { copyThumbnail, takeBackUnlessShown } from "./keep.ts";
import { previewVariant, variantName } from "./variant.ts";

/** No request asks for a variant of this name: what is held is shown to nobody. */
const heldVariant = "held-preview";

/** A record and the version of its own picture; null for a record without one. */
interface Pictured {
  readonly id: string;
  readonly thumbnailVersion: string | null;
}

/** Whether a stored thumbnail is one that is held for the way back from a relink. */
export function isHeld(key: string): boolean {
  return key.endsWith(`/${heldVariant}.jpg`);
}

/**
 * Holds the preview of a missing record that takes another's object, below the id of that other, which is hidden: nobody
 * could make it again once the relink is taken back.
 */
export async function holdPreview(services: Services, of: Pictured, hidden: string): Promise<void> {
  const places = placesOf(of, hidden);
  if (places !== null) await copyThumbnail(services, places.shown, places.held);
}

/** Gives a preview that was held back to its record; the record has to be missing where it was again. */
export async function giveHeldBack(services: Services, of: Pictured, hidden: string): Promise<void> {
  const places = placesOf(of, hidden);
  if (places === null) return;
  const isBack = await copyThumbnail(services, places.held, places.shown);
  if (isBack) await takeBackUnlessShown(services, places.shown);
}

/** Where a preview is shown, and where it is held. */
function placesOf(
  { id, thumbnailVersion: version }: Pictured,
  hidden: string,
): { readonly shown: DerivativeKey; readonly held: DerivativeKey } | null {
  if (version === null) return null;
  return {
    shown: { mediaId: id, version, variant: variantName(previewVariant) },
    held: { mediaId: hidden, version, variant: heldVariant },
  };
}
