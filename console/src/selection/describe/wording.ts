import type { components } from "tagline-client";

/** The fields that can be made the same on many photos, in the order of the form. */
export const sharedFields = [
  "title",
  "description",
  "creator",
  "credit",
  "copyright",
  "usage_terms",
  "city",
  "state",
  "country",
] as const;

/** One of {@link sharedFields}. */
export type SharedField = (typeof sharedFields)[number];

/** What is to become of a keyword that some of the photos have. */
export type KeywordWish = "add" | "remove";

/** What is to become of what a machine suggests for the photos. */
export type SuggestionWish = "accept" | "refuse";

/** What somebody has chosen for many photos, and not saved yet. */
export interface Wording {
  /** By the keyword as it is shown; those that are left as they are are not in it. */
  readonly wishes: ReadonlyMap<string, KeywordWish>;
  readonly newKeywords: readonly string[];
  /** What stands in the fields, also in those that are not to be applied. */
  readonly texts: Readonly<Partial<Record<SharedField, string>>>;
  readonly applied: ReadonlySet<SharedField>;
  /** Null where they are left as they are. */
  readonly suggestions: SuggestionWish | null;
}

/** A form that nobody has touched. */
export const untouched: Wording = {
  wishes: new Map(),
  newKeywords: [],
  texts: {},
  applied: new Set(),
  suggestions: null,
};

/** Whether two spellings are one keyword for the service, to which case means nothing. */
export function isSameKeyword(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

function folded(keyword: string): string {
  return keyword.normalize("NFC").toLowerCase();
}

/** With another wish for a keyword; the same one again takes it back. */
export function withWish(wording: Wording, keyword: string, wish: KeywordWish): Wording {
  const wishes = new Map(wording.wishes);
  if (wishes.get(keyword) === wish) wishes.delete(keyword);
  else wishes.set(keyword, wish);
  return { ...wording, wishes };
}

/** So many characters a keyword may have, as the service counts them. */
const longestKeyword = 64;

/** The keywords in a line that has commas between them. */
function keywordsIn(line: string): string[] {
  return line.split(/[,;]/).flatMap((part) => {
    const keyword = part.trim().replaceAll(/\s+/g, " ");
    return keyword === "" ? [] : [keyword];
  });
}

/** The first keyword of a line that is too long for the service; null for none. */
export function tooLongIn(line: string): string | null {
  return keywordsIn(line).find((keyword) => Array.from(keyword).length > longestKeyword) ?? null;
}

/** With new keywords out of a line that has commas between them; what is there already is not added again. */
export function withNewKeywords(wording: Wording, line: string): Wording {
  const newKeywords = [...wording.newKeywords];
  for (const keyword of keywordsIn(line))
    if (!newKeywords.some((each) => isSameKeyword(each, keyword))) newKeywords.push(keyword);
  return { ...wording, newKeywords };
}

/** Without one of the new keywords. */
export function withoutNewKeyword(wording: Wording, keyword: string): Wording {
  return { ...wording, newKeywords: wording.newKeywords.filter((each) => each !== keyword) };
}

/** With another wish for what is suggested; the same one again takes it back. */
export function withSuggestions(wording: Wording, wish: SuggestionWish): Wording {
  return { ...wording, suggestions: wording.suggestions === wish ? null : wish };
}

/** With a text in a field, which is applied from now on. */
export function withText(wording: Wording, field: SharedField, text: string): Wording {
  return {
    ...wording,
    texts: { ...wording.texts, [field]: text },
    applied: new Set([...wording.applied, field]),
  };
}

/** With a field that is applied, or is no longer; its text stays. */
export function withApplied(wording: Wording, field: SharedField, isApplied: boolean): Wording {
  const applied = new Set(wording.applied);
  if (isApplied) applied.add(field);
  else applied.delete(field);
  return { ...wording, applied };
}

/** What is done to each of many photos. */
export type BulkChange = Pick<
  components["schemas"]["BulkChange"],
  "add_keywords" | "remove_keywords" | "object_metadata" | "suggestions"
>;

/** What the service is asked to do to each photo; null where that is nothing. */
export function changeOf({ wishes, newKeywords, texts, applied, suggestions }: Wording): BulkChange | null {
  const wished = (kind: KeywordWish): string[] =>
    [...wishes].filter(([, wish]) => wish === kind).map(([keyword]) => keyword);
  const added = wished("add").concat(newKeywords);
  // What is both taken away and typed anew is to be there.
  const removed = wished("remove").filter((keyword) => !added.some((each) => isSameKeyword(each, keyword)));
  const fields = sharedFields.filter((field) => applied.has(field));
  if (added.length === 0 && removed.length === 0 && fields.length === 0 && suggestions === null) return null;
  const patch = Object.fromEntries(
    fields.map((field) => {
      const text = (texts[field] ?? "").trim();
      return [field, text === "" ? null : text];
    }),
  );
  return {
    ...(added.length === 0 ? {} : { add_keywords: added }),
    ...(removed.length === 0 ? {} : { remove_keywords: removed }),
    ...(fields.length === 0 ? {} : { object_metadata: patch }),
    ...(suggestions === null ? {} : { suggestions }),
  };
}
