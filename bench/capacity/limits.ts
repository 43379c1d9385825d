/** Limits that Cloudflare publishes for the paid plan; docs/capacity.md names the page of each. */
export const platformLimits = {
  databaseBytes: 10_000_000_000,
  freeDatabaseBytes: 500_000_000,
  objectBytes: 10_000_000_000,
  /** Of one Durable Object whose calls write: the low end, and the high end for simple calls. */
  objectCallsPerSecond: { writing: 200, simple: 1_000 },
  queueMessagesPerSecond: 5_000,
  consumers: 250,
} as const;

/** What Tagline takes for each photo: docs/costs.md has the counts, and what they were measured with. */
export const forEachPhoto = {
  /** A JPEG of 12 megapixels, and an iPhone's HEIC, with everything round it. */
  cpuMs: { jpeg: 120, heic: 2_000 },
  coordinatorCalls: { ingest: 0.3, rescan: 0.003 },
  messages: { ingest: 0.101, rescan: 0.001 },
  /** Bytes in the picture index: 2,048 hashes are a block. */
  pictureIndexBytes: 32,
} as const;

/** How Tagline is set up (wrangler.toml), and how it lists. */
export const settings = { consumers: 10, perPage: 1_000, secondsAPage: 1 } as const;
