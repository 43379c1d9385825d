import { pageOf } from "./answers.ts";
import { apiCost } from "./api.ts";
import { listPath, type ListParameters } from "./pages.ts";

/** What one page of a list has cost, and what it held. */
export interface PageCost {
  readonly ids: readonly string[];
  readonly cursor: string | null;
  readonly rowsRead: number;
  readonly statements: number;
}

/** One page of the list with its cost, as D1 counts it. */
export async function pageCost(parameters: ListParameters): Promise<PageCost> {
  const { response, rowsRead, statements } = await apiCost(listPath(parameters));
  const { items, next_cursor: cursor } = await pageOf(response);
  return { ids: items.map((item) => item.id), cursor, rowsRead, statements };
}

/** The pages of a whole list along its cursors, each with its cost; the first one tells the total as well. */
export async function pageCosts(parameters: ListParameters): Promise<PageCost[]> {
  const pages = [await pageCost(parameters)];
  const { offset: _offset, ...others } = parameters;
  for (let cursor = pages[0]?.cursor ?? null; cursor !== null;) {
    const page = await pageCost({ ...others, cursor });
    pages.push(page);
    cursor = page.cursor;
  }
  return pages;
}
