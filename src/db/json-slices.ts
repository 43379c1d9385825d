/** How many characters of JSON one statement takes: D1 takes a value of 2 MB, and a character may have 4 bytes. */
const sliceLength = 400_000;

/**
 * JSON arrays of all items in order, none of them too long for one statement: bulk work binds one such string and
 * expands it with `json_each`, whatever the number of items.
 */
export function slicesOf(items: readonly unknown[]): string[] {
  const slices: string[][] = [];
  let room = 0;
  for (const item of items) {
    const json = JSON.stringify(item);
    if (slices.length === 0 || json.length > room) {
      slices.push([]);
      room = sliceLength;
    }
    slices.at(-1)?.push(json);
    room -= json.length + 1;
  }
  return slices.map((slice) => `[${slice.join(",")}]`);
}
