/** How much of a limit may be used: the rest is for growth, and for what a change of the schema needs meanwhile. */
export const usablePart = 0.8;

/** How many photos a database has room for, if only a part of its limit is used. */
export function photosWithin(limitBytes: number, bytesEach: number): number {
  return Math.floor((limitBytes * usablePart) / bytesEach);
}

/** What the work of a queue's consumers depends on. */
export interface Work {
  /** Of the processor, for each photo. */
  readonly cpuMs: number;
  /** How many consumers work at the same time. */
  readonly concurrency: number;
}

/** How many photos are processed in an hour, where nothing but the processor is waited for. */
export function photosAnHour({ cpuMs, concurrency }: Work): number {
  return Math.floor((concurrency * 3_600_000) / cpuMs);
}

/** How long it takes to list photos page by page, each page after the one before, in minutes. */
export function listingMinutes(photos: number, { perPage, secondsAPage }: Listing): number {
  return (Math.ceil(photos / perPage) * secondsAPage) / 60;
}

/** How a storage is listed. */
export interface Listing {
  readonly perPage: number;
  readonly secondsAPage: number;
}

/** How many of something happen in a second, by how many there are for each photo. */
export function perSecond(photosAnHourNow: number, forEachPhoto: number): number {
  return (photosAnHourNow * forEachPhoto) / 3_600;
}

/** How many milliseconds a statement may take on average where so many are asked for in a second, one at a time. */
export function longestStatementMs(statementsPerSecond: number): number {
  return 1_000 / statementsPerSecond;
}
