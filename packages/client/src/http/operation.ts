import type { paths } from "../openapi.ts";

/*
 * The types of a call, taken from the types of the document. The helpers of openapi-fetch would do, were the document's
 * types not read-only: they make plain objects of read-only arrays.
 */

/** The methods that the service takes. */
export type Method = "get" | "post" | "put" | "patch" | "delete";

/** The paths that take a method. */
export type PathsWith<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends { readonly [Each in M]: object } ? Path : never;
}[keyof paths];

/** An operation of the document. */
export type Operation<Path extends keyof paths, M extends Method> = paths[Path][M];

/** What the answer of an operation is read as. */
interface Readings<Data> {
  readonly json: Data;
  readonly text: string;
  readonly blob: Blob;
  readonly arrayBuffer: ArrayBuffer;
  readonly stream: ReadableStream<Uint8Array> | null;
}

/** What a call may say beside the parameters of its operation. */
interface CallOptions {
  /** What the answer is read as; JSON without it. */
  readonly parseAs?: keyof Readings<unknown>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Stops the call. */
  readonly signal?: AbortSignal;
}

type RequiredKeys<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? never : Key }[keyof T];

type ParametersOf<Op> = Op extends { readonly parameters: infer Given }
  ? RequiredKeys<Given> extends never
    ? { readonly params?: Given }
    : { readonly params: Given }
  : object;

type BodyOf<Op> = Op extends { readonly requestBody: { readonly content: infer Content } }
  ? { readonly body: Content[keyof Content] }
  : Op extends { readonly requestBody?: { readonly content: infer Content } }
    ? { readonly body?: Content[keyof Content] }
    : object;

/** Parameters, body and options of a call. */
export type InitOf<Op> = ParametersOf<Op> & BodyOf<Op> & CallOptions;

/** The arguments behind the path, which may be left out where nothing in them is required. */
export type Arguments<Init> = RequiredKeys<Init> extends never ? [init?: Init] : [init: Init];

/** The query of an operation. */
export type QueryOf<Op> = Op extends { readonly parameters: { readonly query?: infer Query } }
  ? NonNullable<Query>
  : never;

/** The parameters in the path of an operation; never for one without. */
export type PathParametersOf<Op> = Op extends { readonly parameters: { readonly path: infer Path } }
  ? Path
  : never;

type SuccessOf<Op> = Op extends { readonly responses: infer Responses }
  ? Responses[keyof Responses & (200 | 201 | 202 | 204 | 206)]
  : never;

type ContentOf<Response> = Response extends { readonly content: infer Content }
  ? Content[keyof Content]
  : undefined;

/** The JSON of a success. */
export type JsonOf<Op> = ContentOf<SuccessOf<Op>>;

/** An item with every field. Only what a query with `fields` brings may lack some. */
export type Whole<Item> = Item extends { readonly revision: number }
  ? Item
  : "revision" extends keyof Item
    ? never
    : Item;

/** An answer whose items have every field. */
type WholeAnswer<Data> = Data extends { readonly items: readonly (infer Item)[] }
  ? Omit<Data, "items"> & { readonly items: readonly Whole<Item>[] }
  : Whole<Data>;

/** Whether a call names the fields that it wants. */
type NamesFields<Init> = Init extends { readonly params: { readonly query: infer Query } }
  ? "fields" extends keyof Query
    ? true
    : false
  : false;

/** The data of a success, as a call with these options reads it. */
export type DataOf<Op, Init> = Readings<
  NamesFields<Init> extends true ? JsonOf<Op> : WholeAnswer<JsonOf<Op>>
>[Init extends { readonly parseAs: keyof Readings<unknown> } ? Init["parseAs"] : "json"];
