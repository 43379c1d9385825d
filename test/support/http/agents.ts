import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { z } from "zod";

import { api, apiWith, type ApiRequest } from "./api.ts";

/** The revisions of the protocol that tests speak: one that begins with a handshake, and one without. */
export const revisions = ["2025-11-25", "2026-07-28"] as const;

/** How an agent reaches the Worker under test. */
export interface Connection extends Pick<ApiRequest, "as" | "headers"> {
  /** Bindings or variables that are replaced. */
  readonly env?: Partial<Env>;
  readonly revision?: (typeof revisions)[number];
}

/** Connects the official client over HTTP to the Worker, as any program would. It knows the tools' schemas, and checks them. */
export async function connectAgent(connection: Connection = {}): Promise<Client> {
  const pinned = connection.revision === "2026-07-28";
  const client = new Client(
    { name: "test", version: "1" },
    pinned ? { versionNegotiation: { mode: { pin: "2026-07-28" } } } : {},
  );
  const transport = new StreamableHTTPClientTransport(new URL("https://tagline.test/mcp"), {
    fetch: async (_url, { body = null, method = "GET", headers } = {}) =>
      send(connection, { body, method, headers: Object.fromEntries(new Headers(headers)) }),
  });
  await client.connect(transport);
  await client.listTools();
  return client;
}

async function send(
  { as = "write", headers, env: replaced }: Connection,
  request: ApiRequest,
): Promise<Response> {
  const all = new Headers(request.headers);
  for (const [name, value] of new Headers(headers)) all.set(name, value);
  const whole = { ...request, as, headers: all };
  return replaced === undefined ? api("/mcp", whole) : apiWith(replaced, "/mcp", whole);
}

/** Sends one message as it is, without a client that would put it in order. */
export async function sendMessage(message: unknown, connection: Connection = {}): Promise<Response> {
  return send(connection, {
    method: "POST",
    body: typeof message === "string" ? message : JSON.stringify(message),
    headers: { "Content-Type": "application/json" },
  });
}

const part = z.union([
  z.strictObject({ type: z.literal("text"), text: z.string() }),
  z.strictObject({ type: z.literal("image"), data: z.string(), mimeType: z.literal("image/jpeg") }),
]);

const toolResult = z.looseObject({
  content: z.array(part).min(1),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  isError: z.boolean().optional(),
});

/** What a tool has answered. */
export type ToolResult = z.infer<typeof toolResult>;

/** Calls a tool; the client refuses an answer that the tool's schema does not allow. */
export async function callTool(agent: Client, name: string, args: object): Promise<ToolResult> {
  return toolResult.parse(await agent.callTool({ name, arguments: { ...args } }));
}

/** Calls a tool by a message of its own, with arguments that no client would send. */
export async function callRaw(name: string, args: unknown, connection: Connection = {}): Promise<ToolResult> {
  const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: args } };
  const response = await sendMessage(message, connection);
  const { result } = z.object({ result: toolResult }).parse(await response.json());
  return result;
}

/** The object of an answer, which the text beside it has as well; fails for a refusal. */
export function contentOf({ content, structuredContent, isError }: ToolResult): Record<string, unknown> {
  const [first] = content;
  const told: unknown = JSON.parse(first?.type === "text" ? first.text : "");
  expect({ isError, told }).toEqual({ isError: undefined, told: structuredContent });
  return structuredContent ?? {};
}

const told = z.strictObject({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  retry_after: z.number().optional(),
});

/** A refusal in one line, as `refusalOf` has those of HTTP: the code and the paths. Fails for an answer. */
export function refusalIn({ content, isError }: ToolResult): string {
  const [first] = content;
  expect(isError).toBe(true);
  const { code, errors = [] } = told.parse(JSON.parse(first?.type === "text" ? first.text : ""));
  return [code, ...errors.map(({ path }) => path)].join(" ");
}

/** The words of a refusal. */
export function detailIn({ content }: ToolResult): string {
  const [first] = content;
  return told.parse(JSON.parse(first?.type === "text" ? first.text : "")).detail;
}

const dryRun = z.looseObject({
  status: z.literal("dry_run"),
  token: z.string(),
  expires_at: z.string(),
  operation_id: z.null(),
});

/** What a change would do, and its token; fails where there is none. */
export async function dryRunOf(agent: Client, name: string, args: object) {
  return dryRun.parse(contentOf(await callTool(agent, name, args)));
}

const applied = z.looseObject({ status: z.string(), operation_id: z.string(), changed: z.int() });

/** Makes a change in both steps, and answers its operation. */
export async function change(agent: Client, name: string, args: object) {
  const { token } = await dryRunOf(agent, name, args);
  const done = applied.parse(contentOf(await callTool(agent, name, { ...args, token })));
  expect(done.status).toBe("applied");
  return { id: done.operation_id, changed: done.changed, token };
}

/** All that people can have changed, as the database has it. */
const wordTables = ["media_objects", "media_keywords", "media_revisions", "operations"] as const;

/** Every row of the tables of words, as text, so that a byte that differs is seen. */
export async function allRows(tables: readonly string[] = wordTables): Promise<string> {
  const rows = await Promise.all(
    tables.map(async (table) => {
      const { results } = await env.DB.prepare(`SELECT * FROM ${table}`).all();
      return [table, results.map((row) => JSON.stringify(row)).toSorted()] as const;
    }),
  );
  return JSON.stringify(rows, null, 1);
}

/** What people see of all words, whatever their history: the words to the byte, the keywords, and what search compares. */
export async function allWords(): Promise<string> {
  const columns = "id, object_metadata, folded_keywords, keyword_spellings, words_text, fields_text, known";
  const { results: words } = await env.DB.prepare(`SELECT ${columns} FROM media_objects ORDER BY id`).all();
  // How often a keyword occurs, without the number by which an index follows the count from afar.
  const counted = "SELECT folded, keyword, count FROM keywords ORDER BY folded";
  const { results: keywords } = await env.DB.prepare(counted).all();
  return JSON.stringify([words, keywords, await allRows(["media_keywords"])], null, 1);
}
