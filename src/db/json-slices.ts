/** How many characters of JSON one statement takes: D1 takes a value of 2 MB, and a character may have 4 bytes. */
const sliceLength = 400_000;

/** Some items and, as one JSON array, what a statement binds for them. */
export interface JsonSlice<Item> {
  readonly items: readonly Item[];
  readonly json: string;
}

/** All items in order, cut into slices none of which is too long for one statement. */
export function jsonSlices<Item>(items: readonly Item[]): JsonSlice<Item>[] {
  const slices: { items: Item[]; texts: string[] }[] = [];
  let room = 0;
  for (const item of items) {
    const json = JSON.stringify(item);
    if (slices.length === 0 || json.length > room) {
      slices.push({ items: [], texts: [] });
      room = sliceLength;
    }
    slices.at(-1)?.items.push(item);
    slices.at(-1)?.texts.push(json);
    room -= json.length + 1;
  }
  return slices.map((slice) => ({ items: slice.items, json: `[${slice.texts.join(",")}]` }));
}

/**
 * The JSON arrays of {@link jsonSlices}: bulk work binds one such string and expands it with `json_each`, whatever the
 * number of items.
 */
export function slicesOf(items: readonly unknown[]): string[] {
  return jsonSlices(items).map(({ json }) => json);
}
