import {
  Agent as HttpAgent,
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

/** One request. */
export interface Call {
  method: "DELETE" | "GET" | "PATCH" | "POST" | "PUT";
  url: URL;
  headers: Record<string, string>;
  body?: Readable | Buffer | string;
  signal: AbortSignal;
}

/** One response, read to its end. */
export interface Answer {
  status: number;
  retryAfter: string | undefined;
  body: string;
}

/** Sends a request; rejects when the connection breaks. */
export type Transport = (call: Call) => Promise<Answer>;

const silenceMs = 120_000;

/** Reads a response to its end. */
export async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const body = await text(response);
  return { status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"], body };
}

function sendBody(request: ClientRequest, body: Call["body"], fail: (error: Error) => void): void {
  if (body === undefined || typeof body === "string" || Buffer.isBuffer(body)) {
    request.end(body);
    return;
  }
  body.on("error", (error) => {
    fail(error);
    request.destroy();
  });
  request.on("close", () => body.destroy());
  body.pipe(request);
}

/**
 * Requests over kept-alive connections. Node's own client rather than fetch: it sends a file in a third of the
 * processor time, and takes an answer that comes before the body is out.
 */
export function createTransport(connections: number): Transport {
  const options = { keepAlive: true, maxSockets: connections };
  const plain = new HttpAgent(options);
  const secure = new HttpsAgent(options);
  return ({ method, url, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const settings = { method, headers, signal, timeout: silenceMs };
      const request =
        url.protocol === "https:"
          ? requestHttps(url, { ...settings, agent: secure })
          : requestHttp(url, { ...settings, agent: plain });
      request.on("timeout", () => request.destroy(new Error("The service is silent.")));
      request.on("error", reject);
      request.on("response", (response) => {
        readAnswer(response)
          .then(resolve, reject)
          // An early answer leaves a body half sent, and the connection of no use.
          .finally(() => void (request.writableFinished || request.destroy()));
      });
      sendBody(request, body, reject);
    });
}

/** A response of which the body has not come yet. */
export interface OpenAnswer {
  readonly response: IncomingMessage;
  /** Breaks the connection. */
  readonly close: () => void;
}

/** Sends a request without a body; gives the response as soon as its head is there, for a body too long to be kept. */
export function openAnswer({ method, url, headers, signal }: Omit<Call, "body">): Promise<OpenAnswer> {
  return new Promise((resolve, reject) => {
    const settings = { method, headers, signal, timeout: silenceMs };
    const request = url.protocol === "https:" ? requestHttps(url, settings) : requestHttp(url, settings);
    request.on("timeout", () => request.destroy(new Error("The service is silent.")));
    request.on("error", reject);
    request.on("response", (response) => resolve({ response, close: () => request.destroy() }));
    request.end();
  });
}
