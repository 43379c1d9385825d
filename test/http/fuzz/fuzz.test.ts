import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test } from "vitest";

import { checkRequest } from "./checks.ts";
import { anyRequest } from "./requests.ts";
import { FuzzWorld } from "./world.ts";

const all = Number(env.FUZZ_REQUESTS);
const roundSize = 1000;
/** A round takes seconds; on a machine that does much else, or with coverage, a minute and more. */
const roundTimeoutMs = 600_000;
const rounds = Array.from({ length: Math.ceil(all / roundSize) }, (_, round) => ({
  round,
  count: Math.min(roundSize, all - round * roundSize),
}));
const firstSeed = Number(env.TEST_SEED);

// A round begins with fresh records; what its requests do to them stays until its end.
test.each(rounds)(
  "any request gets an answer by the rules and harms nobody's words: round $round of $count",
  async ({ round, count }) => {
    const world = await FuzzWorld.create();
    const property = fc.asyncProperty(anyRequest(world.document, world.known), async (request) =>
      checkRequest(world, request),
    );
    await fc.assert(property, { numRuns: count, seed: firstSeed + round });
    expect(await world.finish()).toEqual([]);
    expect(world.written.size).toBeGreaterThan(0);
  },
  roundTimeoutMs,
);
