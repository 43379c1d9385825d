import type { Tagline } from "../../packages/client/src/index.ts";
import { Failure } from "../failure.ts";
import type { DrillMedia } from "./archive.ts";

/** Words of every kind, of which each photo gets some. */
const kinds: readonly ((index: number) => Readonly<Record<string, unknown>>)[] = [
  (index) => ({ description: `Photo ${index}: „Grüße“, 'quotes', "quotes", a\nline and a\ttab, 😀` }),
  (index) => ({ keywords: ["Sea", `number ${index}`, "a; b", "=1+1", "ß", "海"] }),
  (index) => ({ title: `T${index}`, creator: "Ada", credit: "G", copyright: "© 2020", usage_terms: "None" }),
  () => ({ city: "Kiel", state: "Schleswig-Holstein", country: "Deutschland" }),
  (index) => ({ rating: index % 6 }),
  (index) => ({ taken_at: ["1962", "1962-07", "1962-07-14", "1962-07-14T15:16:17"][index % 4] }),
  (index) => ({ location: { latitude: (index % 90) + 0.123456, longitude: -(index % 180) } }),
  (index) => ({ custom: { deep: [index, null, true, { ü: "-" }] }, other_field: "" }),
];

/** The service changes no more media objects by their ids at once. */
const mostIds = 500;

/**
 * Describes photos in every way in which words change: one by one, again and again, in bulk, by uniting copies, by
 * taking changes back; some go to the trash, and some of these come back.
 */
export async function describeAll({ api }: Tagline, media: readonly DrillMedia[]): Promise<void> {
  for (const [index, { id }] of media.entries()) {
    const params = { path: { id } };
    const describe = (words: Readonly<Record<string, unknown>>) =>
      api.PATCH("/v1/media/{id}", { params, body: { object_metadata: words } });
    // The first photo is never described by anybody alone.
    for (let step = 0; step < index % 5; step += 1)
      await describe(kinds[(index + 3 * step) % kinds.length]?.(index + step) ?? {});
    if (index % 7 === 6) await describe({ keywords: null, description: null });
    if (index % 5 > 1 && index % 3 === 1)
      await api.POST("/v1/media/{id}/revert", { params, body: { revision: 1 } });
  }
  const ids = media.map(({ id }) => id);
  await api.POST("/v1/media/bulk", { body: { filter: {}, all: true, add_keywords: ["everywhere"] } });
  const thirds = ids.filter((_, index) => index % 3 === 0);
  for (let at = 0; at < thirds.length; at += mostIds) {
    const change = { remove_keywords: ["sea"], object_metadata: { series: { name: "Drill", part: 1 } } };
    await api.POST("/v1/media/bulk", { body: { ids: thirds.slice(at, at + mostIds), ...change } });
  }
  const mistake = await api.POST("/v1/media/bulk", {
    body: { ids: ids.slice(0, 200), object_metadata: { mistake: "yes" } },
  });
  const undone = mistake.data.operation_id;
  if (undone === null) throw new Failure("A bulk change became no operation.");
  await api.POST("/v1/operations/{id}/revert", { params: { path: { id: undone } }, body: {} });
  await api.POST("/v1/duplicates/unite", { body: { ids: ids.slice(1, 4) } });
  for (const id of ids.slice(-3)) await api.DELETE("/v1/media/{id}", { params: { path: { id } } });
  const [back] = ids.slice(-3);
  if (back !== undefined) await api.POST("/v1/media/{id}/restore", { params: { path: { id: back } } });
}
