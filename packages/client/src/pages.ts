import { addressOf } from "./http/address.ts";
import { TaglineError } from "./http/error.ts";
import type { Exchange } from "./http/exchange.ts";
import { fieldsOf } from "./http/fields.ts";
import { jsonOf } from "./http/json.ts";
import type { JsonOf, Operation, PathParametersOf, PathsWith, QueryOf, Whole } from "./http/operation.ts";

/** The paths whose answers come in pages. */
export type PagedPath = {
  [Path in PathsWith<"get">]: JsonOf<Operation<Path, "get">> extends {
    readonly items: readonly unknown[];
    readonly next_cursor: string | null;
  }
    ? Path
    : never;
}[PathsWith<"get">];

/** A page of a path. */
export type PageOf<Path extends PagedPath> = JsonOf<Operation<Path, "get">>;

/** An item of the pages of a path. */
export type ItemOf<Path extends PagedPath> = PageOf<Path>["items"][number];

/** A page whose items have every field. */
export type WholePageOf<Path extends PagedPath> = Omit<PageOf<Path>, "items"> & {
  readonly items: readonly Whole<ItemOf<Path>>[];
};

/** The query of a path that comes in pages. */
export type PageQuery<Path extends PagedPath> = QueryOf<Operation<Path, "get">>;

/** What walking along pages may be told: the names in the path, where there are some, and a signal that stops it. */
export type PageOptions<Path extends PagedPath> = (PathParametersOf<
  Operation<Path, "get">
> extends infer Names
  ? [Names] extends [never]
    ? object
    : { readonly path: Names }
  : never) & { readonly signal?: AbortSignal };

/** The arguments behind a path: a query, and options that are required only where the path has names to fill. */
export type PageArguments<Path extends PagedPath, Query> =
  object extends PageOptions<Path>
    ? [query?: Query, options?: PageOptions<Path>]
    : [query: Query, options: PageOptions<Path>];

/** A query for whole items. */
type WholeQuery<Path extends PagedPath> = Omit<PageQuery<Path>, "fields"> & { readonly fields?: never };

/** A page as far as walking along pages looks at it. */
interface AnyPage {
  readonly items: readonly unknown[];
  readonly next_cursor: string | null;
}

/** What walking along pages needs to know. */
interface Walk {
  readonly path: PagedPath;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly options?: { readonly path?: unknown; readonly signal?: AbortSignal } | undefined;
}

/** The lists of a service: everything that is answered in pages. */
export class Lists {
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** The pages of a path from the first to the last, each when it is asked for. */
  pages<Path extends PagedPath>(
    path: Path,
    ...rest: PageArguments<Path, WholeQuery<Path>>
  ): AsyncGenerator<WholePageOf<Path>, void, undefined>;
  pages<Path extends PagedPath>(
    path: Path,
    ...rest: PageArguments<Path, PageQuery<Path>>
  ): AsyncGenerator<PageOf<Path>, void, undefined>;
  pages(
    path: PagedPath,
    query?: Walk["query"],
    options?: Walk["options"],
  ): AsyncGenerator<unknown, void, undefined> {
    return walk(this.#exchange, { path, query, options });
  }

  /** The items of all pages, one after the other. */
  items<Path extends PagedPath>(
    path: Path,
    ...rest: PageArguments<Path, WholeQuery<Path>>
  ): AsyncGenerator<Whole<ItemOf<Path>>, void, undefined>;
  items<Path extends PagedPath>(
    path: Path,
    ...rest: PageArguments<Path, PageQuery<Path>>
  ): AsyncGenerator<ItemOf<Path>, void, undefined>;
  async *items(
    path: PagedPath,
    query?: Walk["query"],
    options?: Walk["options"],
  ): AsyncGenerator<unknown, void, undefined> {
    for await (const { items: each } of walk(this.#exchange, { path, query, options })) yield* each;
  }
}

/**
 * The pages behind one another. A page may be empty and still have a next one, since the service looks at so many records
 * a page only. A cursor that comes twice would go round for ever, and is an error.
 */
async function* walk(
  exchange: Exchange,
  { path, query = {}, options = {} }: Walk,
): AsyncGenerator<AnyPage, void, undefined> {
  const seen = new Set<string>();
  const { offset: _offset, ...others } = query;
  for (let cursor: string | null = null, asked = query; ; asked = { ...others, cursor }) {
    const page = await pageAt(exchange, { path, query: asked, options });
    yield page;
    cursor = page.next_cursor;
    if (cursor === null) return;
    if (seen.has(cursor)) {
      const detail = `The list ${path} does not get on: the same cursor came twice.`;
      throw new TaglineError({ code: "unexpected_answer", detail });
    }
    seen.add(cursor);
  }
}

async function pageAt(exchange: Exchange, { path, query = {}, options = {} }: Walk): Promise<AnyPage> {
  const { path: names, signal = null } = options;
  const url = addressOf(exchange.baseUrl, path, { path: fieldsOf(names), query });
  const headers = new Headers({ accept: "application/json" });
  return jsonOf(await exchange.send({ method: "GET", url, headers, signal }), isPage);
}

/** Whether an answer is a page. What its items are, the document says, as for every other call. */
function isPage(
  value: Readonly<Record<string, unknown>>,
): value is AnyPage & Readonly<Record<string, unknown>> {
  const { items, next_cursor: cursor } = value;
  return Array.isArray(items) && (cursor === null || (typeof cursor === "string" && cursor !== ""));
}
