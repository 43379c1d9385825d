import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { z } from "zod";

import type { keys } from "../keys.ts";
import { api, apiWith } from "./api.ts";

/** How an agent reaches the Worker under test. */
export interface Connection {
  readonly as?: keyof typeof keys;
  /** Bindings or variables that are replaced. */
  readonly env?: Partial<Env>;
  /** The revision of the protocol: the one with a handshake by default. */
  readonly revision?: "legacy" | "2026-07-28";
}

/** Connects the official client, as any program would: over HTTP, to the Worker. */
export async function connectAgent({ as = "write", env, revision }: Connection = {}): Promise<Client> {
  const client = new Client(
    { name: "test", version: "1" },
    revision === undefined || revision === "legacy" ? {} : { versionNegotiation: { mode: { pin: revision } } },
  );
  const transport = new StreamableHTTPClientTransport(new URL("https://tagline.test/mcp"), {
    fetch: async (url, init = {}) => {
      const path = new URL(url).pathname;
      const { body = null, method = "GET", headers = {}, signal = null } = init;
      const request = { as, body, method, headers, signal };
      return env === undefined ? api(path, request) : apiWith(env, path, request);
    },
  });
  await client.connect(transport);
  return client;
}

const textPart = z.object({ type: z.literal("text"), text: z.string() });
const imagePart = z.object({ type: z.literal("image"), data: z.string(), mimeType: z.string() });

/** What a tool has answered. */
export const toolResult = z.looseObject({
  content: z.array(z.union([textPart, imagePart])),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  isError: z.boolean().optional(),
});
