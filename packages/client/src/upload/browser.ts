import type { Fetch } from "../options.ts";

/** As far as the client needs an `XMLHttpRequest` (XMLHttpRequest Standard). */
interface ProgressRequest {
  readonly upload: EventTarget;
  readonly status: number;
  readonly responseText: string;
  readonly responseURL: string;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getAllResponseHeaders(): string;
  addEventListener(type: string, listener: () => void): void;
  send(body: unknown): void;
  abort(): void;
}

type NewProgressRequest = new () => ProgressRequest;

/** The request of browsers that tells how much of a body is out, which `fetch` does not; null elsewhere. */
export function progressRequest(): NewProgressRequest | null {
  const found: unknown = Reflect.get(globalThis, "XMLHttpRequest");
  return isProgressRequest(found) ? found : null;
}

function isProgressRequest(value: unknown): value is NewProgressRequest {
  return typeof value === "function";
}

/**
 * A `fetch` over `XMLHttpRequest` for one upload. It cannot be kept from following a redirect, so the key goes as
 * `Authorization`, which a browser leaves out on the way to another origin (Fetch Standard, HTTP-redirect fetch).
 */
export function fetchWithProgress(Request: NewProgressRequest, onBytes: (sent: number) => void): Fetch {
  return (url, { method = "GET", headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const request = new Request();
      const stop = (): void => request.abort();
      const fail = (what: string) => (): void => reject(new TypeError(what));
      request.upload.addEventListener("progress", (event) => onBytes(loadedOf(event)));
      request.addEventListener("error", fail("The connection broke."));
      request.addEventListener("abort", fail("The request was stopped."));
      request.addEventListener("loadend", () => signal?.removeEventListener("abort", stop));
      request.addEventListener("load", () => resolve(answerOf(request, url)));
      request.open(method, url);
      for (const [name, value] of new Headers(headers))
        request.setRequestHeader(...withoutKeyHeader(name, value));
      signal?.addEventListener("abort", stop);
      if (signal?.aborted === true) reject(new TypeError("The request was stopped."));
      else request.send(body ?? null);
    });
}

function withoutKeyHeader(name: string, value: string): [name: string, value: string] {
  return name === "x-api-key" ? ["authorization", `Bearer ${value}`] : [name, value];
}

function loadedOf(event: Event): number {
  const loaded: unknown = Reflect.get(event, "loaded");
  return typeof loaded === "number" ? loaded : 0;
}

/** What came back; an answer from another address than the one that was asked is a redirect that was followed. */
function answerOf(request: ProgressRequest, url: string): Response {
  if (request.responseURL !== "" && request.responseURL !== new URL(url).href)
    return new Response(null, { status: 307, headers: { location: request.responseURL } });
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().split(/\r\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return new Response(request.responseText, { status: request.status, headers });
}
