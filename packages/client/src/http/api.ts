import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { paths } from "../openapi.ts";
import { TaglineError } from "./error.ts";
import type { Exchange } from "./exchange.ts";
import { parsed } from "./fields.ts";
import { dropBody, isJsonType } from "./json.ts";
import type { Arguments, DataOf, InitOf, Method, Operation, PathsWith } from "./operation.ts";

/** What a call resolves with: there is always data, since anything but a success is thrown. */
export interface Answered<Data> {
  readonly data: Data;
  readonly response: Response;
}

/** A method as a function of a path, and of what the operation takes. */
export type ApiMethod<M extends Method> = <
  Path extends PathsWith<M>,
  Init extends InitOf<Operation<Path, M>>,
>(
  path: Path,
  ...init: Arguments<Init>
) => Promise<Answered<DataOf<Operation<Path, M>, Init>>>;

/** Every operation of the service, by method and path. A call throws a `TaglineError` for anything but a success. */
export interface Api {
  readonly GET: ApiMethod<"get">;
  readonly POST: ApiMethod<"post">;
  readonly PUT: ApiMethod<"put">;
  readonly PATCH: ApiMethod<"patch">;
  readonly DELETE: ApiMethod<"delete">;
}

/** The calls of every operation through an exchange, which throws whatever is no success. */
export function apiOf(exchange: Exchange): Api {
  const client = createClient<paths>({
    baseUrl: exchange.baseUrl,
    fetch: (request) => sent(exchange, request),
  });
  client.use(jsonOnly);
  if (!isApi(client))
    throw new TypeError("openapi-fetch makes another client than this package is made for.");
  return client;
}

/** Refuses a success that is to be read as JSON and is none, such as the page of a proxy, which may never end. */
const jsonOnly: Middleware = {
  onResponse: async ({ response, options: { parseAs } }) => {
    if (parseAs !== "json" || response.body === null) return;
    const type = response.headers.get("content-type");
    if (type !== null && !isJsonType(type)) {
      dropBody(response);
      throw noJson(response.status, type);
    }
    const text = await response.text();
    if (text === "") return new Response(null, response);
    if (parsed(text) === null) throw noJson(response.status, type);
    return new Response(text, response);
  },
};

function noJson(status: number, type: string | null): TaglineError {
  const detail = `The answer ${status} is no JSON: ${type ?? "no Content-Type"}. Is the url right, and parseAs?`;
  return new TaglineError({ code: "unexpected_answer", status, detail });
}

/** The library's own type has an error beside the data, which an exchange never lets through. */
function isApi(client: Client<paths>): client is Client<paths> & Api {
  return [client.GET, client.POST, client.PUT, client.PATCH, client.DELETE].every(
    (method) => typeof method === "function",
  );
}

/** Sends a request of the library, which may be sent again: its body is small, and is kept. */
async function sent(exchange: Exchange, request: Request): Promise<Response> {
  const { method, url, headers, signal } = request;
  const bytes = request.body === null ? null : await request.arrayBuffer();
  return exchange.send({
    method,
    url,
    headers,
    signal,
    ...(bytes === null ? {} : { body: () => ({ body: bytes }) }),
  });
}
