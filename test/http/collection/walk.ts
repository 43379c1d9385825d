import { expect } from "vitest";
import { z } from "zod";

import { mediaObjectSchema } from "../../../src/http/answers/media-json.ts";
import { apiCost } from "../../support/http/api.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";

/** A name and its count, as both lists of names answer it. */
export interface NameCount {
  readonly name: string;
  readonly count: number;
}

const pages = {
  keywords: z
    .strictObject({
      items: z.array(z.strictObject({ keyword: z.string(), count: z.int() })),
      next_cursor: z.string().nullable(),
    })
    .transform((page) => ({
      ...page,
      items: page.items.map((item): NameCount => ({ name: item.keyword, count: item.count })),
    })),
  cameras: z
    .strictObject({
      items: z.array(z.strictObject({ camera: z.string(), count: z.int() })),
      next_cursor: z.string().nullable(),
    })
    .transform((page) => ({
      ...page,
      items: page.items.map((item): NameCount => ({ name: item.camera, count: item.count })),
    })),
};

/** A page of names, and what it has cost. */
export interface NamesCost {
  readonly items: readonly NameCount[];
  readonly cursor: string | null;
  readonly rowsRead: number;
  readonly statements: number;
}

/** Parameters of a query. */
export type Query = Readonly<Record<string, string>>;

/** One page of keywords or cameras. */
export async function namesPage(list: keyof typeof pages, query: Query = {}): Promise<NamesCost> {
  const { response, rowsRead, rowsWritten, statements } = await apiCost(
    `/v1/${list}?${new URLSearchParams(query).toString()}`,
    { as: "read" },
  );
  expect(response.status).toBe(200);
  expect(rowsWritten).toBe(0);
  const page = pages[list].parse(await response.json());
  return { items: page.items, cursor: page.next_cursor, rowsRead, statements };
}

/** All pages of a list of names; `between` is called after each page. */
export async function namesPages(
  list: keyof typeof pages,
  query: Query = {},
  between: () => Promise<void> = async () => {},
): Promise<NamesCost[]> {
  const found: NamesCost[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: NamesCost = await namesPage(list, cursor === "" ? query : { ...query, cursor });
    found.push(page);
    cursor = page.cursor;
    await between();
  }
  return found;
}

/** All names of a list. */
export async function allNames(list: keyof typeof pages, query: Query = {}): Promise<NameCount[]> {
  return (await namesPages(list, query)).flatMap((page) => page.items);
}

const folderPage = z.strictObject({
  path: z.string(),
  folders: z.array(
    z.strictObject({ name: z.string(), path: z.string(), count: z.int(), capped: z.boolean() }),
  ),
  folders_cursor: z.string().nullable(),
  media: z.strictObject({ items: z.array(mediaObjectSchema), next_cursor: z.string().nullable() }),
});

/** A folder as clients get it, and what it has cost. */
export interface FolderCost extends z.infer<typeof folderPage> {
  readonly keys: readonly string[];
  readonly rowsRead: number;
  readonly statements: number;
}

/** One page of a folder. */
export async function folderOf(query: Query = {}): Promise<FolderCost> {
  const { response, rowsRead, rowsWritten, statements } = await apiCost(
    `/v1/folders?${new URLSearchParams(query).toString()}`,
    { as: "read" },
  );
  expect(response.status).toBe(200);
  expect(rowsWritten).toBe(0);
  const page = folderPage.parse(await response.json());
  return { ...page, keys: page.media.items.map((item) => item.object_key), rowsRead, statements };
}

/** The keys of all media directly in a folder, page by page. */
export async function keysIn(query: Query): Promise<string[]> {
  const keys: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: FolderCost = await folderOf(cursor === "" ? query : { ...query, cursor });
    keys.push(...page.keys);
    cursor = page.media.next_cursor;
  }
  return keys;
}

/** All sub-folders of a folder, page by page. */
export async function foldersIn(query: Query): Promise<FolderCost["folders"]> {
  const folders: FolderCost["folders"] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: FolderCost = await folderOf(cursor === "" ? query : { ...query, folders_cursor: cursor });
    folders.push(...page.folders);
    cursor = page.folders_cursor;
  }
  return folders;
}

/** Stores a record for each key. */
export async function insertKeys(...keys: readonly string[]): Promise<void> {
  await insertMany(buildMany(keys.length, (index) => ({ objectKey: keys[index] ?? "" })));
}

/** The names of folders. */
export function names(folders: readonly { readonly name: string }[]): string[] {
  return folders.map(({ name }) => name);
}
