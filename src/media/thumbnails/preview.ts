import { FileParts } from "../../metadata/file-parts.ts";
import { readImageHeader } from "../../metadata/headers/header.ts";
import type { Derivative } from "../../storage/r2/derivatives.ts";
import { isolateMemory, previewDecodeBytes } from "../../thumbnail/budget.ts";
import type { Variant } from "../../thumbnail/types.ts";
import { collect } from "../processing/read-bytes.ts";
import { type Derived, deriveOn, type Preview } from "./derive.ts";

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
    return preview === null ? "broken" : deriveOn(account, preview, variant);
  });
}

function opened(jpeg: Uint8Array): Preview | null {
  const result = readImageHeader(FileParts.whole(jpeg));
  if (result.kind !== "header" || result.header.mediaType !== "image/jpeg") return null;
  const { width, height } = result.header;
  return { jpeg, width, height };
}
