import { createFinalURL, createQuerySerializer, defaultPathSerializer } from "openapi-fetch";
import type { paths } from "../openapi.ts";

/** What fills a path of the document: the names in its braces, and the query. */
export interface Filling {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
}

/** The address of an operation. Values that are undefined or null are left out; an array is given once for each value. */
export function addressOf(
  baseUrl: string,
  path: keyof paths,
  { path: names = {}, query = {} }: Filling,
): string {
  return createFinalURL(path, {
    baseUrl,
    params: { path: { ...names }, query: { ...query } },
    querySerializer: createQuerySerializer(),
    pathSerializer: defaultPathSerializer,
  });
}
