/**
 * How often a message is worked before it is given up. The queue counts its attempts, those too that died; it only has to
 * go on handing it out for longer than that (`max_retries` of wrangler.toml, docs/adr/0012-dead-letters.md).
 */
export const mostAttempts = 6;
