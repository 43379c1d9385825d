import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { jpegBytes } from "../../support/images/index.ts";
import "../../support/setup.ts";
import { rowOf } from "../support/rows.ts";
import { listOnly, World } from "../support/world.ts";

/** A photo with two keywords, and bytes of its own for each number. */
function describedPhoto(number: number): Uint8Array {
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:subject><rdf:Bag><rdf:li>beach</rdf:li><rdf:li>family</rdf:li></rdf:Bag></dc:subject>
    </rdf:Description></rdf:RDF></x:xmpmeta><!-- ${number} -->`;
  return jpegBytes({ width: 8, height: 8, xmp });
}

async function fillTable(rows: number): Promise<void> {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO media_objects (id, provider, object_key, path_key, version, file_size, content_type, state, updated_at)
     SELECT printf('id-%06d', i), 'other', 'k' || i, 'k' || i, 'v', i, 'image/jpeg', 'ready', i FROM n`,
  )
    .bind(rows)
    .run();
}

test.each([10, 20_000])(
  "a new object with two keywords costs at most 26 rows written beside %i others",
  async (others) => {
    const world = await World.create();
    await fillTable(others);
    const objects = 10;
    for (let index = 0; index < objects; index++) await world.put(`${index}.jpg`, describedPhoto(index));
    const { run } = await world.ingest();
    expect(await rowOf("0.jpg")).toMatchObject({
      state: "ready",
      metadata: '{"keywords":["beach","family"]}',
    });
    expect(run.cost.rows_written / objects).toBeLessThanOrEqual(26);
    expect(run.cost.rows_read / objects).toBeLessThanOrEqual(39);
    expect(run.cost.provider_calls).toBe(1 + objects);
  },
);

test.each([10, 20_000])("an unchanged object costs one row read beside %i others", async (others) => {
  const world = await World.create();
  await fillTable(others);
  const objects = 20;
  for (let index = 0; index < objects; index++) await world.put(`${index}.jpg`, "x");
  await world.ingest();
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.cost).toMatchObject({ rows_written: 0, messages: 2 });
  expect(run.cost.rows_read).toBeLessThanOrEqual(objects + 6);
});

test.each([20, 200])("each of %i objects that move costs the same few rows", async (objects) => {
  const world = await World.create();
  const names = Array.from({ length: objects }, (_, index) => `${index}.jpg`);
  for (const name of names) await world.put(`old/${name}`, name);
  await listOnly(world);
  for (const name of names) await world.put(`new/${name}`, name);
  await world.remove(...names.map((name) => `old/${name}`));
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ moved: objects, new: 0, missing: 0, queued: 0 });
  expect(run.cost).toMatchObject({ provider_calls: 1, messages: 6, bytes_read: 0 });
  expect(run.cost.rows_read / objects).toBeLessThanOrEqual(56);
  // And one for each of the tasks, which raise the provider's fence.
  expect(run.cost.rows_written).toBeLessThanOrEqual(19 * objects + run.cost.messages);
});
