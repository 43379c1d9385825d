import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import type { DropboxStandIn } from "../stand-in.ts";

/** A stand-in that is listened to. */
export interface StandInServer {
  /** For `DROPBOX_API_URL` and `DROPBOX_CONTENT_URL` alike. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves a stand-in on this machine; port 0 takes a free one. */
export async function serveStandIn(standIn: DropboxStandIn, port = 0): Promise<StandInServer> {
  const server = createServer((request, response) => void answer(standIn, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return { url: urlOf(server), close: async () => closed(server) };
}

async function answer(
  standIn: DropboxStandIn,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  try {
    const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    );
    const body = incoming.method === "GET" ? null : Buffer.concat(await incoming.toArray());
    const { method = "GET", url = "/" } = incoming;
    const request = new Request(`http://stand-in${url}`, {
      method,
      headers,
      signal: gone.signal,
      ...(body === null || body.length === 0 ? {} : { body }),
    });
    const response = await standIn.fetch(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
      if (!outgoing.write(part.value)) await once(outgoing, "drain");
    }
    outgoing.end();
  } catch {
    // What is an exception in memory is a lost connection here.
    outgoing.destroy();
  }
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stand-in does not listen");
  return `http://127.0.0.1:${address.port}`;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
}
