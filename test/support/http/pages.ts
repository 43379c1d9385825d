import { pageOf, type MediaPage } from "./answers.ts";
import { api } from "./api.ts";

/** Query parameters of the list; an array is a parameter that is given several times. */
export type ListParameters = Readonly<Record<string, string | readonly string[]>>;

/** The path of the list with these parameters. */
export function listPath(parameters: ListParameters = {}): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, each]),
  );
  return `/v1/media?${new URLSearchParams(pairs).toString()}`;
}

/** One page of the list. */
export async function listPage(parameters: ListParameters = {}): Promise<MediaPage> {
  return pageOf(await api(listPath(parameters), { as: "read" }));
}

/** The ids of the whole list, page by page along the cursors. */
export async function idsByCursor(parameters: ListParameters): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: MediaPage = await listPage(cursor === "" ? parameters : { ...parameters, cursor });
    ids.push(...page.items.map((item) => item.id));
    cursor = page.next_cursor;
  }
  return ids;
}

/** The ids of the whole list, page by page along the offsets. */
export async function idsByOffset(parameters: ListParameters, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = await listPage({ ...parameters, limit: String(limit), offset: String(ids.length) });
    ids.push(...page.items.map((item) => item.id));
    if (page.items.length < limit) return ids;
  }
}
