import { expect } from "vitest";
import { z } from "zod";

import { problemSchema } from "../../../src/http/answers/problem.ts";
import { undescribedBody } from "../../support/http/described.ts";
import { keys } from "../../support/keys.ts";
import { budgetOf } from "./budgets.ts";
import type { Operation } from "./document.ts";
import type { FuzzRequest } from "./requests.ts";
import type { Answered, FuzzWorld } from "./world.ts";

/** What no client may ever see: a stack, SQL, D1's words, the names of tables, bindings and secrets. */
const innards =
  /\bat .{1,80}\.[jt]s:\d|node_modules|SQLITE|D1_[A-Z_]*ERROR|D1_COLUMN_NOTFOUND|(?<!\d_)(media_objects|run_failures)|\bSELECT .{1,200}\bFROM\b|(MEDIA|DERIVATIVES)_BUCKET|INGEST_(QUEUE|COORDINATOR)|API_KEYS|SIGNING_SECRET|\b(Type|Syntax|Range|Reference)Error\b|DrizzleQuery/;

/** What is answered to no route of the document: no path, a wrong method, no key, what a middleware refuses. */
const elsewhere: ReadonlySet<number> = new Set([401, 403, 404, 405, 422, 429]);

/** What a refusal may take in bytes, however small its request was. */
const smallRefusal = 2048;

function sizeOf(content: string | Uint8Array | undefined): number {
  if (content === undefined) return 0;
  return typeof content === "string" ? new TextEncoder().encode(content).length : content.length;
}

/** Sends one request and checks what must be true of every answer. */
export async function checkRequest(world: FuzzWorld, request: FuzzRequest): Promise<void> {
  const answered = await world.send(request);
  if (answered === null) return;
  const { sent, response } = answered;
  const operation = operationAt(world, sent);
  const text = await bodyOf(response);
  noteWrites(world, sent, response, text);
  checkCost(world, answered, operation);
  checkAnswer(response, text, operation);
  if (response.ok) checkAccepted(sent, request);
  if (!response.ok)
    expect(sizeOf(text)).toBeLessThanOrEqual(Math.max(smallRefusal, sizeOf(request.body?.content)));
  if (sent.method === "GET") await checkHead(world, request, response);
}

/** A JSON body that was accepted is one that the document allows. */
function checkAccepted(sent: Request, { body }: FuzzRequest): void {
  if (body?.type !== "application/json" || typeof body.content !== "string") return;
  // A parser may pass over a byte order mark (RFC 8259 §8.1), and the service does.
  const content = body.content.replace(/^\uFEFF/, "");
  expect(undescribedBody(sent, content === "" ? {} : JSON.parse(content))).toBeNull();
}

/** The route that a request comes to, whatever it was drawn for: the path may have been escaped or have dots. */
function operationAt(world: FuzzWorld, sent: Request): Operation | null {
  const path = decodedPath(new URL(sent.url).pathname);
  const method = sent.method === "HEAD" ? "GET" : sent.method;
  return world.document.operations.find((each) => each.method === method && each.pattern.test(path)) ?? null;
}

/** The path as the router sees it: escapes that stand for no character of a path's syntax are read. */
function decodedPath(path: string): string {
  return path.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURI(escapes);
    } catch {
      return escapes;
    }
  });
}

/** The body as text; of a stream of events only the beginning, as it may go on for minutes. */
async function bodyOf(response: Response): Promise<string> {
  if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
    return new TextDecoder().decode(await response.arrayBuffer());
  }
  const reader = response.body?.getReader();
  const first: ReadableStreamReadResult<unknown> | undefined = await reader?.read();
  await reader?.cancel();
  return first?.value instanceof Uint8Array ? new TextDecoder().decode(first.value) : "";
}

/** How many records an answer names at the most. */
const mostNamed = 500;

const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * A write that was allowed may change the record that its path or its answer names. An answer that has come by more records
 * than it names may have changed any of them.
 */
function noteWrites(world: FuzzWorld, sent: Request, response: Response, text: string): void {
  if (!response.ok || sent.method === "GET" || sent.method === "HEAD") return;
  for (const [id] of `${sent.url} ${text}`.matchAll(anyId)) world.written.add(id.toLowerCase());
  const [, matched = "0"] = /"matched":(\d+)/.exec(text) ?? [];
  if (Number(matched) > mostNamed) for (const id of world.ids) world.written.add(id);
}

/** No request costs more than its route may, so that none looks at every record which need not. */
function checkCost(world: FuzzWorld, { sent, cost }: Answered, operation: Operation | null): void {
  const { searchParams: query } = new URL(sent.url);
  const budget = budgetOf(operation, { query, records: world.records });
  expect(cost.rowsRead).toBeLessThanOrEqual(budget.rowsRead);
  expect(cost.rowsWritten).toBeLessThanOrEqual(budget.rowsWritten);
  expect(cost.statements).toBeLessThanOrEqual(budget.statements);
}

function checkAnswer(response: Response, text: string, operation: Operation | null): void {
  const { status, headers } = response;
  expect(status).toBeLessThan(500);
  if (operation === null) expect(elsewhere).toContain(status);
  else expect([...operation.statuses, 405]).toContain(status);
  expect(headers.get("X-Request-Id")).toMatch(/^[A-Za-z0-9._-]{1,128}$/);
  expect(headers.get("Cache-Control")).toMatch(/private|no-store|public/);
  expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect(headers.get("X-Injected")).toBeNull();
  if (operation?.path !== "/docs" && operation?.path !== "/openapi.json") {
    expect(innards.exec(text)?.[0] ?? null).toBeNull();
  }
  for (const key of Object.values(keys)) expect(text.includes(key)).toBe(false);
  if (status >= 400 && isOfProtocol(response, operation)) protocolError.parse(JSON.parse(text));
  else if (status >= 400) checkProblem(response, text);
}

/** What the Model Context Protocol refuses by itself has the form of JSON-RPC. */
const protocolError = z.strictObject({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.int(), z.null()]),
  error: z.looseObject({ code: z.int(), message: z.string().min(1) }),
});

function isOfProtocol({ headers }: Response, operation: Operation | null): boolean {
  return operation?.path === "/mcp" && headers.get("Content-Type") === "application/json";
}

function checkProblem(response: Response, text: string): void {
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  const problem = problemSchema.parse(JSON.parse(text));
  expect(problem.status).toBe(response.status);
  expect(problem.request_id).toBe(response.headers.get("X-Request-Id"));
  expect(problem.code).toMatch(/^[a-z_]+$/);
  expect(problem.detail).not.toBe("");
}

/**
 * A HEAD is answered like the GET, for which alone a `Range` counts; where the two differ, something may have changed
 * between them, once.
 */
async function checkHead(world: FuzzWorld, request: FuzzRequest, get: Response): Promise<void> {
  const head = await world.send({ ...request, method: "HEAD" });
  if (head === null) return;
  expect(await head.response.text()).toBe("");
  if (shown(head.response) === shown(get)) return;
  const again = await world.send(withoutRange(request));
  if (again !== null) await bodyOf(again.response);
  const headAgain = await world.send({ ...request, method: "HEAD" });
  expect(headAgain && shown(headAgain.response)).toBe(again && shown(again.response));
}

function withoutRange(request: FuzzRequest): FuzzRequest {
  return { ...request, headers: request.headers.filter(([name]) => name.toLowerCase() !== "range") };
}

function shown({ status, headers }: Response): string {
  return `${status} ${headers.get("Content-Type") ?? "-"} ${headers.get("Cache-Control") ?? "-"}`;
}
