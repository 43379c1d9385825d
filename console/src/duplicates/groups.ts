import type { components, MediaObject } from "tagline-client";
import { duplicateTexts } from "../texts/duplicates.ts";
import { countText, fileSizeText } from "../viewer/formats/amounts.ts";
import { fieldLabel, valueText } from "../viewer/panel/custom.ts";

/** Photos that are copies of each other, as the API tells them; see `GET /v1/duplicates`. */
export type CopyGroup = components["schemas"]["CopyGroup"];

/** A group on the page, which stays the same one when photos leave it. */
export interface ShownGroup {
  readonly id: string;
  readonly group: CopyGroup;
}

/** The group by its oldest photo and its kind: the same photos may be copies in two ways. */
export function shownGroup(group: CopyGroup): ShownGroup {
  return { id: `${group.kind} ${group.media[0]?.id ?? ""}`, group };
}

/** What a group is called: `2 copies, 3.1 MB each`. */
export function groupTitle({ count, capped, file_size: size }: CopyGroup): string {
  if (count < 2) return duplicateTexts.single;
  const copies = (capped ? duplicateTexts.groupCapped : duplicateTexts.group)(countText(count));
  return size === null ? copies : duplicateTexts.sized(copies, fileSizeText(size));
}

/** A group without one of its photos. The last one stays where it was, until somebody comes anew. */
export function without(group: CopyGroup, id: string): CopyGroup {
  const media = group.media.filter((each) => each.id !== id);
  return media.length === group.media.length ? group : { ...group, media, count: group.count - 1 };
}

/** A group with photos as they are now. */
export function withMedia(group: CopyGroup, changed: readonly MediaObject[]): CopyGroup {
  const byId = new Map(changed.map((each) => [each.id, each]));
  if (!group.media.some(({ id }) => byId.has(id))) return group;
  return { ...group, media: group.media.map((each) => byId.get(each.id) ?? each) };
}

/** A field that somebody wrote, and its text. */
interface Written {
  readonly name: string;
  readonly label: string;
  readonly text: string;
}

const first = ["title", "description", "keywords", "rating"] as const;

/** What people have written about a photo: what is read first comes first, then the rest by name. */
export function writtenOf({ object_metadata: words }: Pick<MediaObject, "object_metadata">): Written[] {
  const others = Object.keys(words)
    .filter((name) => !first.some((each) => each === name))
    .toSorted()
    .map((name) => ({ name, label: fieldLabel(name) }));
  return [...first.map((name) => ({ name, label: duplicateTexts.words[name] })), ...others].flatMap(
    ({ name, label }) => {
      const value: unknown = words[name];
      const isEmpty = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
      return isEmpty ? [] : [{ name, label, text: valueText(value) }];
    },
  );
}
