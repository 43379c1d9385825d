import { cleanText } from "../blocks/clean-text.ts";
import type { XmpPacket } from "../blocks/xmp/xmp.ts";

/**
 * The text of a property in several languages: the default one, which is the first where the packet keeps to the rules. One
 * that is blank, as programs leave it where a person wrote in another language only, hides none of the others.
 */
export function inLanguages(xmp: XmpPacket | null, namespace: string, name: string): string | null {
  const items = (xmp?.items(namespace, name) ?? []).filter(({ text }) => cleanText(text) !== null);
  const item = items.find(({ language }) => language?.toLowerCase() === "x-default") ?? items[0];
  return item?.text ?? null;
}
