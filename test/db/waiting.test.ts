import "../support/setup.ts";

import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";

import { openDatabase } from "../../src/db/connection.ts";
import { leftBehind, unfinishedMedia } from "../../src/db/media/reads.ts";
import { observedDatabase } from "../support/records/database.ts";

/** Records that wait, whose ids come in the other order than their row ids. */
const insertWaiting = `INSERT INTO media_objects (id, provider, object_key, path_key, version, file_size, content_type, state, run_id, updated_at)
  WITH RECURSIVE numbers (n) AS (SELECT 10000 UNION ALL SELECT n + 1 FROM numbers LIMIT 7000)
  SELECT 50000 - n, 'r2', n, n, '', 1, '', 'pending', 'earlier', 1 FROM numbers`;

let read = 0;

function counted() {
  const after = ({ meta }: D1Result): void => void (read += meta.rows_read);
  return openDatabase(observedDatabase(env.DB, { after }), "primary");
}

beforeEach(async () => {
  read = 0;
  await env.DB.prepare(insertWaiting).run();
});

test("what earlier runs have left waiting is read in order, and no more of it than is answered", async () => {
  const ids = await leftBehind(counted(), "r2", "now");
  expect(ids).toHaveLength(5000);
  expect(ids).toEqual(ids.toSorted());
  expect(read).toBeLessThanOrEqual(2 * 5000 + 1);
});

test("unfinished records are read in order from an id on, and no more of them than are answered", async () => {
  const rows = await unfinishedMedia(counted(), "pending", "35000", 500);
  expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, index) => String(35_001 + index)));
  expect(read).toBeLessThanOrEqual(2 * 500 + 1);
});
