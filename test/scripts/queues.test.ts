import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mostAttempts } from "../../src/protocol/attempts.ts";
import { projectRoot } from "../../scripts/wrangler.ts";

/** How often it is tried to record what could not be done, at the least. */
const fewestBurials = 5;

test("each queue hands a message out for longer than it is worked, so that it can be recorded as failed", () => {
  const text = readFileSync(join(projectRoot, "wrangler.toml"), "utf8");
  const retries = [...text.matchAll(/^max_retries = (\d+)$/gm)].map(([, number]) => Number(number));
  // Two queues of production, and two of staging.
  expect(retries).toHaveLength(4);
  expect(Math.min(...retries) + 1).toBeGreaterThanOrEqual(mostAttempts + fewestBurials);
});
