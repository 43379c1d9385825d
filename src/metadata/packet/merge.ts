import { joinedBytes } from "../file-parts.ts";
import { inLanguages } from "../facts/in-languages.ts";
import { microsoftNamespace, ownNamespace } from "../blocks/xmp/namespaces.ts";
import type { Span } from "../blocks/xmp/xml-scanner.ts";
import { parseXmp, type XmpPacket } from "../blocks/xmp/xmp.ts";
import { type PacketDocument, type PlacedDescription, placedPacket } from "./document.ts";
import { foldKeyword, keptPaths, leafOf, lightroomList, otherLists } from "./hierarchy.ts";
import { ownProperty } from "./own-words.ts";
import {
  keywordsOf,
  nameOf,
  propertiesOf,
  propertyOf,
  standardProperties,
  wholeOf,
  type Words,
} from "./properties.ts";
import { packetFacts, readPacket, type PacketWords } from "./read.ts";
import { descriptionText, type PacketProperty } from "./serialise.ts";
import { standardFields, type StandardField, type ToldFields, toldFields } from "./told-fields.ts";

/** What becomes of the properties that carry words, by their names: what a packet is to have of each, null for nothing. */
type Plan = ReadonlyMap<string, PacketProperty | null>;

/** A piece of a document, and what comes in its place. */
interface Change {
  readonly span: Span;
  readonly text: string;
}

const ownName = nameOf(ownNamespace, ownProperty);

/**
 * A packet with words in place of those that it had. All else stays as it is, byte by byte: properties of any other name,
 * their structure, comments, what stands around the packet. A property that says the words already stays too, with all
 * that it has beside them. Null where the packet is not well-formed, or where the result would not say these words.
 */
export function merged(existing: Uint8Array, words: Words, hierarchical: readonly string[]): string | null {
  const document = placedPacket(existing);
  const xmp = document === null ? null : parseXmp(document.bytes);
  const before = document === null ? null : readPacket(document.bytes);
  if (document === null || xmp === null || before === null) return null;
  const plan = planOf(words, hierarchical, xmp, before);
  const text = inUtf8(applied(document.bytes, changesOf(document, plan, xmp)));
  const after = readPacket(new TextEncoder().encode(text));
  return JSON.stringify(after?.own) === JSON.stringify(words) ? text : null;
}

function planOf(words: Words, hierarchical: readonly string[], xmp: XmpPacket, before: PacketWords): Plan {
  const told = toldFields(packetFacts(xmp));
  const { namespace, name } = lightroomList;
  const paths = [...hierarchical, ...xmp.items(namespace, name).map(({ text }) => text)];
  const wanted = new Map(
    [...standardProperties(words, paths), ...besideOf(words, xmp)].map((property) => [
      nameOf(property.namespace, property.name),
      property,
    ]),
  );
  const plan = new Map<string, PacketProperty | null>();
  for (const field of standardFields) {
    const names = namesOf(field);
    const isSaid = names.some((each) => wanted.has(each));
    if (!isSaid && (told[field] === null || isPhotosOwn(field, told, before))) continue;
    for (const each of names) plan.set(each, wanted.get(each) ?? null);
  }
  return plan.set(ownName, wholeOf(words));
}

function namesOf(field: StandardField): readonly string[] {
  const names = propertiesOf[field].map(([namespace, name]) => nameOf(namespace, name));
  if (field !== "keywords") return names;
  return [...names, ...[lightroomList, ...otherLists].map(({ namespace, name }) => nameOf(namespace, name))];
}

/** Whether a date or a place is the photo's, as programs copy it into their sidecars, and not what a person wrote here. */
function isPhotosOwn(field: StandardField, told: ToldFields, { own, changed, facts }: PacketWords): boolean {
  if (field !== "taken_at" && field !== "location") return false;
  const isTold = (field === "taken_at" ? facts.takenAt : facts.location) !== null;
  return told[field] !== null && (own === null || isTold || changed.includes(field));
}

