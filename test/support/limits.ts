import { replaced } from "./records/replaced.ts";

/** A limit that is used up for whoever asks: each use is repeated until there are none left. */
export function exhausted(limit: RateLimit): RateLimit {
  return replaced(limit, {
    limit: async (options: RateLimitOptions) => {
      // A limit of two, and a period that may end on the way.
      for (let use = 0; use < 5; use += 1) {
        const outcome = await limit.limit(options);
        if (!outcome.success) return outcome;
      }
      throw new Error("the limit is no limit");
    },
  });
}

/** A limit that writes down whom it has counted. */
export function noted(limit: RateLimit, notes: string[], name: string): RateLimit {
  return replaced(limit, {
    limit: async (options: RateLimitOptions) => {
      notes.push(`${name} ${options.key}`);
      return limit.limit(options);
    },
  });
}

/** A limit that does not answer. */
export function failing(limit: RateLimit): RateLimit {
  return replaced(limit, { limit: async () => Promise.reject(new Error("rate limiter: internal error")) });
}
