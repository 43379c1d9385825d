import "../support/setup.ts";

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { openDatabase } from "../../src/db/connection.ts";
import { findMedia } from "../../src/db/media/reads.ts";
import { intrinsicFacts } from "../../src/db/media/record.ts";
import { failPending, type ProcessingOutcome, recordOutcome } from "../../src/db/media/writes.ts";
import { insertMedia, storedMedia } from "../support/records/media.ts";

const hash = "f".repeat(64);

const outcome = {
  state: "ready",
  error: null,
  factsVersion: 9,
  contentHash: null,
  portableHash: null,
  picture: { hash, innerHash: null, quality: 80 },
  seed: {},
  contentType: "image/jpeg",
  width: 4,
  height: 3,
  orientation: null,
  takenAt: null,
  takenAtOffset: null,
  intrinsic: intrinsicFacts.parse({}),
} as const satisfies ProcessingOutcome;

/** Records an outcome for a record that waits and has the hash of other bytes. */
async function recorded(outcome: ProcessingOutcome) {
  const { id } = await insertMedia({ state: "pending", pictureHash: "0".repeat(64), pictureQuality: 50 });
  const db = openDatabase(env.DB, "primary");
  const media = await findMedia(db, id);
  if (media === null) throw new Error("no record");
  const recording = { thumbnailVersion: "v-3", now: 5, sidecar: null };
  expect(await recordOutcome(db, media, outcome, recording)).toBe(true);
  return storedMedia(id);
}

test("the hash of a picture and its quality come with the outcome", async () => {
  expect(await recorded(outcome)).toMatchObject({ picture_hash: hash, picture_quality: 80 });
});

test.each(["failed", "unsupported"] as const)("what is %s has no hash any more", async (state) => {
  const error = { code: "x", detail: "y" };
  const row = await recorded({ ...outcome, state, error, picture: null });
  expect(row).toMatchObject({ picture_hash: null, picture_quality: null });
});

test("what has used up its attempts has no hash any more", async () => {
  const row = await insertMedia({ state: "pending", pictureHash: hash, pictureQuality: 80 });
  await failPending(openDatabase(env.DB, "primary"), row, { code: "x", detail: "y" }, 5);
  expect(await storedMedia(row.id)).toMatchObject({ picture_hash: null, picture_quality: null });
});
