/** How many characters of JSON one statement takes: D1 takes a value of 2 MB, and a character may have 4 bytes. */
const sliceLength = 400_000;

/** Some items and, as one JSON array, what a statement binds for them. */
export interface JsonSlice<Item> {
  readonly items: readonly Item[];
  readonly json: string;
}

/** All items in order, cut into slices none of which is too long for one statement. */
export function jsonSlices<Item>(items: readonly Item[]): JsonSlice<Item>[] {
  const written = items.map((item) => ({ item, json: JSON.stringify(item) }));
  return groupsBySize(written, sliceLength, ({ json }) => json.length + 1).map((slice) => ({
    items: slice.map(({ item }) => item),
    json: `[${slice.map(({ json }) => json).join(",")}]`,
  }));
}

/** All items in order, cut into groups whose sizes have room together; an item that is larger is a group of its own. */
export function groupsBySize<Item>(
  items: readonly Item[],
  room: number,
  sizeOf: (item: Item) => number,
): Item[][] {
  const groups: Item[][] = [];
  let left = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (groups.length === 0 || size > left) {
      groups.push([]);
      left = room;
    }
    groups.at(-1)?.push(item);
    left -= size;
  }
  return groups;
}

/**
 * The JSON arrays of {@link jsonSlices}: bulk work binds one such string and expands it with `json_each`, whatever the
 * number of items.
 */
export function slicesOf(items: readonly unknown[]): string[] {
  return jsonSlices(items).map(({ json }) => json);
}
