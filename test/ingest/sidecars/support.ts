import { z } from "zod";

import { writePacket } from "../../../src/metadata/packet/write.ts";
import { mediaObjectSchema, type MediaObjectJson } from "../../../src/http/answers/media-json.ts";
import { exifBytes, jpegBytes } from "../../support/images/index.ts";
import type { World } from "../support/world.ts";

const page = z.object({ items: z.array(mediaObjectSchema) });

/** A media object by its key, as the API answers it. */
export async function mediaAt(world: World, key: string): Promise<MediaObjectJson> {
  const answer = await world.api(`/v1/media?object_key=${encodeURIComponent(key)}&missing=any`);
  const [media] = page.parse(await answer.json()).items;
  if (media === undefined) throw new Error(`there is no media object at ${key}`);
  return media;
}

/** The keys of a list, in its order. */
export async function listedKeys(world: World, query: string): Promise<string[]> {
  const answer = await world.api(`/v1/media?${query}`);
  return page.parse(await answer.json()).items.map((media) => media.object_key);
}

/** A sidecar as the service writes one. */
export function packetOf(words: Readonly<Record<string, unknown>>): string {
  return writePacket(words, { hierarchical: [], existing: null });
}

/** A sidecar as another program writes it: a description, keywords, and properties as attributes. */
export function foreignSidecar({
  description = "",
  keywords = [],
  hierarchical = [],
  attributes = "",
}: {
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly hierarchical?: readonly string[];
  readonly attributes?: string;
}): string {
  const bag = (name: string, items: readonly string[]): string =>
    items.length === 0
      ? ""
      : `<${name}><rdf:Bag>${items.map((item) => `<rdf:li>${item}</rdf:li>`).join("")}</rdf:Bag></${name}>`;
  const text =
    description === ""
      ? ""
      : `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${description}</rdf:li></rdf:Alt></dc:description>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
 xmlns:darktable="http://darktable.sf.net/" darktable:history_end="7" ${attributes}>
${text}${bag("dc:subject", keywords)}${bag("lr:hierarchicalSubject", hierarchical)}
</rdf:Description></rdf:RDF></x:xmpmeta>`;
}

/** A photo whose file tells words, a date and a place of its own. */
export function tellingPhoto(): Uint8Array {
  const xmp = foreignSidecar({ description: "The file's", keywords: ["file"], attributes: 'xmp:Rating="2"' });
  const latitude = [48, 1, 0, 1, 0, 1];
  return jpegBytes({
    width: 8,
    height: 8,
    xmp,
    exif: exifBytes({
      takenAt: "2020:01:02 03:04:05",
      position: { latitude, latitudeRef: "N", longitude: latitude, longitudeRef: "E" },
    }),
  });
}

/** Changes the words of a media object. */
export async function patchWords(
  world: World,
  id: string,
  words: Readonly<Record<string, unknown>>,
): Promise<Response> {
  return world.api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: words } });
}

/** Takes the words of a sidecar. */
export async function takeSidecar(world: World, id: string, headers: HeadersInit = {}): Promise<Response> {
  return world.api(`/v1/media/${id}/sidecar`, { method: "POST", headers });
}
