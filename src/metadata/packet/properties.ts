import { z } from "zod";

import { parseWrittenTime } from "../../core/text/local-time.ts";
import { cleanText } from "../blocks/clean-text.ts";
import {
  digikamNamespace,
  dublinCore,
  exifNamespace,
  lightroomNamespace,
  microsoftNamespace,
  ownNamespace,
  photoshopNamespace,
  rightsNamespace,
  xmpNamespace,
} from "../blocks/xmp/namespaces.ts";
import { keptPaths, lightroomList } from "./hierarchy.ts";
import { ownPieces, ownProperty } from "./own-words.ts";
import { storableText, type PacketProperty, type PropertyForm } from "./serialise.ts";
import type { StandardField } from "./told-fields.ts";

/** Words as `object_metadata` has them; what is older than a rule may have any form. */
export type Words = Readonly<Record<string, unknown>>;

/** The usual prefixes of the namespaces that we write. */
const prefixes: Readonly<Record<string, string>> = {
  [dublinCore]: "dc",
  [xmpNamespace]: "xmp",
  [rightsNamespace]: "xmpRights",
  [photoshopNamespace]: "photoshop",
  [exifNamespace]: "exif",
  [lightroomNamespace]: "lr",
  [digikamNamespace]: "digiKam",
  [microsoftNamespace]: "MicrosoftPhoto",
  [ownNamespace]: "tagline",
};

/** A property of a namespace that {@link prefixes} has. */
export function propertyOf(
  namespace: string,
  name: string,
  form: PropertyForm,
  texts: readonly string[],
): PacketProperty {
  return { namespace, prefix: prefixes[namespace] ?? "tagline", name, form, texts };
}

/** Every text field's property: IPTC Photo Metadata Standard, Core, and ISO 16684-1 §8. */
const textProperties = [
  ["description", dublinCore, "description", "alt"],
  ["title", dublinCore, "title", "alt"],
  ["creator", dublinCore, "creator", "seq"],
  ["credit", photoshopNamespace, "Credit", "simple"],
  ["copyright", dublinCore, "rights", "alt"],
  ["usage_terms", rightsNamespace, "UsageTerms", "alt"],
  ["city", photoshopNamespace, "City", "simple"],
  ["state", photoshopNamespace, "State", "simple"],
  ["country", photoshopNamespace, "Country", "simple"],
] as const satisfies readonly (readonly [StandardField, string, string, PropertyForm])[];

/** The properties of a field, by namespace and name: those that we write, and those that would say something else. */
export const propertiesOf: Readonly<Record<StandardField, readonly (readonly [string, string])[]>> = {
  ...fieldsOf(textProperties),
  keywords: [[dublinCore, "subject"]],
  rating: [
    [xmpNamespace, "Rating"],
    [microsoftNamespace, "Rating"],
  ],
  taken_at: [
    [exifNamespace, "DateTimeOriginal"],
    [photoshopNamespace, "DateCreated"],
  ],
  location: [
    [exifNamespace, "GPSLatitude"],
    [exifNamespace, "GPSLongitude"],
    // Not of the standard, but read where some program wrote them.
    [exifNamespace, "GPSLatitudeRef"],
    [exifNamespace, "GPSLongitudeRef"],
  ],
};

type TextField = (typeof textProperties)[number][0];

function fieldsOf(
  properties: typeof textProperties,
): Readonly<Record<TextField, readonly (readonly [string, string])[]>> {
  const at = (field: TextField): readonly (readonly [string, string])[] =>
    properties.flatMap(([each, namespace, name]) => (each === field ? [[namespace, name] as const] : []));
  return {
    description: at("description"),
    title: at("title"),
    creator: at("creator"),
    credit: at("credit"),
    copyright: at("copyright"),
    usage_terms: at("usage_terms"),
    city: at("city"),
    state: at("state"),
    country: at("country"),
  };
}

