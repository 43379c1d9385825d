import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server in front of a service that passes all on, but refuses some requests as the service does beyond its limits. */
export interface RefusingProxy {
  readonly url: string;
  /** Refuses the next request to change something, and the one to read something. */
  readonly refuseNext: () => void;
  /** The methods of the requests that were refused, in their order. */
  readonly refused: readonly string[];
  readonly close: () => Promise<void>;
}

const problem = {
  type: "about:blank",
  title: "Rate limited",
  status: 429,
  detail: "There are too many requests.",
  code: "rate_limited",
  request_id: "proxy",
};

function refuse(asked: IncomingMessage, answer: ServerResponse): void {
  asked.resume();
  answer.writeHead(429, { "Content-Type": "application/problem+json", "Retry-After": "1" });
  answer.end(JSON.stringify(problem));
}

/** Starts such a server in front of the service at an address. */
export async function refusingProxy(service: string): Promise<RefusingProxy> {
  const { hostname, port } = new URL(service);
  const pending = new Set<string>();
  const refused: string[] = [];
  const server = createServer((asked, answer) => {
    const { method = "GET", url: path, headers } = asked;
    if (pending.delete(method)) {
      refused.push(method);
      refuse(asked, answer);
      return;
    }
    const passed = request({ hostname, port, method, path, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    refuseNext: () => ["GET", "POST"].forEach((method) => pending.add(method)),
    refused,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}
