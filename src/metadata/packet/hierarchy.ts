import { inNormalForm } from "../../core/text/normal-form.ts";
import { cleanText } from "../blocks/clean-text.ts";
import { digikamNamespace, lightroomNamespace, microsoftNamespace } from "../blocks/xmp/namespaces.ts";
import type { XmpPacket } from "../blocks/xmp/xmp.ts";

/** A list of hierarchical keywords, as one program or another keeps it. */
export interface HierarchicalList {
  readonly namespace: string;
  readonly name: string;
  /** What stands between the levels. */
  readonly separator: "|" | "/";
  readonly form: "bag" | "seq";
}

/** The list that we write, and that Lightroom, darktable and digiKam know. */
export const lightroomList: HierarchicalList = {
  namespace: lightroomNamespace,
  name: "hierarchicalSubject",
  separator: "|",
  form: "bag",
};

/** The lists of digiKam and of Windows, which digiKam writes too: kept up where a packet has them. */
export const otherLists: readonly HierarchicalList[] = [
  { namespace: digikamNamespace, name: "TagsList", separator: "/", form: "seq" },
  { namespace: microsoftNamespace, name: "LastKeywordXMP", separator: "/", form: "bag" },
];

const lists: readonly HierarchicalList[] = [lightroomList, ...otherLists];

/**
 * The hierarchical keywords of a packet, as `a|b|leaf` whichever program wrote them, each once. Those of which a level has
 * the bar in its name have no such form; their leaves are keywords all the same.
 */
export function hierarchicalOf(xmp: XmpPacket): readonly string[] {
  const paths = lists.flatMap(({ namespace, name, separator }) =>
    xmp
      .items(namespace, name)
      .filter(({ text }) => separator === "|" || !text.includes("|"))
      .map(({ text }) => text.replaceAll(separator, "|")),
  );
  return [...new Set(paths)].filter((path) => leafOf(path) !== null);
}

/** The keywords that the hierarchical keywords of a packet lead to. */
export function leavesOf(xmp: XmpPacket): readonly string[] {
  return lists.flatMap(({ namespace, name, separator }) =>
    xmp.items(namespace, name).flatMap(({ text }) => leafOf(text, separator) ?? []),
  );
}

/** The keyword that a path leads to; null where the path names nothing. */
export function leafOf(path: string, separator: HierarchicalList["separator"] = "|"): string | null {
  for (let end = path.length; end >= 0;) {
    const begin = path.lastIndexOf(separator, end - 1);
    const level = cleanText(path.slice(begin + 1, end))?.replaceAll(/\s+/gu, " ") ?? null;
    if (level !== null) return level;
    if (begin <= 0) return null;
    end = begin;
  }
  return null;
}

/** Keywords of several sources, each once in its first spelling; null for none. */
export function mergedKeywords(...sources: readonly (readonly string[])[]): readonly string[] | null {
  const spellings = new Map<string, string>();
  for (const keyword of sources.flat()) {
    const folded = foldKeyword(keyword);
    if (!spellings.has(folded)) spellings.set(folded, keyword);
  }
  return spellings.size === 0 ? null : [...spellings.values()];
}

/** The paths whose leaf is among the keywords, each as it was. */
export function keptPaths(
  paths: readonly string[],
  keywords: readonly string[],
  separator: HierarchicalList["separator"],
): readonly string[] {
  const known = new Set(keywords.map(foldKeyword));
  return [...new Set(paths)].filter((path) => {
    const leaf = leafOf(path, separator);
    return leaf !== null && known.has(foldKeyword(leaf));
  });
}

/** A keyword as it is compared, blanks made alike: a path may have been written on a system with decomposed letters. */
export function foldKeyword(keyword: string): string {
  return inNormalForm(keyword).replaceAll(/\s+/gu, " ").trim().toLowerCase();
}