/** The standard properties of words; none for a field whose value is older than its rule. */
export function standardProperties(words: Words, hierarchical: readonly string[]): readonly PacketProperty[] {
  const keywords = keywordsOf(words);
  const paths = keptPaths(hierarchical, keywords, "|").filter((path) => cleanText(path) !== null);
  return [
    ...textProperties.flatMap(([field, namespace, name, form]) => {
      const text = textOf(words[field]);
      return text === null ? [] : [propertyOf(namespace, name, form, [text])];
    }),
    ...(keywords.length === 0 ? [] : [propertyOf(dublinCore, "subject", "bag", keywords)]),
    ...(paths.length === 0 ? [] : [propertyOf(lightroomList.namespace, lightroomList.name, "bag", paths)]),
    ...ratingProperties(words["rating"]),
    ...dateProperties(words["taken_at"]),
    ...placeProperties(words["location"]),
  ];
}

/** The property that carries all words as they are. */
export function wholeOf(words: Words): PacketProperty {
  const pieces = ownPieces(words);
  return propertyOf(ownNamespace, ownProperty, pieces.length === 1 ? "simple" : "seq", pieces);
}

/** The keywords of words that XML can hold. */
export function keywordsOf(words: Words): readonly string[] {
  const keywords: unknown = words["keywords"];
  if (!Array.isArray(keywords)) return [];
  return keywords.flatMap((keyword: unknown) => textOf(keyword) ?? []);
}

function textOf(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const text = storableText(value);
  return cleanText(text) === null ? null : text;
}

const stars = z.int().min(0).max(5);

function ratingProperties(value: unknown): readonly PacketProperty[] {
  const { data } = stars.safeParse(value);
  return data === undefined ? [] : [propertyOf(xmpNamespace, "Rating", "simple", [String(data)])];
}

/**
 * When the photo was taken, as much of ISO 8601 as is known (ISO 16684-1 §8.2.1.2). A date that is not whole is IPTC's
 * alone: EXIF's is a time, and programs that copy it into a file take it for one.
 */
function dateProperties(value: unknown): readonly PacketProperty[] {
  const time = typeof value === "string" ? parseWrittenTime(value) : null;
  if (time === null || typeof value !== "string") return [];
  if (time.precision !== "second") return [propertyOf(photoshopNamespace, "DateCreated", "simple", [value])];
  const whole = time.at.replace(/\.000$/u, "");
  return [
    propertyOf(exifNamespace, "DateTimeOriginal", "simple", [whole]),
    propertyOf(photoshopNamespace, "DateCreated", "simple", [whole]),
  ];
}

const place = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

function placeProperties(value: unknown): readonly PacketProperty[] {
  const { data } = place.safeParse(value);
  if (data === undefined) return [];
  const { latitude, longitude } = data;
  return [
    propertyOf(exifNamespace, "GPSLatitude", "simple", [coordinate(latitude, latitude < 0 ? "S" : "N")]),
    propertyOf(exifNamespace, "GPSLongitude", "simple", [coordinate(longitude, longitude < 0 ? "W" : "E")]),
  ];
}

/** A minute in its 10^8 parts: a part is a fifth of a millimetre on the ground. */
const minuteParts = 1e8;

/** A coordinate as degrees and decimal minutes, `48,51.396N` (XMP part 2 §3.6, GPSCoordinate). */
function coordinate(degrees: number, direction: "N" | "S" | "E" | "W"): string {
  const parts = Math.round(Math.abs(degrees) * 60 * minuteParts);
  const rest = parts % (60 * minuteParts);
  const whole = Math.floor(rest / minuteParts);
  const decimals = String(rest % minuteParts).padStart(8, "0");
  return `${Math.floor(parts / (60 * minuteParts))},${whole}.${decimals}${direction}`;
}

/** Longer than any namespace of {@link prefixes}. */
const longNamespace = 64;

/**
 * The whole name of a property, the same for a namespace with and without the mark at its end. Empty for a property of a
 * namespace that cannot be any of ours: a long one may stand before very many names.
 */
export function nameOf(namespace: string, name: string): string {
  return namespace.length > longNamespace ? "" : `${namespace.replace(/[/#]$/u, "")} ${name}`;
}
