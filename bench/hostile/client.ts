import { Agent, request } from "node:http";

const timeoutMs = 30_000;
const recoveryMs = 120_000;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** A request as it goes over the line. */
export interface Outgoing {
  readonly method: string;
  /** Path and query, escaped. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** How a request came out. */
export interface Answer {
  /** 0 for none: the connection was ended, or nothing came within 30 seconds. */
  readonly status: number;
  readonly text: string;
}

/** Sends one request to this machine and reads its answer; of a stream of events its beginning only. */
export async function send(port: number, { method, target, headers, body }: Outgoing): Promise<Answer> {
  return new Promise((resolve) => {
    const settle = (status: number, text = ""): void => resolve({ status, text });
    const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
    const outgoing = request(
      { host: "127.0.0.1", port, agent, method, path: target, headers: { ...length, ...headers } },
      (incoming) => {
        if (incoming.headers["content-type"]?.startsWith("text/event-stream") === true) {
          settle(incoming.statusCode ?? 0);
          incoming.destroy();
          return;
        }
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => void chunks.push(chunk));
        incoming.on("end", () => settle(incoming.statusCode ?? 0, Buffer.concat(chunks).toString()));
        incoming.on("error", () => settle(0));
      },
    );
    outgoing.setTimeout(timeoutMs, () => void outgoing.destroy());
    outgoing.on("error", () => settle(0));
    outgoing.end(body);
  });
}

/** Waits until the service answers again, after a request that held it up. */
export async function recovered(port: number): Promise<void> {
  const until = performance.now() + recoveryMs;
  const health = { method: "GET", target: "/openapi.json", headers: {} };
  while ((await send(port, health)).status !== 200) {
    if (performance.now() > until) throw new Error("the service answers no more");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
