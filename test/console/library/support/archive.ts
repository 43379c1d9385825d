import { tagline } from "../../../../packages/client/src/index.ts";
import { everything, type Finding } from "../../../../console/src/address/view.ts";
import { archiveOf, type Archive } from "../../../../console/src/library/archive.ts";

/** A photo of the stand-in. */
export interface Kept {
  readonly id: string;
  /** A local time; null for none. */
  readonly taken: string | null;
}

/** How the stand-in behaves. */
export interface Habits {
  /** How many photos a timeline looks at. */
  readonly timelineCap?: number;
  /** A list counts to so many. */
  readonly totalCap?: number;
  /** A page has no more photos than these, whatever was asked for. */
  readonly mostOnPage?: number;
}

/** A service that answers what a library asks for, over HTTP, and what it was asked. */
export interface StandIn {
  readonly archive: Archive;
  /** The paths with their queries, in the order in which they came. */
  readonly asked: URL[];
  /** How many requests the library has stopped. */
  readonly stopped: () => number;
  /** The photos, which may be changed. */
  readonly photos: Kept[];
  /** While it is true every request fails. */
  isDown: boolean;
  /** Which requests wait for {@link StandIn.release}, by their paths. */
  held: "none" | "all" | "/v1/media";
  readonly release: () => void;
}

/** A finding of the library's usual order. */
export function findingWith(changes: Partial<Finding> = {}): Finding {
  return { ...everything, ...changes };
}

/** So many photos of a month `YYYY-MM`, or of a day, or without a date, each with a name of its own. */
export function photosOf(period: string | null, count: number): Kept[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${period ?? "undated"} ${String(index).padStart(6, "0")}`,
    taken: period === null ? null : timeOf(period, index),
  }));
}

function timeOf(period: string, index: number): string {
  const day = period.length === 7 ? `${period}-${String(1 + (index % 28)).padStart(2, "0")}` : period;
  return `${day}T12:00:00.000`;
}

/** The order of the service: newest first, undated last, then by id. */
export function inOrder(photos: readonly Kept[]): Kept[] {
  return photos.toSorted((a, b) => compare(b.taken ?? "", a.taken ?? "") || compare(b.id, a.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Starts a stand-in with these photos. */
export function standIn(photos: readonly Kept[], habits: Habits = {}): StandIn {
  const kept = [...photos];
  const asked: URL[] = [];
  let stopped = 0;
  let waiting: (() => void)[] = [];
  const service: StandIn = {
    archive: archiveOf(
      tagline({
        url: "http://photos.test",
        key: null,
        retry: { attempts: 1, maxWaitMs: 1 },
        fetch: async (address, { signal }) => {
          const url = new URL(address);
          asked.push(url);
          if (service.isDown) throw new TypeError("no connection");
          if (service.held === "all" || service.held === url.pathname) {
            await new Promise<void>((resolve, reject: (reason: unknown) => void) => {
              waiting.push(resolve);
              signal?.addEventListener("abort", () => {
                stopped += 1;
                reject(signal.reason);
              });
            });
          }
          return Response.json(answerTo(url, kept, habits));
        },
      }),
    ),
    asked,
    stopped: () => stopped,
    photos: kept,
    isDown: false,
    held: "none",
    release: () => {
      service.held = "none";
      for (const resolve of waiting) resolve();
      waiting = [];
    },
  };
  return service;
}

function answerTo(url: URL, photos: readonly Kept[], habits: Habits): object {
  const found = inOrder(photos).filter((photo) => isFound(photo, url.searchParams));
  return url.pathname === "/v1/timeline" ? timeline(url, found, habits) : list(url, found, habits);
}

function isFound({ id, taken }: Kept, query: URLSearchParams): boolean {
  const after = query.get("taken_after");
  const before = query.get("taken_before");
  if (!id.includes(query.get("q") ?? "")) return false;
  if (query.getAll("without").includes("taken_at") && taken !== null) return false;
  if (query.getAll("has").includes("taken_at") && taken === null) return false;
  if (after === null && before === null) return true;
  return taken !== null && taken >= (after ?? "") && (before === null || taken < before);
}

function timeline(url: URL, found: readonly Kept[], { timelineCap = Infinity }: Habits): object {
  const length = url.searchParams.get("by") === "day" ? 10 : 7;
  const looked = found.slice(0, timelineCap);
  const counts = Map.groupBy(
    looked.filter(({ taken }) => taken !== null),
    ({ taken }) => (taken ?? "").slice(0, length),
  );
  return {
    items: Array.from(counts, ([period, { length: count }]) => ({ period, count, imprecise: 0 })),
    undated: looked.filter(({ taken }) => taken === null).length,
    capped: found.length > timelineCap,
  };
}

function list(
  url: URL,
  found: readonly Kept[],
  { totalCap = Infinity, mostOnPage = Infinity }: Habits,
): object {
  const cursor = url.searchParams.get("cursor");
  const offset = Number(cursor ?? url.searchParams.get("offset") ?? "0");
  const limit = Math.min(Number(url.searchParams.get("limit") ?? "100"), mostOnPage);
  if (cursor === null && offset > 10_000) throw new Error("The service takes no such offset.");
  const items = found.slice(offset, offset + limit).map(({ id, taken }) => ({
    id,
    taken: taken === null ? null : { at: taken, precision: "second" },
  }));
  return {
    items,
    total: cursor === null ? Math.min(found.length, totalCap) : null,
    total_capped: found.length > totalCap,
    next_cursor: offset + limit < found.length ? String(offset + limit) : null,
  };
}
