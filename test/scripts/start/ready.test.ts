import { createServer, type RequestListener } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { waitForHealth } from "../../../scripts/start/ready.ts";

/** A service of this process that answers by `listener`, and the address of its health. */
async function service(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return new URL(`http://127.0.0.1:${address.port}/health`);
}

const never = new AbortController().signal;

test("a service that is degraded runs, and says so", async () => {
  const url = await service((_request, response) => response.writeHead(503).end('{"status":"degraded"}'));
  expect(await waitForHealth(url, never)).toEqual({ status: 503, body: '{"status":"degraded"}' });
});

test("a service that has no word on its health runs when it answers elsewhere", async () => {
  const url = await service((request, response) => {
    if (request.url === "/docs") response.end("docs");
  });
  expect(await waitForHealth(url, never, 200)).toEqual({ status: 504, body: "no answer within 0.2 s" });
});

test("a service that answers nothing yet is waited for", async () => {
  let asked = 0;
  const url = await service((_request, response) => {
    asked += 1;
    if (asked > 4) response.end("{}");
  });
  expect(await waitForHealth(url, never, 50)).toEqual({ status: 200, body: "{}" });
});

test("whoever stops waits no longer", async () => {
  const stop = new AbortController();
  const url = await service(() => stop.abort());
  expect(await waitForHealth(url, stop.signal, 50)).toBeUndefined();
});
