import type { Variant } from "../../thumbnail/types.ts";

/** The thumbnail that ingest makes; all others are made on first use. */
export const ingestVariant: Variant = { size: 512, fit: "cover" };

/** A variant's name in storage keys and entity tags. */
export function variantName(variant: Variant): string {
  return `${variant.size}-${variant.fit}`;
}
