/**
 * Whether two JSON values are equal. The order of the fields of an object means nothing, nor does the form of characters: the
 * service keeps text as NFC.
 */
export function isSame(one: unknown, other: unknown): boolean {
  return one === other || canonical(one)?.normalize("NFC") === canonical(other)?.normalize("NFC");
}

function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_name, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
