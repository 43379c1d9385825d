import type { components } from "./openapi.ts";

/** A photo of the collection with the words that people wrote about the photo. */
export type MediaObject = components["schemas"]["MediaObject"];

/** Whether JSON is a media object. What else it has, the document says. */
export function isMediaObject(
  value: Readonly<Record<string, unknown>>,
): value is MediaObject & Readonly<Record<string, unknown>> {
  return typeof value["id"] === "string" && typeof value["state"] === "string";
}
