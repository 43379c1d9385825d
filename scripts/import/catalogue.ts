import { mayBeUpload, type Media } from "./answers.ts";
import type { Api } from "./api.ts";

/** What the service has, by object key. */
export type Catalogue = ReadonlyMap<string, Media>;

/**
 * Reads what the service has below a prefix, but no more pages than there are files: a few photos sent into a huge
 * collection are cheaper asked for one by one. What is missing from the answer may thus be there all the same.
 */
export async function readCatalogue(api: Api, prefix: string, files: number): Promise<Catalogue> {
  const known = new Map<string, Media>();
  let cursor: string | null = null;
  for (let page = 0; page < files; page += 1) {
    const { items, next_cursor: next } = await api.listPage(prefix, cursor);
    for (const item of items) if (mayBeUpload(item)) known.set(item.object_key, item);
    cursor = next;
    if (cursor === null) break;
  }
  return known;
}
