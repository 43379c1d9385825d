import { tagline, type Tagline } from "tagline-client";
import { expect, it } from "vitest";
import { loadHistory, loadMedia, loadNeighbours } from "../../../../console/src/viewer/photos/load.ts";
import { mediaWith } from "../support/media.ts";

const { signal } = new AbortController();

/** The client of a service that gives one answer, and the addresses that were asked for. */
function serviceWith(answer: unknown): { readonly service: Tagline; readonly asked: string[] } {
  const asked: string[] = [];
  const service = tagline({
    url: "https://photos.example",
    key: null,
    fetch: async (url) => {
      asked.push(url.replace("https://photos.example", ""));
      return Response.json(answer);
    },
  });
  return { service, asked };
}

it("loads everything that is known of a photo", async () => {
  const media = mediaWith();
  const { service, asked } = serviceWith(media);
  expect([await loadMedia(service, media.id, signal), asked]).toEqual([media, [`/v1/media/${media.id}`]]);
});

it("loads the neighbours of a photo in an order and with filters", async () => {
  const answer = { previous: null, next: "b", capped: false };
  const { service, asked } = serviceWith(answer);
  const query = { sort: "taken_at", order: "desc", keyword: ["boats", "dawn"] } as const;
  expect(
    await loadNeighbours(service, { id: "a", query: { ...query, keyword: [...query.keyword] } }, signal),
  ).toEqual(answer);
  expect(asked).toEqual(["/v1/media/a/neighbours?sort=taken_at&order=desc&keyword=boats&keyword=dawn"]);
});

it("loads the history of a photo page by page", async () => {
  const { service, asked } = serviceWith({ items: [], next_cursor: "further" });
  const page = await loadHistory(service, { id: "a", cursor: null }, signal);
  await loadHistory(service, { id: "a", cursor: page.cursor }, signal);
  expect([page, asked]).toEqual([
    { revisions: [], cursor: "further" },
    ["/v1/media/a/history?limit=20", "/v1/media/a/history?limit=20&cursor=further"],
  ]);
});
