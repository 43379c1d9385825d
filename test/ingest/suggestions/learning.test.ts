import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { foldKeyword } from "../../../src/db/media/record.ts";
import type { AiCall } from "../../support/ai/stand-in.ts";
import { jpegBytes } from "../../support/images/index.ts";
import { numbersFrom } from "../../support/numbers.ts";
import "../../support/setup.ts";
import { rowOf } from "../support/rows.ts";
import type { World } from "../support/world.ts";
import { insertKeywords, keyOf, shownAt, worldWith } from "./support.ts";

/** How often the model is wrong about each keyword, from 5 % to 60 %. */
const errorRates = new Map(
  Array.from({ length: 12 }, (_, index): [string, number] => [`Word ${index}`, 0.05 * (index + 1)]),
);

/** A number from 0 to 1 that some bytes and a word give: the same in whatever order photos are asked about. */
function numberOf(bytes: Uint8Array, word: string): number {
  const seed = [...bytes, ...new TextEncoder().encode(word)].reduce(
    (sum, byte) => Math.imul(sum, 31) + byte,
    7,
  );
  return numbersFrom(seed)();
}

const photosAtATime = 8;

/** Has so many new photos asked about, and answers what is shown of each. */
async function moreShown(world: World, round: number): Promise<{ key: string; keywords: string[] }[]> {
  const keys = Array.from({ length: photosAtATime }, (_, index) => keyOf(round * photosAtATime + index));
  for (const [index, key] of keys.entries()) await world.put(key, pictureOf(round * photosAtATime + index));
  await world.ingest();
  const shown = [];
  for (const key of keys) {
    const { keywords = [] } = (await shownAt(world, key)) ?? {};
    shown.push({ key, keywords: keywords.map(({ keyword }) => keyword) });
  }
  return shown;
}

/** A picture of one colour; another number, another colour. */
function pictureOf(number: number): Uint8Array {
  const pattern = [(number % 16) * 16, Math.floor(number / 16) * 16, 128] as const;
  return jpegBytes({ width: 8, height: 8, pattern });
}

/** Sets down what a person has decided, as the routes for that do. */
async function decide(key: string, verdicts: ReadonlyMap<string, "accepted" | "refused">): Promise<void> {
  const { id } = await rowOf(key);
  const keywords = Object.fromEntries(
    [...verdicts].map(([keyword, verdict]) => [foldKeyword(keyword), verdict]),
  );
  await env.DB.prepare(
    "UPDATE suggestions SET state = 'closed', verdicts = ?, decided_at = ? WHERE media_id = ?",
  )
    .bind(JSON.stringify({ keywords }), Date.now(), id)
    .run();
}

test("after 200 decisions nine of ten keywords that are shown are right, and bad ones have fallen silent", async () => {
  // One draw of many: what most of them come to is held by the test of thresholds.
  const next = numbersFrom(9);
  const chance = (keyword: string, { picture }: AiCall): number =>
    numberOf(picture, keyword) < 0.5 ? 0.5 + 0.4999 * numberOf(picture, `score of ${keyword}`) : 0.1;
  const { world } = await worldWith({ chance }, { photos: 0, bindings: { AI_CAPTION_MODEL: "" } });
  await insertKeywords(...errorRates.keys());
  let decisions = 0;
  let round = 0;
  const firstRights: number[] = [];
  for (; decisions < 200; round++) {
    for (const { key, keywords } of await moreShown(world, round)) {
      const verdicts = keywords.map((keyword): [string, "accepted" | "refused"] => [
        keyword,
        next() < (errorRates.get(keyword) ?? 1) ? "refused" : "accepted",
      ]);
      if (round === 0) firstRights.push(...verdicts.map(([, verdict]) => (verdict === "accepted" ? 1 : 0)));
      await decide(key, new Map(verdicts));
      decisions += keywords.length;
    }
  }
  const shown = [...(await moreShown(world, round)), ...(await moreShown(world, round + 1))];
  const rates = shown.flatMap(({ keywords }) => keywords.map((keyword) => errorRates.get(keyword) ?? 1));
  expect(average(firstRights)).toBeLessThan(0.8);
  expect(rates.length).toBeGreaterThan(0);
  expect(1 - average(rates)).toBeGreaterThanOrEqual(0.9);
  expect(Math.max(...rates)).toBeLessThan(0.3);
});

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}
