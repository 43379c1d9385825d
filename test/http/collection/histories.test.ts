import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readOverview } from "../../../src/db/collection/overview.ts";
import {
  periodKinds,
  readTimeline,
  type Periods,
  type Timeline,
} from "../../../src/db/collection/timeline.ts";
import { openDatabase } from "../../../src/db/connection.ts";
import type { MediaFilter } from "../../../src/db/lists/filter.ts";
import { dayAxes } from "../../../src/db/schema.ts";
import { apiWith } from "../../support/http/api.ts";
import {
  allMedia,
  countedOverview,
  countedTimeline,
  type AnyMedia,
} from "../../support/records/collection-model.ts";
import { emptyRecords, recordStep, takeStep } from "../../support/records/record-steps.ts";

/** What a person may change of the words of a record by `PATCH`; null takes a field away. */
const patch = fc.record(
  {
    description: fc.constantFrom("Noon", "", null),
    keywords: fc.constantFrom([], ["Beach"], ["beach", "é"], null),
    taken_at: fc.constantFrom(
      "1962",
      "1962-01",
      "1962-01-01",
      "1962-01-01T00:00",
      "2024-07-14T16:03:11.2",
      null,
    ),
    location: fc.constantFrom({ latitude: -90, longitude: 180 }, { latitude: 0, longitude: 0 }, null),
  },
  { requiredKeys: [] },
);

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: recordStep },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("patch" as const), at: fc.nat(30), patch }) },
  ),
  { minLength: 1, maxLength: 40, size: "max" },
);

const everyPeriods: readonly Periods[] = dayAxes.flatMap((of) => periodKinds.map((by) => ({ of, by })));

const whole: MediaFilter = { keywords: [], missing: "false" };

/** Filters, and which records they are for. */
const filters: readonly (readonly [MediaFilter, (media: AnyMedia) => boolean])[] = [
  [whole, ({ missingSince }) => missingSince === null],
  [{ ...whole, missing: "true" }, ({ missingSince }) => missingSince !== null],
  [{ ...whole, missing: "any" }, () => true],
  [{ ...whole, provider: "other", missing: "any" }, ({ provider }) => provider === "other"],
  [{ ...whole, state: "failed", missing: "any" }, ({ state }) => state === "failed"],
  [{ ...whole, prefix: "a/" }, (media) => media.missingSince === null && media.objectKey.startsWith("a/")],
  [
    { ...whole, keywords: ["beach"], missing: "any" },
    ({ foldedKeywords }) => foldedKeywords.includes('"beach"'),
  ],
];

/** Carries out all steps; the statuses of what people have changed. */
async function takeAll(
  taken: typeof steps extends fc.Arbitrary<infer T> ? T : never,
): Promise<readonly number[]> {
  await emptyRecords();
  const ids: string[] = [];
  const statuses: number[] = [];
  for (const step of taken) {
    if (step.kind !== "patch") await takeStep(step, ids);
    else {
      const id = ids[step.at % Math.max(ids.length, 1)];
      if (id !== undefined) statuses.push(await patched(id, step.patch));
    }
  }
  return statuses;
}

async function patched(id: string, metadata: unknown): Promise<number> {
  const request = { method: "PATCH", json: { object_metadata: metadata } };
  const response = await apiWith({ LOG_LEVEL: "error" }, `/v1/media/${id}`, request);
  await response.body?.cancel();
  return response.status;
}

/** Whether a timeline is the newest part of a whole one, of which all but the oldest period is complete. */
function isBeginning(found: Timeline, whole: Timeline): boolean {
  if (!found.capped) return JSON.stringify(found) === JSON.stringify(whole);
  const newer = found.items.slice(0, -1);
  const [oldest, same] = [found.items.at(-1), whole.items.at(newer.length)];
  const isPart =
    oldest === undefined ||
    (same?.period === oldest.period && oldest.count <= same.count && oldest.imprecise <= same.imprecise);
  const isSame = JSON.stringify(newer) === JSON.stringify(whole.items.slice(0, newer.length));
  return isSame && isPart && found.undated <= whole.undated;
}

describe("after any history", () => {
  it("overview and timeline are what counting by hand comes to, or the newest part where they stop", async () => {
    const db = openDatabase(env.DB, "anywhere");
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const statuses = await takeAll(taken);
        // A place from before the rules, to which a part is added, may break them still.
        expect(statuses.filter((status) => status !== 200 && status !== 422)).toEqual([]);
        const media = await allMedia();
        expect(await readOverview(db)).toEqual(countedOverview(media));
        for (const periods of everyPeriods) {
          for (const [filter, holds] of filters) {
            const counted = countedTimeline(media.filter(holds), periods);
            expect({ filter, ...(await readTimeline(db, filter, periods)) }).toEqual({ filter, ...counted });
            const few = await readTimeline(db, filter, periods, 3);
            expect({ filter, few, isBeginning: isBeginning(few, counted) }).toMatchObject({
              isBeginning: true,
            });
          }
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
