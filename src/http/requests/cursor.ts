import type { z } from "zod";

import { sign, verify, type SigningSecrets } from "../../core/signing.ts";
import { fromBase64Url, toBase64Url } from "../../core/text/encoding.ts";

/**
 * How long a cursor may be, in characters: room for a text of 9,000 bytes, twice what any provider allows a key to have,
 * and short enough for an address of 16 KB.
 */
export const maxCursorLength = 12_288;

/** The content of a cursor: a few short fields, and the text of any length that a list is sorted by. */
export interface CursorContent<T> {
  readonly head: T;
  readonly text: string;
}

const encoder = new TextEncoder();

/** JSON writes no line end of its own, so the first one is where the text begins. */
const separator = "\n";

/**
 * Makes a cursor: opaque, signed, and bound to the list that it belongs to, so that it cannot be forged nor used with
 * other filters. The text is packed as it is: in JSON some characters would take six bytes each.
 */
export async function encodeCursor(
  secrets: SigningSecrets,
  list: string,
  { head, text }: CursorContent<unknown>,
): Promise<string> {
  const payload = toBase64Url(encoder.encode(`${JSON.stringify(head)}${separator}${text}`));
  return `${payload}.${await sign(secrets, "cursor", `${list}\n${payload}`)}`;
}

/** The content of a cursor that was made for this list; null for any other text. */
export async function decodeCursor<T>(
  secrets: SigningSecrets,
  list: string,
  cursor: string,
  schema: z.ZodType<T>,
): Promise<CursorContent<T> | null> {
  const [payload, tag, ...rest] = cursor.split(".");
  if (payload === undefined || tag === undefined || rest.length > 0) return null;
  if (!(await verify(secrets, "cursor", `${list}\n${payload}`, tag))) return null;
  const bytes = fromBase64Url(payload);
  if (bytes === null) return null;
  const content = new TextDecoder().decode(bytes);
  const end = content.indexOf(separator);
  // A cursor of an older form is not accepted any more.
  if (end === -1) return null;
  const head: unknown = JSON.parse(content.slice(0, end));
  return { head: schema.parse(head), text: content.slice(end + separator.length) };
}
