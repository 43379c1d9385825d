import type { z } from "zod";

import { fromBase64Url, sign, toBase64Url, verify, type SigningSecrets } from "../signing.ts";

/**
 * Makes a cursor: opaque, signed, and bound to the list that it belongs to, so that it cannot be forged nor used with
 * other filters.
 */
export async function encodeCursor(
  secrets: SigningSecrets,
  list: string,
  position: unknown,
): Promise<string> {
  const payload = toBase64Url(new TextEncoder().encode(JSON.stringify(position)));
  return `${payload}.${await sign(secrets, "cursor", `${list}\n${payload}`)}`;
}

/** The position in a cursor that was made for this list; null for any other text. */
export async function decodeCursor<T>(
  secrets: SigningSecrets,
  list: string,
  cursor: string,
  schema: z.ZodType<T>,
): Promise<T | null> {
  const [payload, tag, ...rest] = cursor.split(".");
  if (payload === undefined || tag === undefined || rest.length > 0) return null;
  if (!(await verify(secrets, "cursor", `${list}\n${payload}`, tag))) return null;
  const bytes = fromBase64Url(payload);
  if (bytes === null) return null;
  const position: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return schema.parse(position);
}
