import "../../support/setup.ts";

import { expect, test } from "vitest";
import { z } from "zod";

import { api } from "../../support/http/api.ts";
import { insertMedia } from "../../support/records/media.ts";

const answer = z.object({ items: z.array(z.record(z.string(), z.unknown())) });

async function found(query: string): Promise<Record<string, unknown>[]> {
  const response = await api(`/v1/search?q=beach&mark=[,]&${query}`);
  expect(response.status).toBe(200);
  return answer.parse(await response.json()).items;
}

test("a search answers with the named fields, and always with ids and highlights", async () => {
  const { id } = await insertMedia({ objectMetadata: { description: "the beach" } });
  expect(await found("fields=provider,intrinsic.width")).toEqual([
    { id, provider: "r2", intrinsic: { width: 400 }, highlight: { description: "the [beach]" } },
  ]);
});

test("a search adds the links that were asked for, and those open the thumbnail's address", async () => {
  await insertMedia({ objectMetadata: { description: "the beach" } });
  const links = z.object({ thumbnails: z.record(z.string(), z.url()), expires_at: z.iso.datetime() });
  const [item] = await found("fields=state&links=512-cover,128-contain");
  expect(Object.keys(links.parse(item?.["links"]).thumbnails)).toEqual(["512-cover", "128-contain"]);
  const [usual] = await found("links=true");
  expect(z.object({ thumbnail_url: z.url() }).parse(usual?.["links"]).thumbnail_url).toContain("signature=");
});
