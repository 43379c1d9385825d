/**
 * What the platform allows, as far as a test can tell it, and what we allow ourselves below that. Each name in brackets is
 * a page of Cloudflare's documentation; docs/testing.md has them in a table. Where copies of a page differ, the smaller
 * number is held, so that no deployment meets a limit that no test has met.
 */
export const limits = {
  /** Statements of one invocation, each of a batch counted (D1, Limits; paid plan). */
  queries: 1000,
  /** Parameters of one statement (D1, Limits). */
  boundParameters: 100,
  /** Bytes of one statement (D1, Limits). */
  statementBytes: 100_000,
  /** Bytes of one string or blob (D1, Limits). */
  valueBytes: 2_000_000,
  /** Bytes of what one statement answers (D1, Limits: 50 MB in the newest copy, 10 MB in older ones). */
  resultBytes: 10_000_000,
  /** Rows of what one statement answers: ours, as no request looks at more. */
  resultRows: 10_000,
  /**
   * Calls of one invocation to R2, queues, Durable Objects and the network (Workers, Limits, Subrequests: 10,000 in the
   * newest copy, 1,000 in older ones; paid plan).
   */
  subrequests: 1000,
  /** Keys that one listing answers (R2, Workers API reference, `limit`). */
  listedKeys: 1000,
  /** Keys that one call deletes (R2, Workers API reference, `delete`). */
  deletedKeys: 1000,
  /** Bytes of an object's key (R2, Limits). */
  keyBytes: 1024,
  /** Bytes of an object's own metadata (R2, Limits). */
  metadataBytes: 8192,
  /** Bytes of one message, with what the queue adds to it (Queues, Limits; 1 KB is 1,000 bytes). */
  messageBytes: 128_000,
  /** What the queue adds to a message (Queues, Limits: about 100 bytes). */
  messageOverheadBytes: 100,
  /** Messages that one call sends (Queues, Limits). */
  batchMessages: 100,
  /** Bytes that one call sends (Queues, Limits). */
  batchBytes: 256_000,
  /** The longest delay of a message, sent or tried again (Queues, Limits: 24 hours in the newest copy, 12 in older). */
  delaySeconds: 43_200,
  /** Bytes of what goes to, or comes from, one call of a Durable Object (Workers, RPC, Limitations). */
  rpcBytes: 32 * 1024 * 1024,
  /** What bodies, listings, rows and decoders of an isolate may hold together: ours, of the 128 MB (Workers, Limits). */
  memoryBytes: 96 * 1024 * 1024,
  /** Rows and listings that any invocation may hold beside that, in bytes: ours, as there are 32 MB above the others. */
  uncountedBytes: 256 * 1024,
  /** Bytes of one JSON answer: ours, by the contract of lists. */
  answerBytes: 4 * 1024 * 1024,
} as const;