/** What programs write beside the standard properties and read before them, where a packet has it. */
function besideOf(words: Words, xmp: XmpPacket): readonly PacketProperty[] {
  const keywords = keywordsOf(words);
  const lists = otherLists.flatMap(({ namespace, name, separator, form }) => {
    const items = xmp.items(namespace, name).map(({ text }) => text);
    if (items.length === 0 || keywords.length === 0) return [];
    const kept = keptPaths(items, keywords, separator);
    const leaves = new Set(kept.map((path) => foldKeyword(leafOf(path, separator) ?? "")));
    const others = keywords.filter(
      (keyword) => !leaves.has(foldKeyword(keyword)) && !keyword.includes(separator),
    );
    return [propertyOf(namespace, name, form, [...new Set([...kept, ...others])])];
  });
  const percent = percents[Number(words["rating"])];
  const hasPercent =
    typeof words["rating"] === "number" && xmp.items(microsoftNamespace, "Rating").length > 0;
  if (percent === undefined || !hasPercent) return lists;
  return [...lists, propertyOf(microsoftNamespace, "Rating", "simple", [percent])];
}

/** What Windows writes for none to five stars. */
const percents = ["0", "1", "25", "50", "75", "99"];

/** What is taken out of a document, and the description of ours that is added to it. */
function changesOf(
  { descriptions, room, around }: PacketDocument,
  plan: Plan,
  xmp: XmpPacket,
): readonly Change[] {
  const written = new Map(plan);
  const count = new Map<string, number>();
  for (const { namespace, name } of descriptions.flatMap(({ properties }) => properties)) {
    const each = nameOf(namespace, name);
    count.set(each, (count.get(each) ?? 0) + 1);
  }
  const ours = descriptions.find(holdsOwn) ?? descriptions[0];
  const removed = descriptions.flatMap((description) => {
    const isOurs = holdsOwn(description);
    const gone = description.properties.filter(({ namespace, name }) => {
      const each = nameOf(namespace, name);
      const wanted = plan.get(each);
      if (wanted === undefined) return false;
      if (isOurs || wanted === null || count.get(each) !== 1 || !isSaidBy(xmp, wanted)) return true;
      written.delete(each);
      return false;
    });
    return removals(
      description,
      gone.map(({ span }) => span),
    );
  });
  const properties = [...written.values()].flatMap((property) => property ?? []);
  const added = descriptionText(
    properties.map((property) => withTranslations(property, xmp)),
    ours?.about ?? '""',
  );
  return [
    ...removed.map((span) => ({ span, text: "" })),
    { span: room, text: `${around[0]}\n  ${added}${around[1]}` },
  ];
}

function holdsOwn({ properties }: PlacedDescription): boolean {
  return properties.some(({ namespace, name }) => nameOf(namespace, name) === ownName);
}

/** The properties that go, or the whole description where nothing would be left in it. */
function removals({ span, properties, hasMore }: PlacedDescription, gone: readonly Span[]): readonly Span[] {
  return gone.length > 0 && gone.length === properties.length && !hasMore ? [span] : gone;
}

function isSaidBy(xmp: XmpPacket, { namespace, name, form, texts }: PacketProperty): boolean {
  if (form === "alt") return inLanguages(xmp, namespace, name) === texts[0];
  const items = xmp.items(namespace, name);
  return items.length === texts.length && items.every(({ text }, index) => text === texts[index]);
}

/** A text in several languages whose default one is replaced keeps the others, but for what repeats the default one. */
function withTranslations(property: PacketProperty, xmp: XmpPacket): PacketProperty {
  if (property.form !== "alt") return property;
  const { namespace, name } = property;
  const replaced = inLanguages(xmp, namespace, name);
  const translations = new Map<string, string>();
  for (const { language, text } of xmp.items(namespace, name)) {
    const isOther = language !== null && language.toLowerCase() !== "x-default" && text !== replaced;
    if (isOther && !translations.has(language)) translations.set(language, text);
  }
  return {
    ...property,
    translations: Array.from(translations, ([language, text]) => ({ language, text })),
  };
}

function applied(bytes: Uint8Array, changes: readonly Change[]): string {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const { span, text } of changes.toSorted((a, b) => a.span.start - b.span.start)) {
    pieces.push(bytes.subarray(at, span.start), new TextEncoder().encode(text));
    at = span.end;
  }
  pieces.push(bytes.subarray(at));
  return new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(joinedBytes(pieces));
}

/** A document whose declaration names UTF-8, as which it is stored, whatever the encoding was. */
function inUtf8(text: string): string {
  return text.replace(
    /^(<\?xml[^?>]{0,200}\sencoding\s{0,20}=\s{0,20}["'])(?!utf-8["'])[\w.-]+/iu,
    "$1UTF-8",
  );
}
