/** The fields of words that hold one text, as the IPTC standard has them, in the order of the form. */
export const textFields = [
  "title",
  "creator",
  "credit",
  "copyright",
  "usage_terms",
  "city",
  "state",
  "country",
] as const;

/** Every field that the form has a place of its own for; all others are custom fields. */
export const knownFields: ReadonlySet<string> = new Set([
  "description",
  "keywords",
  ...textFields,
  "rating",
  "taken_at",
  "location",
]);

/** What the service takes at most. Characters are Unicode code points. */
export const limits = {
  textCharacters: 1024,
  keywords: 256,
  keywordCharacters: 64,
  nameCharacters: 64,
  rating: 5,
  bytes: 64 * 1024,
} as const;

/** How many Unicode code points a text has. */
export function charactersOf(text: string): number {
  return Array.from(text).length;
}
