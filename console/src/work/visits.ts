/** When somebody was here, in milliseconds since 1970. */
export interface Visits {
  /** When the visit before this one ended; null at the first one. */
  readonly before: number | null;
  /** When something of this visit was seen last. */
  readonly seen: number;
}

/** After so long without a look at the page the next one is another visit. */
const pauseMs = 30 * 60_000;

/** The visits with a look at the page at this time. */
export function visited(visits: Visits | null, now: number): Visits {
  if (visits === null) return { before: null, seen: now };
  const isSame = now - visits.seen < pauseMs;
  return { before: isSame ? visits.before : visits.seen, seen: now };
}

/** What was kept as JSON; null where nothing was, or nothing that is readable. */
export function readVisits(read: () => string | null): Visits | null {
  try {
    const found: unknown = JSON.parse(read() ?? "null");
    if (typeof found !== "object" || found === null || !("seen" in found) || !("before" in found))
      return null;
    const { seen, before } = found;
    return typeof seen === "number" && (before === null || typeof before === "number")
      ? { seen, before }
      : null;
  } catch {
    return null;
  }
}
