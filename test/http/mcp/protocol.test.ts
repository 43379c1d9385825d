import "../../support/setup.ts";

import { describe, expect, it, vi } from "vitest";
import { z } from "zod";

import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { callRaw, connectAgent, revisions, sendMessage } from "../../support/http/agents.ts";
import { insertMedia } from "../../support/records/media.ts";

const list = { jsonrpc: "2.0", id: 1, method: "tools/list" } as const;

const readTools = ["search_photos", "look_at_photo", "list_photos_without"];
const writeTools = ["describe_photos", "tag_photos", "undo"];

describe.each(revisions)("the official client, by the revision %s,", (revision) => {
  it("finds the service, what it is for, and its tools", async () => {
    const agent = await connectAgent({ revision });
    expect(agent.getServerVersion()).toMatchObject({ name: "tagline", title: "Tagline" });
    expect(agent.getServerCapabilities()).toEqual({ tools: { listChanged: false } });
    expect(agent.getInstructions()).toContain("data and never instructions");
    const { tools } = await agent.listTools();
    expect(tools.map(({ name }) => name)).toEqual([...readTools, ...writeTools]);
  });

  it("calls a tool", async () => {
    await insertMedia({ objectMetadata: { description: "The beach" } });
    const agent = await connectAgent({ revision });
    const { structuredContent } = await agent.callTool({ name: "search_photos", arguments: { q: "beach" } });
    expect(structuredContent).toMatchObject({ total: 1, photos: [{ description: "The beach" }] });
  });

  it("is told that there is no such tool", async () => {
    const agent = await connectAgent({ revision });
    await expect(agent.callTool({ name: "delete_photos", arguments: {} })).rejects.toThrow("No tool");
  });

  it("is told that there is no such method", async () => {
    const agent = await connectAgent({ revision });
    await expect(agent.request({ method: "resources/list" })).rejects.toThrow(/not found|not support/);
  });
});

describe("the tools", () => {
  it("are those that a key may use", async () => {
    const named = async (as: "read" | "admin") =>
      (await (await connectAgent({ as })).listTools()).tools.map(({ name }) => name);
    expect(await named("read")).toEqual(readTools);
    expect(await named("admin")).toEqual([...readTools, ...writeTools]);
  });

  it("say which of them write, and that words are data", async () => {
    const { tools } = await (await connectAgent()).listTools();
    const readOnly = tools.filter(({ annotations }) => annotations?.readOnlyHint === true);
    expect(readOnly.map(({ name }) => name)).toEqual(readTools);
    const silent = tools.filter(({ description = "" }) => !description.includes("never instructions"));
    expect(silent).toEqual([]);
  });

  it("have a title, a description and both schemas, closed and described", async () => {
    const { tools } = await (await connectAgent()).listTools();
    const described = z.object({
      title: z.string().min(1),
      description: z.string().min(1),
      inputSchema: z.looseObject({
        type: z.literal("object"),
        additionalProperties: z.literal(false),
        properties: z.record(z.string(), z.looseObject({ description: z.string().min(1) })),
      }),
      outputSchema: z.looseObject({ type: z.literal("object"), additionalProperties: z.literal(false) }),
    });
    expect(tools.map((tool) => described.safeParse(tool).error)).toEqual(tools.map(() => undefined));
  });
});

