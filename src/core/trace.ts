/** A new trace id (W3C Trace Context §3.2.2.3): 32 lower-case hexadecimal digits. */
export function newTraceId(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/** Version 00 has 55 characters; a later one may go on (§3.2.2), but hardly for so long. */
const longestTraceparent = 512;

/**
 * The trace id of a `traceparent` header (W3C Trace Context §3.2); null where there is none that is valid, or one of more
 * than 512 characters: a new trace begins then.
 */
export function parseTraceparent(header: string | undefined): string | null {
  if (header === undefined || header.length > longestTraceparent) return null;
  // Version 00 ends with the flags; only a later one may go on (§3.2.2).
  const match = /^(?!ff|00.{54})[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/.exec(header);
  const [, traceId, parentId] = match ?? [];
  if (traceId === undefined || parentId === undefined) return null;
  return /^0+$/.test(traceId) || /^0+$/.test(parentId) ? null : traceId;
}
