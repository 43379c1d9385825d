import type { ObjectMetadata } from "../../db/media/record.ts";
import { metadataLimits } from "../metadata/rules.ts";

/**
 * Why words cannot be restored; null where they can. What an export gives must come back to the byte, and an older value
 * may break a rule of today: only what no words may ever be is refused, which is too large, too deep, or no JSON that
 * UTF-8 and doubles can hold.
 */
export function unrestorable(words: ObjectMetadata): string | null {
  const { serialisedBytes, depth } = metadataLimits;
  if (isDeeper(words, depth)) return `object_metadata has more than ${depth} levels`;
  const bytes = new TextEncoder().encode(JSON.stringify(words)).length;
  if (bytes > serialisedBytes) return `object_metadata has ${bytes} bytes; the most are ${serialisedBytes}`;
  return isKept(words) ? null : "object_metadata holds a text or a number that cannot be kept";
}

/** Whether containers are nested in more than `most` levels; looks no deeper than that. */
function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return most === 0 || Object.values(value).some((each) => isDeeper(each, most - 1));
}

/** A lone surrogate has no UTF-8, and a number beyond all doubles would be kept as null. */
function isKept(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([name, each]) => name.isWellFormed() && isKept(each));
}
