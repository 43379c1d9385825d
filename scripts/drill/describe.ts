import { Failure } from "../failure.ts";
import type { Archive, DrillMedia } from "./archive.ts";

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

/**
 * Describes photos in every way in which words change: one by one, again and again, in bulk, by uniting copies, by
 * taking changes back; some go to the trash, and some of these come back.
 */
export async function describeAll(archive: Archive, media: readonly DrillMedia[]): Promise<void> {
  for (const [index, { id }] of media.entries()) {
    // The first photo is never described by anybody alone.
    for (let step = 0; step < index % 5; step += 1)
      await archive.describe(id, kinds[(index + 3 * step) % kinds.length]?.(index + step) ?? {});
    if (index % 7 === 6) await archive.describe(id, { keywords: null, description: null });
    if (index % 5 > 1 && index % 3 === 1) await archive.post(`v1/media/${id}/revert`, { revision: 1 });
  }
  const ids = media.map(({ id }) => id);
  await archive.operate("v1/media/bulk", { filter: {}, all: true, add_keywords: ["everywhere"] });
  await archive.operate("v1/media/bulk", {
    ids: ids.filter((_, index) => index % 3 === 0),
    remove_keywords: ["sea"],
    object_metadata: { series: { name: "Drill", part: 1 } },
  });
  const undone = await archive.operate("v1/media/bulk", {
    ids: ids.slice(0, 200),
    object_metadata: { mistake: "yes" },
  });
  if (undone === null) throw new Failure("A bulk change became no operation.");
  await archive.post(`v1/operations/${undone}/revert`, {});
  await archive.operate("v1/duplicates/unite", { ids: ids.slice(1, 4) });
  for (const id of ids.slice(-3)) await archive.trash(id);
  const [back] = ids.slice(-3);
  if (back !== undefined) await archive.post(`v1/media/${back}/restore`, {});
}