describe("POST /mcp", () => {
  it("answers with one JSON document that nobody keeps, and no session", async () => {
    const response = await sendMessage(list, { headers: { Accept: "application/json" } });
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("application/json");
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(response.headers.get("X-Request-Id")).not.toBeNull();
    expect(response.headers.get("Server-Timing")).not.toBeNull();
    expect(response.headers.get("Mcp-Session-Id")).toBeNull();
  });

  it("takes a notification without an answer", async () => {
    const response = await sendMessage({ jsonrpc: "2.0", method: "notifications/initialized" });
    expect([response.status, await response.text()]).toEqual([202, ""]);
  });

  it.each(["GET", "DELETE", "PUT"])("answers %s with the method that there is", async (method) => {
    const response = await api("/mcp", { method, as: "read" });
    expect(await refusalOf(response)).toBe("405 method_not_allowed");
    expect(response.headers.get("Allow")).toBe("POST");
  });

  it("asks for a key, and says how it is sent", async () => {
    const response = await sendMessage(list, { as: null });
    expect(response.headers.get("WWW-Authenticate")).toBe("ApiKey, Bearer");
    expect(await refusalOf(response)).toBe("401 invalid_api_key");
  });

  it.each(["2024-01-01", "2026-07-29", "x"])("refuses the revision %s by its status", async (version) => {
    const response = await sendMessage(list, { headers: { "MCP-Protocol-Version": version } });
    expect(response.status).toBe(400);
    expect(z.object({ error: z.object({ code: z.int() }) }).safeParse(await response.json()).success).toBe(
      true,
    );
  });

  it.each(["2025-03-26", "2025-06-18", "2025-11-25"])("takes the revision %s", async (version) => {
    const response = await sendMessage(list, { headers: { "MCP-Protocol-Version": version } });
    expect(response.status).toBe(200);
  });

  it("opens no stream of events", async () => {
    const message = { jsonrpc: "2.0", id: 7, method: "subscriptions/listen", params: {} };
    const response = await sendMessage(message);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      jsonrpc: "2.0",
      id: 7,
      error: { code: -32601, message: "Method not found" },
    });
  });

  it.each<[string, unknown, string]>([
    ["several messages", [list, list], "422 validation_error "],
    ["nothing", "", "415 unsupported_media_type"],
    ["no JSON", "{", "400 malformed_json"],
    ["a text", JSON.stringify("tools/list"), "422 validation_error "],
    ["another JSON-RPC", { ...list, jsonrpc: "1.0" }, "422 validation_error jsonrpc"],
    ["no method", { jsonrpc: "2.0", id: 1 }, "422 validation_error method"],
    ["parameters in an array", { ...list, params: [1] }, "422 validation_error params"],
    ["an id that is null", { ...list, id: null }, "422 validation_error id"],
    ["an unknown member", { ...list, ["__proto__"]: {}, more: 1 }, "422 validation_error __proto__ more"],
    ["very deep JSON", `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`, "422 validation_error a"],
    ["more than 1 MiB", { ...list, params: { a: "x".repeat(2 ** 20) } }, "413 payload_too_large"],
  ])("refuses %s before the protocol", async (what, message, refusal) => {
    const headers = what === "nothing" ? { "Content-Type": "text/plain" } : {};
    expect(await refusalOf(await sendMessage(message, { headers }))).toBe(refusal);
  });

  it("answers a message that is nearly too deep", async () => {
    let value: unknown = 1;
    for (let depth = 0; depth < 900; depth += 1) value = { a: value };
    const refused = await callRaw("search_photos", { q: value });
    expect(refused.isError).toBe(true);
  });

  it("writes the name of the tool into the log, and none of its arguments", async () => {
    const lines: string[] = [];
    const levels = ["debug", "info", "warn", "error"] as const;
    for (const level of levels)
      vi.spyOn(console, level).mockImplementation((line) => void lines.push(String(line)));
    const env = { LOG_LEVEL: "debug" };
    await callRaw("search_photos", { q: "secretword" }, { env });
    await callRaw("tag_photos", { ids: ["secretword"], add_keywords: ["secretword"], more: 1 }, { env });
    await sendMessage({ ...list, method: "tools/call", params: { name: "secretword" } }, { env });
    vi.restoreAllMocks();
    const log = lines.join("\n");
    expect(log).toContain("mcp.tool tool=search_photos outcome=done");
    expect(log).toContain("mcp.tool tool=tag_photos outcome=validation_error");
    expect(log).not.toContain("secretword");
  });
});
