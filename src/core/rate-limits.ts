import type { Logger } from "./log.ts";

/** The bindings that count, and what goes on without a bound if one of them is lacking. */
const bindings = {
  READ_LIMIT: "reads are",
  WRITE_LIMIT: "writes are",
  THUMBNAIL_LIMIT: "thumbnails that are asked for by their version are",
  AUTH_LIMIT: "failed authentications are",
} as const;

/** One of the limits; how many are allowed stands in wrangler.toml. */
export type LimitName = keyof typeof bindings;

/** The period of every limit in wrangler.toml. The platform does not tell how much of one is left. */
export const limitPeriodSeconds = 60;

/** The platform's rate limiting: counted at each of its locations, and never exactly; it damps abuse, it is no quota. */
export interface RateLimits {
  /**
   * Counts one use by whoever `key` names; false if there were too many in this period. A limit that is not bound, or
   * that fails, allows all: it guards the service and must not be what takes it down.
   */
  allow(name: LimitName, key: string): Promise<boolean>;
  /** A sentence for each limit that is not bound. */
  readonly problems: readonly string[];
}

/** Opens the limits that are bound. */
export function openRateLimits(env: object, log: Logger): RateLimits {
  const bound = (name: string): unknown => Reflect.get(env, name);
  const missing = Object.entries(bindings).filter(([name]) => !isLimit(bound(name)));
  return {
    problems: missing.map(([name, what]) => `${name} is not bound, so ${what} not limited.`),
    allow: async (name, key) => {
      const limit = bound(name);
      if (!isLimit(limit)) return true;
      try {
        return (await limit.limit({ key })).success;
      } catch (cause) {
        log.warn("limit.failed", { limit: name }, cause);
        return true;
      }
    },
  };
}

function isLimit(value: unknown): value is RateLimit {
  return typeof value === "object" && value !== null && "limit" in value;
}
