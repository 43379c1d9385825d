import "../../support/setup.ts";

import { expect, test } from "vitest";
import { z } from "zod";

import { api } from "../../support/http/api.ts";
import { insertMedia } from "../../support/records/media.ts";

const answer = z.object({
  items: z.array(z.object({ id: z.string(), highlight: z.record(z.string(), z.string()) })),
  total: z.int().nullable(),
  next_cursor: z.string().nullable(),
});

async function search(q: string, more: Record<string, string> = {}) {
  const response = await api(`/v1/search?${new URLSearchParams({ q, ...more })}`);
  expect(response.status).toBe(200);
  return answer.parse(await response.json());
}

test("finds what has a word, with the match marked", async () => {
  const { id } = await insertMedia({
    objectKey: "a/Strand.jpg",
    objectMetadata: { description: "Am Strand von Łódź", keywords: ["Été"] },
  });
  await insertMedia();
  expect(await search("lodz", { mark: "[,]" })).toEqual({
    items: [{ id, highlight: { description: "Am Strand von [Łódź]" } }],
    total: 1,
    next_cursor: null,
  });
  expect((await search("strand")).total).toBe(1);
  expect((await search("keyword:ete")).total).toBe(1);
  expect((await search("")).total).toBe(2);
});
