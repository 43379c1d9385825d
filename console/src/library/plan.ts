/** A stretch of places, the end excluded. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

/** How far around the screen photos are loaded, in screens. */
const screensAround = 1;

/** How many requests are on their way at once. */
export const mostRequests = 4;

/** The places whose photos are worth having: those on the screen and around it, some of them perhaps behind the end. */
export function aroundOf({ first, end }: Range): Range {
  const around = (end - first) * screensAround;
  return { first: Math.max(0, first - around), end: end + around };
}

/** Whether two stretches have a place in common. */
export function overlap(one: Range, other: Range): boolean {
  return one.first < other.end && other.first < one.end;
}

/** How far apart two stretches are; 0 where they touch. */
export function distance(one: Range, other: Range): number {
  return Math.max(0, one.first - other.end, other.first - one.end);
}

/** What a plan of requests starts from; pages are known by the place of their first photo. */
export interface Situation<Page extends Range> {
  /** The most urgent first. */
  readonly wanted: readonly Page[];
  readonly isLoaded: (page: Page) => boolean;
  /** What has failed is asked for again only when somebody says so. */
  readonly hasFailed: (page: Page) => boolean;
  /** The first places of the pages that are on their way. */
  readonly onTheirWay: ReadonlySet<number>;
}

/** What to do about requests. */
export interface Plan<Page extends Range> {
  readonly start: readonly Page[];
  /** The first places of the pages that nobody wants any more. */
  readonly cancel: readonly number[];
}

/** Which pages to ask for next, and which requests to stop. No more than {@link mostRequests} are then on their way. */
export function planOf<Page extends Range>({
  wanted,
  isLoaded,
  hasFailed,
  onTheirWay,
}: Situation<Page>): Plan<Page> {
  const distinct = [...new Map(wanted.map((page) => [page.first, page])).values()];
  const isWanted = new Set(distinct.map(({ first }) => first));
  const cancel = [...onTheirWay].filter((first) => !isWanted.has(first));
  const room = Math.max(0, mostRequests - (onTheirWay.size - cancel.length));
  const lacking = distinct.filter(
    (page) => !onTheirWay.has(page.first) && !isLoaded(page) && !hasFailed(page),
  );
  return { start: lacking.slice(0, room), cancel };
}

/**
 * Which pages to forget so that no more than `most` places stay loaded: those farthest from the screen. What is `kept` is
 * never forgotten.
 */
export function forgotten<Page extends Range>(
  loaded: readonly Page[],
  { screen, kept, most }: { readonly screen: Range; readonly kept: Range; readonly most: number },
): Page[] {
  let places = loaded.reduce((sum, { first, end }) => sum + end - first, 0);
  const gone: Page[] = [];
  const farthestFirst = loaded.toSorted((a, b) => distance(b, screen) - distance(a, screen));
  for (const page of farthestFirst) {
    if (places <= most) break;
    if (overlap(page, kept)) continue;
    gone.push(page);
    places -= page.end - page.first;
  }
  return gone;
}
