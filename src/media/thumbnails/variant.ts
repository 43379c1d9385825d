import type { Variant } from "../../thumbnail/types.ts";

/** The picture that ingest makes of each photo: all of it, as large as most thumbnails that are asked for need. */
export const previewVariant: Variant = { size: 1024, fit: "contain" };

/** The thumbnail that ingest makes; all others are made on first use. */
export const ingestVariant: Variant = { size: 512, fit: "cover" };

/** A variant's name in storage keys and entity tags. */
export function variantName(variant: Variant): string {
  return `${variant.size}-${variant.fit}`;
}
