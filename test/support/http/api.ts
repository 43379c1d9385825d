import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";

import { failingDatabase, observedDatabase } from "../records/database.ts";
import { undescribedBody } from "./described.ts";
import { keys } from "../keys.ts";
import { IncomingRequest, worker } from "../platform/entry.ts";

/** What a request to the Worker under test may carry. */
export interface ApiRequest extends Omit<RequestInit, "cf"> {
  /** Whose key is sent; `null` sends none. The default is the admin's. */
  readonly as?: keyof typeof keys | null;
  /** A body that is sent as JSON. */
  readonly json?: unknown;
}

/** Sends one request through the whole Worker, as the runtime does. */
export async function api(path: string, request: ApiRequest = {}): Promise<Response> {
  return accepted(path, request, await exports.default.fetch(apiRequest(path, request)));
}

/** Sends one request to the Worker with some bindings or variables replaced, for faults and other configurations. */
export async function apiWith(
  replacements: Partial<Env>,
  path: string,
  request: ApiRequest = {},
): Promise<Response> {
  const context = createExecutionContext();
  const response = await worker.fetch(apiRequest(path, request), { ...env, ...replacements }, context);
  await waitOnExecutionContext(context);
  return accepted(path, request, response);
}

/** Bindings with a database that refuses every statement, or those that `refuses` picks. */
export function failingDatabaseEnv(
  message?: string,
  refuses: (query: string) => boolean = () => true,
): Partial<Env> {
  return { DB: failingDatabase(env.DB, refuses, message) };
}

/** What a request has cost in D1, as D1 itself counts it. */
export interface ApiCost {
  readonly response: Response;
  rowsRead: number;
  rowsWritten: number;
  statements: number;
}

/** Sends one request and counts the rows that its statements read and wrote. */
export async function apiCost(
  path: string,
  request: ApiRequest = {},
  replacements: Partial<Env> = {},
): Promise<ApiCost> {
  const counted = { rowsRead: 0, rowsWritten: 0, statements: 0 };
  const database = observedDatabase(env.DB, {
    after: ({ meta }) => {
      counted.rowsRead += meta.rows_read;
      counted.rowsWritten += meta.rows_written;
      counted.statements += 1;
    },
  });
  const response = await apiWith({ ...replacements, DB: database }, path, request);
  return { response, ...counted };
}

/** An answer, unless it accepts a JSON body that the OpenAPI document does not allow. */
function accepted(path: string, { method = "GET", json }: ApiRequest, response: Response): Response {
  if (json === undefined || !response.ok) return response;
  const fault = undescribedBody({ method, url: `https://tagline.test${path}` }, json);
  if (fault !== null) throw new Error(`the OpenAPI document does not allow what is accepted: ${fault}`);
  return response;
}

function apiRequest(path: string, request: ApiRequest): InstanceType<typeof IncomingRequest> {
  const { as = "admin", json, ...init } = request;
  const headers = new Headers(init.headers);
  if (as !== null && !headers.has("X-API-Key")) headers.set("X-API-Key", keys[as]);
  if (json !== undefined) {
    if (!headers.has("Content-Type")) headers.set("Content-Type", "application/json");
    init.body = JSON.stringify(json);
  }
  return new IncomingRequest(`https://tagline.test${path}`, { ...init, headers });
}
