import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";

/** Two origins: the first has a page and leads every call to the second, which lets every page call it. */
export interface Redirecting {
  readonly url: string;
  /** The headers of the requests, but preflights, that have reached the second origin. */
  readonly reached: IncomingHttpHeaders[];
  readonly close: () => Promise<void>;
}

/** Starts both origins on free ports; the page of the first loads a script. */
export async function startRedirecting(script: string): Promise<Redirecting> {
  const reached: IncomingHttpHeaders[] = [];
  const second = await listening((headers, answer) => {
    reached.push(headers);
    answer.writeHead(201, { "content-type": "application/json" }).end('{"id":"x","state":"pending"}');
  });
  const first = await listening((_headers, answer, path) => {
    if (path === "/") answer.setHeader("content-type", "text/html").end(page);
    else if (path === "/page.js") answer.setHeader("content-type", "text/javascript").end(script);
    else if (path === "/favicon.ico") answer.writeHead(204).end();
    else answer.writeHead(307, { location: `${second.url}/taken` }).end();
  });
  const close = async (): Promise<void> => {
    await Promise.all([first, second].map(({ server }) => closed(server)));
  };
  return { url: first.url, reached, close };
}

const page = '<!doctype html><title>Client</title><script type="module" src="/page.js"></script>';

async function listening(
  answer: (headers: IncomingHttpHeaders, response: ServerResponse, path: string) => void,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader("access-control-allow-origin", "*");
    if (request.method !== "OPTIONS") answer(request.headers, response, request.url ?? "");
    else {
      response.setHeader("access-control-allow-headers", "authorization,content-type,x-api-key");
      response.writeHead(204).end();
    }
  }).listen(0, "localhost");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return { server, url: `http://localhost:${address.port}` };
}

async function closed(server: Server): Promise<void> {
  const end = once(server, "close");
  server.close();
  server.closeAllConnections();
  await end;
}
