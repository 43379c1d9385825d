import { busy } from "../../core/errors.ts";
import { FileParts } from "../../metadata/file-parts.ts";
import { readImageHeader } from "../../metadata/headers/header.ts";
import type { Derivative } from "../../storage/r2/derivatives.ts";
import { type Account, isolateMemory, previewDecodeBytes } from "../../thumbnail/budget.ts";
import { makeThumbnail } from "../../thumbnail/thumbnail.ts";
import type { Variant } from "../../thumbnail/types.ts";
import { collect } from "../processing/read-bytes.ts";
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

/** Makes a variant of a stored preview, whose bytes count before they are read. Throws `busy` if there is no room. */
export async function deriveFromStored({ body, sizeBytes }: Derivative, variant: Variant): Promise<Derived> {
  return isolateMemory.withAccount(async (account) => {
    try {
      account.takeInput(sizeBytes, previewDecodeBytes);
    } catch (cause) {
      await body.cancel();
      throw cause;
    }
    const preview = opened(await collect(body, sizeBytes));
    return preview === null ? "broken" : make(preview, variant, account);
  });
}

/** Makes a variant of a preview that was just made. Throws `busy` if there is no room. */
export async function derive(preview: Preview, variant: Variant): Promise<Derived> {
  return isolateMemory.withAccount(async (account) => {
    account.takeInput(preview.jpeg.length, previewDecodeBytes);
    return make(preview, variant, account);
  });
}

function opened(jpeg: Uint8Array): Preview | null {
  const result = readImageHeader(FileParts.whole(jpeg));
  if (result.kind !== "header" || result.header.mediaType !== "image/jpeg") return null;
  const { width, height } = result.header;
  return { jpeg, width, height };
}

/** The preview is upright, and its colours are settled: what little profile it may have is handed on. */
async function make(preview: Preview, variant: Variant, account: Account): Promise<Derived> {
  if (!isCovered(variant, preview)) return "uncovered";
  const { jpeg, width, height } = preview;
  if (isWhole(variant, preview)) return jpeg;
  const facts = { contentType: "image/jpeg", width, height, orientation: 1 } as const;
  const made = await makeThumbnail(jpeg, facts, variant, { account });
  if (made.outcome === "made") return made.jpeg;
  if (made.reason.code === "busy") throw busy();
  return "broken";
}
