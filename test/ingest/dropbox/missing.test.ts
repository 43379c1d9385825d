import { beforeEach, expect, test } from "vitest";
import { z } from "zod";

import "../../support/setup.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { apiWith } from "../../support/http/api.ts";
import type { DropboxStandIn } from "../../support/dropbox/stand-in.ts";
import { pathOf } from "../../support/http/links.ts";
import { dropboxWorld } from "../support/dropbox-world.ts";
import { photo } from "../support/photos.ts";
import { describe as write, rowOf } from "../support/rows.ts";
import type { World } from "../support/world.ts";

let world: World;
let dropbox: DropboxStandIn;
let id: string;
let version: string;

/** A described record whose file was deleted: a Dropbox still gives away its last revision. */
beforeEach(async () => {
  ({ world, dropbox } = await dropboxWorld());
  dropbox.tree.put("/a.jpg", photo(1));
  await world.ingest();
  ({ id, version } = await rowOf("a.jpg", "dropbox"));
  await write(id, "mine");
  dropbox.tree.delete("/a.jpg");
  world.advance(1000);
  await world.ingest();
});

const missing = "410 object_missing";

async function refusal(path: string, request: Omit<RequestInit, "cf"> = {}): Promise<string> {
  return refusalOf(await world.api(path, request));
}

test("a missing record of a Dropbox answers 410 for its bytes, and the Dropbox is not asked", async () => {
  const before = dropbox.callsOf("files/download");
  for (const headers of [
    {},
    { Range: "bytes=0-1" },
    { "If-None-Match": `"${version}"` },
    { "If-None-Match": "*" },
  ])
    expect(await refusal(`/v1/media/${id}/data`, { headers })).toBe(missing);
  const head = await world.api(`/v1/media/${id}/data`, { method: "HEAD" });
  expect(head.status).toBe(410);
  expect(dropbox.callsOf("files/download")).toBe(before);
});

test("a missing record of a Dropbox makes no thumbnails of what is deleted", async () => {
  const before = dropbox.callsOf("files/download");
  for (const query of ["", "?size=128", "?size=1024&fit=contain", "?v=another"])
    expect(await refusal(`/v1/media/${id}/thumbnail${query}`)).toBe(missing);
  expect(dropbox.callsOf("files/download")).toBe(before);
});

test("a missing record of a Dropbox is not put back to work", async () => {
  expect(await refusal(`/v1/media/${id}/process`, { method: "POST" })).toBe(missing);
  expect(await rowOf("a.jpg", "dropbox")).toMatchObject({ missing: true, state: "ready" });
});

test("a signed link to the bytes of a missing record is still made, and answers 410", async () => {
  const made = await world.api(`/v1/media/${id}/links`, { method: "POST" });
  const { data_url: link } = z.object({ data_url: z.url() }).parse(await made.json());
  expect(await refusalOf(await apiWith(world.env, pathOf(link), { as: null }))).toBe(missing);
});
