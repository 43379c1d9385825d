/**
 * Calls of the client as a program in TypeScript writes them. Nothing of it runs: `npm run typecheck` holds that what is
 * right compiles, and that what is wrong does not.
 */
import type { MediaObject, Run, Tagline } from "../../packages/client/src/index.ts";

/** Answers are typed by what the call says. */
export async function answers({ api }: Tagline): Promise<unknown> {
  const init = { params: { path: { id: "x" } } };
  const { data } = await api.GET("/v1/media/{id}", init);
  const whole: MediaObject = data;
  const list = await api.GET("/v1/media", { params: { query: { keyword: ["a"], links: "true" } } });
  const keys: readonly string[] = list.data.items.map((item) => item.object_key);
  const some = await api.GET("/v1/media", { params: { query: { fields: "id" } } });
  // @ts-expect-error: with `fields` a field may not be there.
  const missing: readonly string[] = some.data.items.map((item) => item.object_key);
  const thumbnail = await api.GET("/v1/media/{id}/thumbnail", { ...init, parseAs: "blob" });
  const blob: Blob = thumbnail.data;
  const deleted = await api.DELETE("/v1/media/{id}", init);
  const nothing: undefined = deleted.data;
  return [whole, keys, missing, blob, nothing];
}

/** What a call lacks, or has too much, is found by the compiler. */
export async function wrongCalls({ api }: Tagline): Promise<void> {
  // @ts-expect-error: no such path.
  await api.GET("/v1/nope");
  // @ts-expect-error: the path has a name to fill.
  await api.GET("/v1/media/{id}");
  // @ts-expect-error: the path takes no such method.
  await api.PATCH("/v1/about");
  // @ts-expect-error: a body of another kind.
  await api.POST("/v1/media/bulk", { body: { ids: "a" } });
}

/** Only paths with pages can be walked along. */
export async function walks(archive: Tagline): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const item of archive.items("/v1/media", { keyword: ["beach"], links: "true" }))
    all.push(item.object_key satisfies string);
  for await (const item of archive.items("/v1/media")) all.push(item.object_key satisfies string);
  for await (const { object_key: key } of archive.items("/v1/media", { fields: "object_key" })) {
    // @ts-expect-error: with `fields` a field may not be there.
    all.push(key satisfies string);
  }
  for await (const revision of archive.items("/v1/media/{id}/history", {}, { path: { id: "x" } }))
    all.push(revision.revision satisfies number);
  for await (const page of archive.pages("/v1/search", { q: "x", facets: "keywords" }))
    all.push(page.total satisfies number | null);
  for await (const keyword of archive.items("/v1/keywords")) all.push(keyword.count satisfies number);
  // @ts-expect-error: no pages.
  all.push(archive.items("/v1/overview"));
  // @ts-expect-error: no such parameter.
  all.push(archive.items("/v1/media", { keywrod: ["x"] }));
  // @ts-expect-error: the path has a name to fill.
  all.push(archive.items("/v1/media/{id}/history", {}));
  return all;
}

/** A run is typed from its beginning to its end. */
export async function runs(archive: Tagline): Promise<Run[]> {
  const run = await archive.ingest({ prefix: "2024/" });
  const seen: Run[] = [];
  for await (const each of archive.follow(run.id)) seen.push(each);
  return seen;
}
